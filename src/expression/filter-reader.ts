import { type Condition, deepestFilter, type Operand } from "./path-syntax.js";
import { TextReader } from "./text-reader.js";

const symbols = ["===", "!==", "==", "!=", "<=", ">=", "=~", "<", ">"];
const words: ReadonlySet<string> = new Set(
  ["in", "nin", "contains", "all", "size", "exists", "type", "matches", "empty", "subsetof", "anyof", "noneof"], //
);
const letters = /[A-Za-z]+(?=[\s'"[(@$])/y;
const bareWord = /[^\s()[\]{},'"&|=<>!~]+/y;
const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const flags = /[a-zA-Z]*/y;
const spaces = /\s*/y;

/** Reads what stands in `[?( … )]`. The reader of paths is one of these: filters hold paths, and paths hold filters. */
export abstract class FilterReader extends TextReader {
  /** Brackets that are open. */
  private depth = 0;

  /** Reads a path that begins with `@` or `$`. */
  protected abstract innerPath(): Operand | undefined;

  /** Goes over any white space: within filters Jayway does so. */
  protected space(): void {
    this.match(spaces);
  }

  /** Reads within brackets that may nest; deeper than {@link deepestFilter} nothing is read. */
  protected nested<T>(read: () => T | undefined): T | undefined {
    if (++this.depth > deepestFilter) return this.fail(`expected at most ${deepestFilter} brackets within one another`);
    const result = read();
    this.depth--;
    return result;
  }

  /** `a || b`, and within it `a && b`. */
  protected condition(): Condition | undefined {
    return this.joined("or", "||", () => this.joined("and", "&&", () => this.term()));
  }

  private joined(kind: "or" | "and", sign: string, read: () => Condition | undefined): Condition | undefined {
    const first = read();
    if (first === undefined) return undefined;
    const of = [first];
    for (this.space(); this.text.startsWith(sign, this.position); this.space()) {
      this.position += sign.length;
      const next = read();
      if (next === undefined) return undefined;
      of.push(next);
    }
    return of.length === 1 ? first : { kind, of };
  }

  private term(): Condition | undefined {
    this.space();
    let negated = false;
    for (; this.take("!"); this.space()) negated = !negated;
    const inner = this.take("(") ? this.nested(() => this.group()) : this.test();
    return inner === undefined || !negated ? inner : { kind: "not", of: inner };
  }

  private group(): Condition | undefined {
    const inner = this.condition();
    if (inner === undefined) return undefined;
    this.space();
    return this.take(")") ? inner : this.fail("expected )");
  }

  private test(): Condition | undefined {
    const left = this.operand();
    if (left === undefined) return undefined;
    this.space();
    const operator = this.operator();
    if (operator === undefined) {
      if (this.problem !== undefined) return undefined;
      return left.kind === "path"
        ? { kind: "test", left, operator, right: undefined }
        : this.fail("expected a comparison");
    }
    this.space();
    const right = this.operand();
    return right === undefined ? undefined : { kind: "test", left, operator, right };
  }

  private operator(): string | undefined {
    const symbol = symbols.find((sign) => this.text.startsWith(sign, this.position));
    if (symbol !== undefined) {
      this.position += symbol.length;
      return symbol;
    }
    const start = this.position;
    const word = this.match(letters)?.toLowerCase();
    if (word === undefined || words.has(word)) return word;
    return this.fail(`expected a comparison such as ==, got ${word}`, start);
  }

  protected operand(): Operand | undefined {
    const first = this.text[this.position];
    if (first === "@" || first === "$") return this.innerPath();
    if (first === "'" || first === '"') {
      this.position++;
      const value = this.quoted(first);
      return value === undefined ? undefined : { kind: "literal", value };
    }
    if (first === "/") return this.pattern();
    if (first === "[" || first === "{") return this.json();
    const word = this.match(bareWord);
    if (word === undefined) return this.fail("expected a path or a value");
    if (word === "true" || word === "false") return { kind: "literal", value: word === "true" };
    if (word === "null") return { kind: "literal", value: null };
    return number.test(word) ? { kind: "literal", value: Number(word) } : { kind: "word", text: word };
  }

  private pattern(): Operand | undefined {
    const start = this.position++;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position];
      if (character === "\\") this.position++;
      else if (character === "/") {
        this.position++;
        this.match(flags);
        return { kind: "pattern", text: this.text.slice(start, this.position) };
      }
    }
    return this.fail("the regular expression is not closed", start);
  }

  /** A list or an object is kept as it stands: up to the bracket that closes it. */
  private json(): Operand | undefined {
    const start = this.position;
    let open = 0;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position] ?? "";
      if (character === "'" || character === '"') {
        this.position++;
        if (!this.skipQuoted(character)) break;
      } else if (character === "[" || character === "{") open++;
      else if ((character === "]" || character === "}") && --open === 0) {
        return { kind: "json", text: this.text.slice(start, ++this.position) };
      }
    }
    return this.fail("the bracket is not closed", start);
  }

  /** Goes to the quote that closes. */
  private skipQuoted(quote: string): boolean {
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position];
      if (character === "\\") this.position++;
      else if (character === quote) return true;
    }
    return false;
  }

  /** Reads up to the quote that closes; the one that opens is behind us. */
  protected quoted(quote: string): string | undefined {
    const start = this.position;
    let value = "";
    let from = start;
    while (this.position < this.text.length) {
      const character = this.text[this.position++];
      if (character === quote) return value + this.text.slice(from, this.position - 1);
      if (character !== "\\") continue;
      value += this.text.slice(from, this.position - 1);
      const escaped = this.escaped(quote);
      if (escaped === undefined) return undefined;
      value += escaped;
      from = this.position;
    }
    return this.fail("the quote is not closed");
  }

  private escaped(quote: string): string | undefined {
    const letter = this.text[this.position++] ?? "";
    if (letter !== "u") return letter === quote ? quote : (simpleEscapes[letter] ?? `\\${letter}`);
    const digits = this.text.slice(this.position, this.position + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) return this.fail("expected four hexadecimal digits after \\u");
    this.position += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
}

/** Escapes in a quoted key. Before any other character AWS keeps the backslash, also before the other quote. */
const simpleEscapes: { readonly [letter: string]: string } = {
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
