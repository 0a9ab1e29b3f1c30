import { inspectJsonata, type JsonataInspection, missingMember } from "../expression/inspect-jsonata.js";
import { readSimpleJsonata } from "../expression/simple-jsonata.js";
import { shown } from "../language/errors.js";
import { limits } from "../language/limits.js";
import { editDistance, nearest } from "../language/nearest.js";
import type { Findings } from "./findings.js";
import { looksLikePath } from "./looks-like-path.js";
import type { Place } from "./place.js";

/** Members of `$states` that are only there in some fields. */
export type StatesMember = "result" | "errorOutput";

/** A variable that an expression reads, without its dollar. */
interface VariableRead {
  readonly name: string;
  /** The expression, with its signs. */
  readonly text: string;
  /** Where it stands. */
  readonly place: Place;
}

/** Options of {@link JsonataChecker}. */
interface JsonataCheckerOptions {
  /** Whether an expression with `${Name}` in it is left alone: nobody knows yet what it will be. */
  readonly hasSubstitutions?: boolean;
  /** Is told each variable that is read, once for each expression. */
  readonly onRead?: (read: VariableRead) => void;
}

/** Expressions that are remembered for one definition. */
const mostRemembered = 20_000;
/** Characters that are parsed for one definition: as many as AWS takes. */
const mostParsed = limits.definitionLength;

/** Says what AWS says about the JSONata expressions of one definition; each text is parsed once. */
export class JsonataChecker {
  private readonly findings: Findings;
  private readonly hasSubstitutions: boolean;
  private readonly onRead: ((read: VariableRead) => void) | undefined;
  private readonly known = new Map<string, JsonataInspection>();
  private parsed = 0;
  private isTired = false;

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
      if (mayBeExpression(value)) this.checkText(value, place, members);
      else if (isJsonPath(value)) this.warnOfPath(place);
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
        else if (isJsonPath(inner)) this.warnOfPath({ outer: level.place, key });
      } else if (typeof inner === "object" && inner !== null) {
        open.push(levelOf(inner, { outer: level.place, key }));
      }
    }
  }

  private checkText(text: string, place: Place, members: readonly StatesMember[]): void {
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
    const { problems, variables, states } = this.inspect(text.slice(2, -2).trim(), place);
    for (const { code, message } of problems) this.findings.add({ code, message, place });
    for (const member of states) {
      if (isMissing(member, members)) this.findings.add({ ...missingMember(member), place });
      else if (!statesMembers.includes(member)) this.warnOfMember(member, place);
    }
    if (this.onRead !== undefined) for (const name of variables) this.onRead({ name, text, place });
  }

  private warnOfMember(member: string, place: Place): void {
    const message = `expected a member of $states, which are ${statesMembers.join(", ")}, got ${shown(member)}`;
    const [near] = nearest(member, statesMembers, 1);
    const isNear = near !== undefined && editDistance(near, member) <= 2;
    const hint = isNear ? `did you mean $states.${near}?` : undefined;
    this.findings.add({ code: "unknown_states_member", message, place, hint });
  }

  private warnOfPath(place: Place): void {
    const message = "expected an expression between {% and %}, got JSONPath, which JSONata takes as a text";
    this.findings.add({ code: "jsonpath_in_jsonata", message, place });
  }

  private inspect(source: string, place: Place): JsonataInspection {
    const known = readSimpleJsonata(source) ?? this.known.get(source);
    if (known !== undefined) return known;
    this.parsed += source.length;
    if (this.parsed > mostParsed) return this.unread(place);
    const inspection = inspectJsonata(source);
    if (this.known.size < mostRemembered) this.known.set(source, inspection);
    return inspection;
  }

  /** What is too much to read is told once. */
  private unread(place: Place): JsonataInspection {
    if (!this.isTired) {
      const message = `expected at most ${mostParsed} characters of expressions; from here on new ones are not looked at`;
      this.findings.add({ code: "not_checked", message, place });
    }
    this.isTired = true;
    return { problems: none, variables: none, states: none };
  }
}

const none: readonly never[] = [];

/** The members of `$states`. */
const statesMembers: readonly string[] = ["input", "context", "result", "errorOutput"];

function isMissing(member: string, members: readonly StatesMember[]): boolean {
  return (member === "result" || member === "errorOutput") && !members.includes(member);
}

/** Whether one of the two signs stands where it means something: blanks before the first one make a text of all. */
function mayBeExpression(text: string): boolean {
  return text.startsWith("{%") || (text.endsWith("%}") && !text.trimStart().startsWith("{%"));
}

/** Whether a text that is no expression looks as if JSONPath should look it up; a dollar alone is a sign of money. */
function isJsonPath(text: string): boolean {
  return text.length > 1 && looksLikePath(text);
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
