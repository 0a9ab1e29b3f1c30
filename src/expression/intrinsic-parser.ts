import { shown } from "../language/errors.js";
import { type PathProblem, parseJsonPath } from "./jsonpath.js";
import { TextReader } from "./text-reader.js";
import type { Call, Literal, Reference } from "./tree.js";

/** The intrinsic functions of ASL, with the number of arguments that each takes. Source: the States Language specification. */
export const intrinsicFunctions: { readonly [name: string]: { readonly least: number; readonly most: number } } = {
  "States.Format": { least: 1, most: Number.POSITIVE_INFINITY },
  "States.StringToJson": { least: 1, most: 1 },
  "States.JsonToString": { least: 1, most: 1 },
  "States.Array": { least: 0, most: Number.POSITIVE_INFINITY },
  "States.ArrayPartition": { least: 2, most: 2 },
  "States.ArrayContains": { least: 2, most: 2 },
  "States.ArrayRange": { least: 3, most: 3 },
  "States.ArrayGetItem": { least: 2, most: 2 },
  "States.ArrayLength": { least: 1, most: 1 },
  "States.ArrayUnique": { least: 1, most: 1 },
  "States.Base64Encode": { least: 1, most: 1 },
  "States.Base64Decode": { least: 1, most: 1 },
  "States.Hash": { least: 2, most: 2 },
  "States.JsonMerge": { least: 3, most: 3 },
  "States.MathRandom": { least: 2, most: 3 },
  "States.MathAdd": { least: 2, most: 2 },
  "States.StringSplit": { least: 2, most: 2 },
  "States.UUID": { least: 0, most: 0 },
};

/** Calls within calls that AWS allows. */
export const deepest = 10;

/** A text in a call. `raw` keeps the escapes: `States.Format` must tell `\{\}` from `{}`. */
export interface TextLiteral extends Literal {
  readonly value: string;
  readonly raw: string;
}

/** A call whose paths are of the reader's own kind. With references it is a {@link Call}. */
export interface CallOf<Path> {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly (Path | CallOf<Path> | Literal)[];
}

/** Whether a text is meant as an intrinsic function and not as a path. */
export function looksLikeIntrinsic(text: string): boolean {
  return !text.startsWith("$");
}

/**
 * Reads a call of an intrinsic function.
 *
 * @returns the call, or what is wrong and where. Never throws.
 * @example
 * parseIntrinsic("States.Format('{}-{}', $.a, 1)");
 */
export function parseIntrinsic(text: string): Call | PathProblem {
  return parseIntrinsicWith(text, parseJsonPath);
}

/** As {@link parseIntrinsic}, for a reader that knows more paths than references. */
export function parseIntrinsicWith<Path extends { readonly kind: string } = Reference>(
  text: string,
  parsePath: (text: string) => Path | PathProblem,
): CallOf<Path> | PathProblem {
  return new IntrinsicReader(text, parsePath).read();
}

type Argument<Path> = Path | CallOf<Path> | Literal;

const functionName = /States\.[A-Za-z0-9]+/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /(?:null|true|false)(?![A-Za-z0-9_])/y;

class IntrinsicReader<Path extends { readonly kind: string }> extends TextReader {
  private depth = 0;
  private readonly parsePath: (text: string) => Path | PathProblem;

  constructor(text: string, parsePath: (text: string) => Path | PathProblem) {
    super(text);
    this.parsePath = parsePath;
  }

  read(): CallOf<Path> | PathProblem {
    const call = this.call();
    if (call !== undefined && this.text.slice(this.position).trim() !== "") this.fail("expected the end after )");
    return this.problem ?? call ?? { message: `expected a function, got ${shown(this.text)}`, at: 0 };
  }

  private call(): CallOf<Path> | undefined {
    const start = this.position;
    const name = this.match(functionName);
    if (name === undefined) return this.fail("expected an intrinsic function such as States.Format");
    const arity = Object.hasOwn(intrinsicFunctions, name) ? intrinsicFunctions[name] : undefined;
    if (arity === undefined) return this.fail(`there is no intrinsic function ${name}`, start);
    if (++this.depth > deepest) return this.fail(`expected at most ${deepest} nested functions`, start);
    const args = this.arguments();
    this.depth--;
    if (args === undefined) return undefined;
    if (args.length < arity.least || args.length > arity.most) {
      return this.fail(`${name} takes ${takes(arity)}, got ${args.length}`, start);
    }
    return { kind: "call", name, arguments: args };
  }

  private arguments(): readonly Argument<Path>[] | undefined {
    this.blanks();
    if (!this.take("(")) return this.fail("expected (");
    const args: Argument<Path>[] = [];
    this.blanks();
    if (this.take(")")) return args;
    while (this.problem === undefined) {
      const argument = this.argument();
      if (argument === undefined) return undefined;
      args.push(argument);
      this.blanks();
      if (this.take(")")) return args;
      if (!this.take(",")) return this.fail("expected , or )");
    }
    return undefined;
  }

  private argument(): Argument<Path> | undefined {
    this.blanks();
    const first = this.text[this.position];
    if (first === "'") return this.quoted();
    if (first === "$") return this.path();
    if (first === "S") return this.call();
    const named = this.match(word);
    if (named !== undefined) return { kind: "literal", value: named === "null" ? null : named === "true" };
    const digits = this.match(number);
    if (digits !== undefined) return { kind: "literal", value: Number(digits) };
    return this.fail("expected a text in single quotes, a number, null, true, false, a path or a function");
  }

  private quoted(): TextLiteral | undefined {
    const start = ++this.position;
    let value = "";
    while (this.position < this.text.length) {
      const character = this.text[this.position++] ?? "";
      if (character === "'") {
        return { kind: "literal", value, raw: this.text.slice(start, this.position - 1) };
      }
      if (character !== "\\") {
        value += character;
        continue;
      }
      const escaped = this.text[this.position++] ?? "";
      if (!"'{}\\".includes(escaped) || escaped === "")
        return this.fail("expected \\', \\{, \\} or \\\\", this.position - 2);
      value += escaped;
    }
    return this.fail("the quote is not closed", start - 1);
  }

  /** A path ends at the comma or bracket that is not inside brackets or quotes of its own. */
  private path(): Path | undefined {
    const start = this.position;
    let open = 0;
    let quote: string | undefined;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position] ?? "";
      if (quote !== undefined) {
        if (character === "\\") this.position++;
        else if (character === quote) quote = undefined;
      } else if (open > 0 && (character === "'" || character === '"')) quote = character;
      else if (character === "[" || character === "(") open++;
      else if (open > 0 && (character === "]" || character === ")")) open--;
      else if (open === 0 && (character === "," || character === ")")) break;
    }
    const parsed = this.parsePath(this.text.slice(start, this.position).trimEnd());
    if ("message" in parsed) {
      const { message, at } = parsed as PathProblem;
      return this.fail(message, start + at);
    }
    return parsed;
  }
}

function takes({ least, most }: { readonly least: number; readonly most: number }): string {
  if (most === Number.POSITIVE_INFINITY) return `${least} or more arguments`;
  if (least === most) return least === 1 ? "1 argument" : `${least} arguments`;
  return `${least} to ${most} arguments`;
}

/** Whether {@link parseIntrinsic} refused the text. */
export function isIntrinsicProblem<Path>(result: CallOf<Path> | PathProblem): result is PathProblem {
  return "message" in result;
}
