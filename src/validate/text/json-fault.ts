/** Why a text is no JSON, in the words of the parser that AWS uses. */
interface JsonFault {
  /** What is wrong, without the place: so AWS tells it of the input of an execution. */
  readonly reason: string;
  /** The reason with the place: so AWS tells it of a definition. */
  readonly message: string;
  /** AWS's place, such as `[Source: (String)"not a definition"; line: 1, column: 4]`. */
  readonly location: string;
  /** Where the wrong part begins, in UTF-16 code units. */
  readonly offset: number;
}

/** Says what is wrong with a text that is no JSON; `undefined` where it is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  const reader = new FaultFinder(text);
  try {
    reader.readAll();
    return undefined;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const location = reader.locationOf(reader.line, reader.column);
    return { reason: fault.message, message: `${fault.message}\n at ${location}`, location, offset: fault.offset };
  }
}

class Fault extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

interface Open {
  readonly kind: "Object" | "Array";
  readonly line: number;
  readonly column: number;
  entries: number;
}

const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const identifierStart = /^[\p{L}\p{Nl}\p{Sc}\p{Pc}]$/u;
const identifierPart =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Java counts them in.
  /^[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mc}\p{Mn}\p{Cf}\u0000-\u0008\u000e-\u001b\u007f-\u009f]$/u;
/** Characters of a text that are shown, and of a wrong token. */
const shown = { source: 500, token: 256 };
/** Longer texts are read as a stream, which is not shown. */
const longestShown = 32_768;

/** Reads JSON as Jackson does, only to find where it stops. Nothing is built; nothing is recursive. */
class FaultFinder {
  line = 1;
  private lineStart = 0;
  private at = 0;
  private readonly text: string;
  private readonly open: Open[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Column after what was read last: what AWS names. */
  get column(): number {
    return this.at - this.lineStart + 1;
  }

  locationOf(line: number, column: number): string {
    const { length } = this.text;
    const more = length > shown.source ? `[truncated ${length - shown.source} chars]` : "";
    const source = length > longestShown ? "(StringReader)" : `(String)"${this.text.slice(0, shown.source)}"${more}`;
    return `[Source: ${source}; line: ${line}, column: ${column}]`;
  }

  readAll(): void {
    for (let isFirst = true; ; ) {
      let c = this.nextToken(() => this.endOfAll());
      if (c === undefined) return;
      const inner = this.open.at(-1);
      if (c === "]" || c === "}") {
        this.close(c, inner);
        continue;
      }
      if (inner === undefined) {
        if (!isFirst) {
          const second = this.unexpected(c, "expected the end of the text");
          if (identifierStart.test(c)) this.value(c);
          throw second;
        }
        isFirst = false;
      } else {
        if (inner.entries++ > 0) c = this.comma(c, inner);
        if (inner.kind === "Object") c = this.member(c);
      }
      this.value(c);
    }
  }

  private fault(message: string, offset = this.at - 1): Fault {
    return new Fault(message, offset);
  }

  /** The next character that is no white space; taken. */
  private nextToken<End>(atEnd: () => End): string | End {
    for (; this.at < this.text.length; ) {
      const c = this.text[this.at++] as string;
      if (c > " ") {
        if (c === "/") {
          throw this.fault(
            "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
          );
        }
        return c;
      }
      if (c === "\n" || c === "\r") {
        if (c === "\r" && this.text[this.at] === "\n") this.at++;
        this.line++;
        this.lineStart = this.at;
      } else if (c !== " " && c !== "\t") {
        throw this.fault(
          `Illegal character (${describe(c)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
        );
      }
    }
    return atEnd();
  }

  private endOfAll(): undefined {
    const inner = this.open.at(-1);
    if (inner === undefined) return undefined;
    const start = this.locationOf(inner.line, inner.column);
    throw this.end(`: expected close marker for ${inner.kind} (start marker at ${start})`);
  }

  private end(message: string): Fault {
    return this.fault(`Unexpected end-of-input${message}`, this.text.length);
  }

  private endWithin(): never {
    throw this.end(` within/between ${this.open.at(-1)?.kind ?? "root"} entries`);
  }

  private close(c: string, inner: Open | undefined): void {
    const kind = c === "]" ? "Array" : "Object";
    if (inner?.kind !== kind) {
      const start = this.locationOf(inner?.line ?? 1, inner?.column ?? 0);
      const wanted = c === "]" ? "}" : "]";
      throw this.fault(
        `Unexpected close marker '${c}': expected '${wanted}' (for ${inner?.kind ?? "root"} starting at ${start})`,
      );
    }
    this.open.pop();
  }

  private comma(c: string, inner: Open): string {
    if (c !== ",") throw this.unexpected(c, `was expecting comma to separate ${inner.kind} entries`);
    return this.nextToken(() => this.endWithin());
  }

  private member(c: string): string {
    if (c !== '"') throw this.unexpected(c, "was expecting double-quote to start field name");
    this.string("name", " in field name");
    const colon = this.nextToken(() => this.endWithin());
    if (colon !== ":") throw this.unexpected(colon, "was expecting a colon to separate field name and value");
    return this.nextToken(() => this.endWithin());
  }

  private unexpected(c: string, wanted: string): Fault {
    return this.fault(`Unexpected character (${describe(c)}): ${wanted}`);
  }

  private value(c: string): void {
    if (c === '"') this.string("string value", ": was expecting closing quote for a string value");
    else if (c === "{" || c === "[") {
      const kind = c === "{" ? "Object" : "Array";
      this.open.push({ kind, line: this.line, column: this.column - 1, entries: 0 });
    } else if (c === "-" || isDigit(c)) this.number(c);
    else if (c === "}") throw this.unexpected(c, "expected a value");
    else if (c === "t") this.token("true");
    else if (c === "f") this.token("false");
    else if (c === "n") this.token("null");
    else this.odd(c);
  }

  private odd(c: string): void {
    const token = c === "N" ? "NaN" : c === "I" ? "Infinity" : undefined;
    if (token !== undefined) {
      this.token(token);
      throw this.fault(
        `Non-standard token '${token}': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow`,
        this.at - token.length,
      );
    }
    if (identifierStart.test(c)) throw this.unrecognized(this.at - 1);
    throw this.unexpected(c, `expected a valid value ${values}`);
  }

  private token(token: string): void {
    const start = this.at - 1;
    for (let index = 1; index < token.length; index++, this.at++) {
      if (this.text[this.at] !== token[index]) throw this.unrecognized(start);
    }
    const next = this.text[this.at];
    if (next !== undefined && identifierPart.test(next)) throw this.unrecognized(start);
  }

  private unrecognized(start: number): Fault {
    while (this.at < this.text.length && identifierPart.test(this.text[this.at] as string)) {
      this.at++;
      if (this.at - start >= shown.token) break;
    }
    const word = this.text.slice(start, this.at) + (this.at - start >= shown.token ? "..." : "");
    return this.fault(`Unrecognized token '${word}': was expecting ${values}`, start);
  }

  private number(first: string): void {
    let c = first;
    if (c === "-") {
      c = this.digitOrEnd("No digit following minus sign");
      if (!isDigit(c)) throw this.inNumber(c, "expected digit (0-9) to follow minus sign, for valid numeric value");
    }
    if (c === "0" && isDigit(this.text[this.at])) throw this.fault("Invalid numeric value: Leading zeroes not allowed");
    this.digits();
    if (this.text[this.at] === ".") {
      this.at++;
      if (this.digits() === 0)
        throw this.inNumber(this.text[this.at++] ?? ".", "Decimal point not followed by a digit");
    }
    if (this.text[this.at] === "e" || this.text[this.at] === "E") {
      this.at++;
      c = this.digitOrEnd("expected a digit for number exponent");
      if (c === "-" || c === "+") c = this.digitOrEnd("expected a digit for number exponent");
      if (!isDigit(c)) throw this.inNumber(c, "Exponent indicator not followed by a digit");
      this.digits();
    }
    const next = this.text[this.at];
    if (this.open.length === 0 && next !== undefined && !" \t\r\n".includes(next)) {
      this.at++;
      throw this.unexpected(next, "Expected space separating root-level values");
    }
  }

  private digits(): number {
    const start = this.at;
    while (isDigit(this.text[this.at])) this.at++;
    return this.at - start;
  }

  private digitOrEnd(message: string): string {
    if (this.at >= this.text.length) throw this.end(message);
    return this.text[this.at++] as string;
  }

  private inNumber(c: string, message: string): Fault {
    return this.fault(`Unexpected character (${describe(c)}) in numeric value: ${message}`);
  }

  private string(what: string, end: string): void {
    for (;;) {
      const c = this.text[this.at++];
      if (c === undefined) {
        this.at = this.text.length;
        throw this.end(end);
      }
      if (c === '"') return;
      if (c === "\\") this.escape();
      else if (c < " ") {
        throw this.fault(
          `Illegal unquoted character (${describe(c)}): has to be escaped using backslash to be included in ${what}`,
        );
      }
    }
  }

  private escape(): void {
    const c = this.digitOrEnd(" in character escape sequence");
    if ('"\\/bfnrt'.includes(c)) return;
    if (c !== "u") throw this.fault(`Unrecognized character escape ${describe(c)}`, this.at - 2);
    for (let index = 0; index < 4; index++) {
      const digit = this.digitOrEnd(" in character escape sequence");
      if (!/^[0-9a-f]$/i.test(digit)) {
        throw this.unexpected(digit, "expected a hex-digit for character escape sequence");
      }
    }
  }
}

function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= "0" && c <= "9";
}

function describe(c: string): string {
  const code = c.charCodeAt(0);
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return `(CTRL-CHAR, code ${code})`;
  return code > 255 ? `'${c}' (code ${code} / 0x${code.toString(16)})` : `'${c}' (code ${code})`;
}
