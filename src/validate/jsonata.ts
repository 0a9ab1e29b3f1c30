import { inspectJsonata, type JsonataInspection, missingMember } from "../expression/inspect-jsonata.js";
import { readSimpleJsonata } from "../expression/simple-jsonata.js";
import { shown } from "../language/errors.js";
import type { Findings } from "./findings.js";
import type { Place } from "./place.js";

/** Members of `$states` that are only there in some fields. */
export type StatesMember = "result" | "errorOutput";

/** A variable that an expression reads, without its dollar. */
export interface VariableRead {
  readonly name: string;
  /** The expression, with its signs. */
  readonly text: string;
  /** Where it stands. */
  readonly place: Place;
}

/** Options of {@link JsonataChecker}. */
export interface JsonataCheckerOptions {
  /** Whether an expression with `${Name}` in it is left alone: nobody knows yet what it will be. */
  readonly hasSubstitutions?: boolean;
  /** Is told each variable that is read, once for each expression. */
  readonly onRead?: (read: VariableRead) => void;
}

/** Expressions that are remembered, and characters that are parsed, for one definition. Ours: AWS takes 1 MiB of definition. */
const mostRemembered = 20_000;
const mostParsed = 500_000;

/** Says what AWS says about the JSONata expressions of one definition; each text is parsed once. */
export class JsonataChecker {
  private readonly findings: Findings;
  private readonly hasSubstitutions: boolean;
  private readonly onRead: ((read: VariableRead) => void) | undefined;
  private readonly known = new Map<string, JsonataInspection>();
  private parsed = 0;

  constructor(findings: Findings, { hasSubstitutions = false, onRead }: JsonataCheckerOptions = {}) {
    this.findings = findings;
    this.hasSubstitutions = hasSubstitutions;
    this.onRead = onRead;
  }

  /**
   * Checks every expression in the value of a field that may hold some, at any depth. Keys are never expressions. The value has no cycles.
   *
   * @param members - what there is of `$states` besides `input` and `context`
   */
  check(value: unknown, place: Place, members: readonly StatesMember[] = none): void {
    if (typeof value === "string") {
      this.checkText(value, place, members);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const open: Level[] = [levelOf(value, place)];
    for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
      const key = nextKey(level);
      if (key === undefined) {
        open.pop();
        continue;
      }
      const inner = (level.value as { readonly [key: string | number]: unknown })[key];
      if (typeof inner === "string") {
        if (mayBeExpression(inner)) this.checkText(inner, { outer: level.place, key }, members);
      } else if (typeof inner === "object" && inner !== null) {
        open.push(levelOf(inner, { outer: level.place, key }));
      }
    }
  }

  private checkText(text: string, place: Place, members: readonly StatesMember[]): void {
    if (!mayBeExpression(text)) return;
    if (this.hasSubstitutions && text.includes("${")) return;
    if (text.length < 4 || !text.startsWith("{%") || !text.endsWith("%}")) {
      const message = `expected a text that starts with {% and ends with %}, got ${shown(text)}`;
      this.findings.add({
        code: "INVALID_JSONATA_EXPRESSION",
        message,
        place,
        hint: "close the expression, or take the sign away",
      });
      return;
    }
    const { problems, variables, states } = this.inspect(text.slice(2, -2).trim());
    for (const { code, message } of problems) this.findings.add({ code, message, place });
    for (const member of states) if (isMissing(member, members)) this.findings.add({ ...missingMember(member), place });
    if (this.onRead !== undefined) for (const name of variables) this.onRead({ name, text, place });
  }

  private inspect(source: string): JsonataInspection {
    const known = readSimpleJsonata(source) ?? this.known.get(source);
    if (known !== undefined) return known;
    this.parsed += source.length;
    if (this.parsed > mostParsed) return unread;
    const inspection = inspectJsonata(source);
    if (this.known.size < mostRemembered) this.known.set(source, inspection);
    return inspection;
  }
}

const none: readonly never[] = [];
/** Nothing is said about what is too much to read. */
const unread: JsonataInspection = { problems: none, variables: none, states: none };

function isMissing(member: string, members: readonly StatesMember[]): boolean {
  return (member === "result" || member === "errorOutput") && !members.includes(member);
}

/** Whether one of the two signs stands where it means something: blanks before it or behind it make the text a text. */
function mayBeExpression(text: string): boolean {
  return text.startsWith("{%") || text.endsWith("%}");
}

/** An object or a list whose members are being looked at. */
interface Level {
  readonly value: object;
  readonly place: Place;
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  next: number;
}

function levelOf(value: object, place: Place): Level {
  const keys = Array.isArray(value) ? undefined : Object.keys(value);
  const length = keys === undefined ? (value as readonly unknown[]).length : keys.length;
  return { value, place, keys, length, next: 0 };
}

function nextKey(level: Level): string | number | undefined {
  if (level.next >= level.length) return undefined;
  const index = level.next++;
  return level.keys === undefined ? index : level.keys[index];
}
