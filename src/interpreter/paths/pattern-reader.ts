import { TextReader } from "../../expression/text-reader.js";

/** What a pattern is made of. */
export type Pattern =
  | { readonly kind: "one"; readonly accepts: (code: number) => boolean }
  | { readonly kind: "sequence" | "choice"; readonly of: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly of: Pattern; readonly least: number; readonly most: number };

type Accepts = (code: number) => boolean;

/** Groups within one another, and times that a part is repeated by number. Ours. */
const deepest = 50;
const mostTimes = 1_000;

const count = /\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/y;

/**
 * Reads a regular expression of Java, as far as time in proportion to the text allows: characters, classes, groups, alternatives
 * and repetitions. What looks around or back is refused.
 */
export function readPattern(source: string, ignoresCase: boolean): Pattern | { readonly message: string } {
  return new PatternReader(source, ignoresCase).read();
}

class PatternReader extends TextReader {
  private readonly ignoresCase: boolean;
  private depth = 0;

  constructor(source: string, ignoresCase: boolean) {
    super(source);
    this.ignoresCase = ignoresCase;
  }

  read(): Pattern | { readonly message: string } {
    // The whole text has to match: anchors around the whole pattern say nothing more.
    this.take("^");
    const pattern = this.choice();
    if (this.position < this.text.length) this.fail("unexpected )");
    return this.problem ?? pattern ?? { message: "expected a pattern" };
  }

  private choice(): Pattern | undefined {
    if (++this.depth > deepest) return this.fail(`expected at most ${deepest} groups within one another`);
    const of: Pattern[] = [];
    do {
      const sequence = this.sequence();
      if (sequence === undefined) return undefined;
      of.push(sequence);
    } while (this.take("|"));
    this.depth--;
    return { kind: "choice", of };
  }

  private sequence(): Pattern | undefined {
    const of: Pattern[] = [];
    while (this.position < this.text.length && !"|)".includes(this.text[this.position] ?? "")) {
      if (this.text[this.position] === "$" && this.position === this.text.length - 1 && this.depth === 1) {
        this.position++;
        break;
      }
      const part = this.repeated();
      if (part === undefined) return undefined;
      of.push(part);
    }
    return { kind: "sequence", of };
  }

  private repeated(): Pattern | undefined {
    const of = this.part();
    if (of === undefined) return undefined;
    const times = this.times();
    if (times === undefined) return this.problem === undefined ? of : undefined;
    // Lazy finds the same where the whole text has to match; possessive does not.
    if (!this.take("?") && this.take("+")) return this.fail("no possessive repetition is run");
    return { kind: "repeat", of, least: times[0], most: times[1] };
  }

  private times(): readonly [least: number, most: number] | undefined {
    if (this.take("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.take("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.take("?")) return [0, 1];
    if (this.text[this.position] !== "{") return undefined;
    count.lastIndex = this.position;
    const found = count.exec(this.text);
    if (found === null) return this.fail("expected a number of times such as {1,3}");
    this.position += found[0].length;
    const least = Number(found[1]);
    const most = found[2] === undefined ? least : found[3] === undefined ? Number.POSITIVE_INFINITY : Number(found[3]);
    const isSmall = least <= mostTimes && (most <= mostTimes || most === Number.POSITIVE_INFINITY);
    return isSmall && least <= most ? [least, most] : this.fail(`expected up to ${mostTimes} times, least first`);
  }

  private part(): Pattern | undefined {
    const character = this.text[this.position++] ?? "";
    if (character === "(") return this.group();
    if (character === "[") return this.one(this.characterClass());
    if (character === ".") return this.one((code) => !lineEnds.has(code));
    if (character === "\\") return this.one(this.escaped());
    if ("^$*+?{".includes(character)) return this.fail(`${character} is not run here`);
    this.position--;
    return this.one(this.same(this.character()));
  }

  private group(): Pattern | undefined {
    if (this.take("?") && !this.take(":")) return this.fail("of groups with ? only (?:…) is run");
    const inner = this.choice();
    if (inner === undefined) return undefined;
    return this.take(")") ? inner : this.fail("expected )");
  }

  private one(accepts: Accepts | undefined): Pattern | undefined {
    return accepts === undefined ? undefined : { kind: "one", accepts };
  }

  private character(): number {
    const code = this.text.codePointAt(this.position) ?? 0;
    this.position += code > 0xffff ? 2 : 1;
    return code;
  }

  private same(wanted: number): Accepts {
    const folded = this.fold(wanted);
    return (code) => this.fold(code) === folded;
  }

  /** Of letters of ASCII alone, as Java does it unless told otherwise. */
  private fold(code: number): number {
    return this.ignoresCase && code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
  }

  /** Behind the backslash. */
  private escaped(): Accepts | undefined {
    const letter = this.text[this.position] ?? "";
    const known = classes[letter];
    if (known !== undefined) {
      this.position++;
      return known;
    }
    const control = controls[letter];
    if (control === undefined && (letter === "" || /[A-Za-z0-9]/.test(letter))) {
      return this.fail(`\\${letter} is not run`);
    }
    const code = this.character();
    return this.same(control ?? code);
  }

  private characterClass(): Accepts | undefined {
    const isNegated = this.take("^");
    const accepted: Accepts[] = [];
    while (this.position < this.text.length) {
      if (accepted.length > 0 && this.take("]"))
        return (code) => accepted.some((accepts) => accepts(code)) !== isNegated;
      const next = this.text[this.position] ?? "";
      if (next === "[" || this.text.startsWith("&&", this.position)) return this.fail("no class within a class is run");
      const accepts = this.member();
      if (accepts === undefined) return undefined;
      accepted.push(accepts);
    }
    return this.fail("expected ]");
  }

  private member(): Accepts | undefined {
    if (this.take("\\")) return this.escaped();
    const first = this.character();
    const upper = this.text[this.position + 1];
    if (this.text[this.position] !== "-" || upper === undefined || upper === "]") return this.same(first);
    this.position++;
    if (this.text[this.position] === "\\") return this.fail("expected a character at the end of a range");
    const last = this.character();
    if (last < first) return this.fail("expected a range with the lower end first");
    return (code) => isWithin(code, first, last) || (this.ignoresCase && isWithin(otherCase(code), first, last));
  }
}

const lineEnds: ReadonlySet<number> = new Set([0x0a, 0x0d, 0x85, 0x2028, 0x2029]);

function isWithin(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}

function otherCase(code: number): number {
  if (isWithin(code, 0x41, 0x5a)) return code + 0x20;
  return isWithin(code, 0x61, 0x7a) ? code - 0x20 : code;
}

const isDigit: Accepts = (code) => isWithin(code, 0x30, 0x39);
const isWord: Accepts = (code) => isDigit(code) || code === 0x5f || isWithin(code | 0x20, 0x61, 0x7a);
const isSpace: Accepts = (code) => code === 0x20 || isWithin(code, 0x09, 0x0d);

const classes: { readonly [letter: string]: Accepts } = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWord,
  W: (code) => !isWord(code),
  s: isSpace,
  S: (code) => !isSpace(code),
};

const controls: { readonly [letter: string]: number } = { t: 0x09, n: 0x0a, f: 0x0c, r: 0x0d };
