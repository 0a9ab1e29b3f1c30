import { shown } from "../language/errors.js";
import { variableName } from "../language/variable-name.js";
import { FilterReader } from "./filter-reader.js";
import type { Operand, PathStep, PathSyntax } from "./path-syntax.js";
import type { ReadProblem } from "./text-reader.js";
import type { Segment } from "./tree.js";

/**
 * Reads a path of AWS's dialect: keys, indexes, wildcards, slices, unions, `..`, filters and functions.
 *
 * @returns the path, or what is wrong and where. Never throws, and takes time in proportion to the text.
 */
export function readPathSyntax(text: string): PathSyntax | ReadProblem {
  return new PathReader(text).read();
}

const variablePattern = new RegExp(variableName, "uy");
/** At the top a name ends where the next step begins; in a filter or a call, also where these go on. */
const plainName = /(?:[^\s.[\\(]|\\.)+/suy;
const innerName = /(?:[^\s.[\\(),=<>!~&|]|\\.)+/suy;
/** What no name of a Reference Path has without quotes. */
const noReference = /(?<!\\)[\]'"()@,:?*$]/;
const digits = /-?\d+/y;
const strictIndex = /^-?(?:0|[1-9]\d*)$/;
const largestIndex = 2 ** 31 - 1;

interface Steps {
  readonly head: Segment[];
  readonly steps: PathStep[];
  endsAt: number | undefined;
}

class PathReader extends FilterReader {
  /** How names end: see {@link innerName}. */
  private inner = false;

  read(): PathSyntax | ReadProblem {
    if (!this.take("$")) return { message: `expected a path that begins with $, got ${shown(this.text)}`, at: 0 };
    const path = this.path();
    if (path !== undefined && this.text.slice(this.position).trim() !== "") this.fail("expected . or [");
    return this.problem ?? path ?? { message: "expected a path", at: 0 };
  }

  protected innerPath(): Operand | undefined {
    const before = this.inner;
    this.inner = true;
    const of = this.text[this.position++] === "@" ? "item" : "root";
    const path = of === "item" ? this.stepsFrom("input", "") : this.path();
    this.inner = before;
    return path === undefined ? undefined : { kind: "path", of, path };
  }

  /** What follows the first `$`. */
  private path(): PathSyntax | undefined {
    if (this.take("$")) return this.stepsFrom("context", "");
    const name = this.match(variablePattern);
    return this.stepsFrom(name === undefined ? "input" : "variable", name ?? "");
  }

  private stepsFrom(root: PathSyntax["root"], variable: string): PathSyntax | undefined {
    const found: Steps = { head: [], steps: [], endsAt: undefined };
    let bare = false;
    while (this.position < this.text.length && this.problem === undefined) {
      const next = this.text[this.position];
      if (next === "[") this.bracket(found);
      else if (next === ".") this.dot(found);
      else if (!bare || !this.name(found, this.position)) break;
      // Behind a bracket or a star Jayway wants no dot.
      bare = this.text[this.position - 1] === "]" || this.text[this.position - 1] === "*";
    }
    return this.problem === undefined ? { root, variable, ...found } : undefined;
  }

  private dot(found: Steps): void {
    const at = this.position++;
    if (this.take(".")) add(found, { kind: "deep" }, at);
    if (this.text[this.position] === "[") return;
    const start = this.position;
    if (this.take("*")) add(found, { kind: "all" }, start);
    else if (!this.name(found, start)) this.fail("expected a name after the dot");
  }

  /** A name without quotes, or a function; `false` where neither stands. */
  private name(found: Steps, at: number): boolean {
    const name = this.match(this.inner ? innerName : plainName);
    if (name === undefined) return false;
    if (this.take("(")) {
      const args = this.nested(() => this.arguments());
      if (args !== undefined) add(found, { kind: "function", name, arguments: args, at }, at);
      return true;
    }
    const odd = noReference.exec(name);
    if (odd !== null || endsBare(this.text[at - 1])) found.endsAt ??= at + (odd?.index ?? 0);
    pick(found, [name.includes("\\") ? name.replace(/\\(.)/gsu, "$1") : name], at);
    return true;
  }

  private arguments(): readonly Operand[] | undefined {
    const args: Operand[] = [];
    this.space();
    if (this.take(")")) return args;
    while (this.problem === undefined) {
      this.space();
      const argument = this.operand();
      if (argument === undefined) return undefined;
      args.push(argument);
      this.space();
      if (this.take(")")) return args;
      if (!this.take(",")) return this.fail("expected , or )");
    }
    return undefined;
  }

  private bracket(found: Steps): void {
    const at = this.position++;
    this.blanks();
    const first = this.text[this.position];
    if (first === "'" || first === '"') this.keys(found, at);
    else if (first === "?") this.filter(found, at);
    else if (this.take("*")) add(found, { kind: "all" }, at);
    else this.indexes(found, at);
    this.blanks();
    if (!this.take("]")) this.fail("expected ]");
  }

  private keys(found: Steps, at: number): undefined {
    const keys: string[] = [];
    do {
      this.blanks();
      const quote = this.text[this.position];
      if (quote !== "'" && quote !== '"') return this.fail("expected a quoted key");
      this.position++;
      const key = this.quoted(quote);
      if (key === undefined) return;
      keys.push(key);
      this.blanks();
    } while (this.take(","));
    pick(found, keys, at);
  }

  private indexes(found: Steps, at: number): undefined {
    const start = this.position;
    const first = this.index();
    this.blanks();
    if (this.text[this.position] === ":") return this.slice(found, first, at);
    if (first === undefined) return this.fail("expected a quoted key, an index, *, a slice or a filter");
    const all = [first];
    while (this.take(",")) {
      this.blanks();
      const next = this.index();
      if (next === undefined) return this.fail("expected an index");
      all.push(next);
      this.blanks();
    }
    if (all.length === 1 && !strictIndex.test(this.text.slice(start, this.position).trimEnd())) found.endsAt ??= at;
    pick(found, all, at);
  }

  private index(): number | undefined {
    const start = this.position;
    const text = this.match(digits);
    if (text === undefined) return undefined;
    const value = Number(text) + 0;
    return Math.abs(value) <= largestIndex ? value : this.fail(`expected an index up to ${largestIndex}`, start);
  }

  private slice(found: Steps, from: number | undefined, at: number): undefined {
    const bounds: (number | undefined)[] = [];
    while (bounds.length < 2 && this.take(":")) {
      this.blanks();
      bounds.push(this.index());
      this.blanks();
    }
    const [to, by = 1] = bounds;
    add(found, { kind: "slice", from, to, by }, at);
  }

  /** Behind `[`. */
  private filter(found: Steps, at: number): undefined {
    this.position++;
    this.blanks();
    if (!this.take("(")) return this.fail("expected a filter in brackets: ?(@.a == 1)");
    const condition = this.nested(() => this.condition());
    if (condition === undefined) return;
    this.space();
    if (!this.take(")")) return this.fail("expected )");
    this.space();
    add(found, { kind: "filter", condition, at, end: this.position }, at);
  }
}

function endsBare(before: string | undefined): boolean {
  return before === "]" || before === "*";
}

function pick(found: Steps, segments: readonly Segment[], at: number): void {
  const [only] = segments;
  if (found.steps.length === 0 && segments.length === 1 && only !== undefined) found.head.push(only);
  else if (segments.length === 1) found.steps.push({ kind: "pick", segments });
  else add(found, { kind: "pick", segments }, at);
}

function add(found: Steps, step: PathStep, at: number): void {
  found.steps.push(step);
  found.endsAt ??= at;
}
