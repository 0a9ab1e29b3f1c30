import { isPlainObject, setOwn } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import type { Findings } from "../findings.js";
import type { Place } from "../place.js";

type Container = Record<string, unknown> | unknown[];

interface Level {
  readonly source: object;
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  readonly copy: Container;
  readonly place: Place | undefined;
  next: number;
}

/**
 * Copies data that need not be JSON into plain data that is, every text by way of `textOf`. Reports what has no place in JSON, what contains
 * itself, what nests too deep and what is too long; `undefined` then. Members that are `undefined` are left out, as in JSON text.
 *
 * @param readLength - characters of the JSON text, at least, behind which nothing is read
 */
export function plainData(
  value: unknown,
  findings: Findings,
  textOf: (text: string) => string = (text) => text,
  readLength: number = limits.readLength,
): { readonly value: unknown } | undefined {
  try {
    return new Copier(findings, textOf, readLength).copy(value);
  } catch (problem) {
    // Getters and proxies may throw whatever they like.
    findings.add({ ...refusal, message: `Expected plain data, got an error: ${messageOf(problem)}`, place: undefined });
    return undefined;
  }
}

const refusal = { code: "SCHEMA_VALIDATION_FAILED", hint: "give what JSON.parse would give" } as const;

class Copier {
  private readonly findings: Findings;
  private readonly textOf: (text: string) => string;
  private readonly readLength: number;
  private readonly levels: Level[] = [];
  /** Characters of the JSON text, at least. */
  private characters = 0;
  private isPlain = true;

  constructor(findings: Findings, textOf: (text: string) => string, readLength: number) {
    this.findings = findings;
    this.textOf = textOf;
    this.readLength = readLength;
  }

  copy(value: unknown): { readonly value: unknown } | undefined {
    const whole = this.copyOf(value, undefined);
    while (this.levels.length > 0) {
      const level = this.levels.at(-1) as Level;
      if (level.next === level.length) this.levels.pop();
      else this.step(level, level.next++);
      if (this.characters > this.readLength) return this.tooLong();
      if (!this.isPlain && this.findings.isFull) return undefined;
    }
    if (this.characters > limits.definitionLength) this.tooLong();
    return this.isPlain ? { value: whole } : undefined;
  }

  private tooLong(): undefined {
    const isTold = this.findings.all.some(({ message }) => message === tooLong.message);
    if (!isTold) this.findings.add(tooLong);
  }

  private step({ source, keys, copy, place }: Level, index: number): void {
    const key = keys === undefined ? index : (keys[index] as string);
    const value = (source as Record<string | number, unknown>)[key];
    if (value === undefined && keys !== undefined) return;
    const name = typeof key === "string" ? this.textOf(key) : key;
    // A comma, and for a key two quotes and a colon.
    this.characters += typeof name === "string" ? name.length + 4 : 1;
    const item = this.copyOf(
      value,
      value !== null && typeof value === "object" ? { outer: place, key: name } : place,
      name,
    );
    if (Array.isArray(copy)) copy.push(item);
    else setOwn(copy, name as string, item);
  }

  private copyOf(value: unknown, place: Place | undefined, name?: string | number): unknown {
    switch (typeof value) {
      case "string": {
        const text = this.textOf(value);
        this.characters += text.length + 2;
        return text;
      }
      case "boolean":
        this.characters += 4;
        return value;
      case "number":
        this.characters += 1;
        if (Number.isFinite(value)) return value;
        return this.refuse(String(value), within(place, name));
      case "object":
        if (value === null) {
          this.characters += 4;
          return null;
        }
        return this.enter(value, place);
      default:
        return this.refuse(typeof value, within(place, name));
    }
  }

  private enter(source: object, place: Place | undefined): unknown {
    const isList = Array.isArray(source);
    if (!isList && !isPlainObject(source)) return this.refuse(kindOf(source), place);
    this.characters += 2;
    if (this.levels.length >= limits.definitionDepth) return this.tooDeep(source);
    const keys = isList ? undefined : Object.keys(source);
    const copy: Container = isList ? [] : {};
    this.levels.push({ source, keys, length: keys?.length ?? (source as unknown[]).length, copy, place, next: 0 });
    return copy;
  }

  private tooDeep(source: object): undefined {
    const outer = this.levels.find((level) => level.source === source);
    this.levels.length = 0;
    this.isPlain = false;
    if (outer === undefined) this.findings.add(tooDeep);
    else
      this.findings.add({
        ...refusal,
        message: "Expected plain data, got data that contain themselves",
        place: outer.place,
      });
  }

  private refuse(got: string, place: Place | undefined): undefined {
    this.isPlain = false;
    this.findings.add({ ...refusal, message: `Expected a JSON value, got ${got}`, place });
  }
}

/** The finding for a definition of too many characters. The words are AWS's; it gives them before it reads the text. */
export const tooLong = {
  code: "SCHEMA_VALIDATION_FAILED",
  message: `Value at 'definition' failed to satisfy constraint: Member must have length less than or equal to ${limits.definitionLength}`,
  place: undefined,
  at: "nowhere",
  hint: "move parts to machines of their own, or leave out white space",
} as const;

/** The finding for data of too many levels. */
export const tooDeep = {
  code: "TOO_DEEPLY_NESTED",
  message: `Expected at most ${limits.definitionDepth} levels of objects and lists, got more`,
  place: undefined,
  hint: "flatten the data",
} as const;

function within(place: Place | undefined, name: string | number | undefined): Place | undefined {
  return name === undefined ? place : { outer: place, key: name };
}

function kindOf(value: object): string {
  const made = (value as { constructor?: unknown }).constructor;
  return typeof made === "function" && made.name !== "" ? made.name : "an instance of a class";
}

/** What an error says, whatever was thrown. */
function messageOf(problem: unknown): string {
  try {
    return problem instanceof Error ? String(problem.message) : String(problem);
  } catch {
    return "unknown";
  }
}
