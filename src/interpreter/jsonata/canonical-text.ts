import { type Evaluation, unitsOfMember } from "./evaluation.js";
import { Callable, isList, isMembers, type Value } from "./value.js";

/** Writes values so that two share their text where they are the same as `=` sees it. */
export class CanonicalTexts {
  private readonly evaluation: Evaluation;
  private readonly functions = new Map<Value, number>();
  private others = 0;
  private characters = 0;
  private parts: string[] = [];

  constructor(evaluation: Evaluation) {
    this.evaluation = evaluation;
  }

  of(value: Value): string {
    this.parts = [];
    this.characters = 0;
    this.write(value, 0);
    return this.parts.join("");
  }

  private write(value: Value, level: number): void {
    this.evaluation.checkLevel(level);
    if (isList(value)) {
      this.put("[");
      for (const item of value) {
        this.write(item, level + 1);
        this.put(",");
      }
      this.put("]");
    } else if (isMembers(value)) {
      this.put("{");
      for (const key of Object.keys(value).sort()) {
        this.evaluation.spend(unitsOfMember);
        this.put(JSON.stringify(key));
        this.write(value[key], level + 1);
      }
      this.put("}");
    } else this.put(this.leaf(value));
  }

  /** A function is the same as itself alone; what is no number is not even that. */
  private leaf(value: Value): string {
    if (typeof value === "string") return JSON.stringify(value);
    if (Number.isNaN(value)) return `n${this.others++}`;
    if (!(value instanceof Callable)) return String(value === 0 ? 0 : value);
    const known = this.functions.get(value) ?? this.functions.size;
    this.functions.set(value, known);
    return `f${known}`;
  }

  private put(part: string): void {
    this.characters += part.length;
    this.evaluation.checkText(this.characters);
    this.parts.push(part);
  }
}
