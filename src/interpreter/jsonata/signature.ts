import type { Evaluation } from "./evaluation.js";
import { QueryError } from "./query-error.js";
import { Callable, isList, type Value } from "./value.js";

/** One parameter of a signature such as `<s-n?:s>`. */
interface Parameter {
  /** Letters of the types that it takes; `m` stands for nothing. */
  readonly types: string;
  readonly isArray: boolean;
  /** The type of the items of a list. */
  items: string | undefined;
  isOptional: boolean;
  isRepeated: boolean;
  takesContext: boolean;
}

/** What a function takes. */
export type Signature = readonly Parameter[];

const everything = "asnblfom";

const typesOfLetter: Readonly<Record<string, string>> = {
  s: "sm",
  n: "nm",
  b: "bm",
  l: "lm",
  o: "om",
  a: everything,
  f: "f",
  j: "asnblom",
  x: everything,
};

/** Reads a signature, that the parser has found to be one. */
export function readSignature(definition: string): Signature {
  const parameters: Parameter[] = [];
  for (let at = 1; at < definition.length; at++) {
    const letter = definition.charAt(at);
    if (letter === ":") break;
    const last = parameters.at(-1);
    const types = typesOfLetter[letter];
    if (types !== undefined) parameters.push(parameter(types, letter === "a"));
    else if (letter === "(") {
      const end = closing(definition, at, "(", ")");
      parameters.push(parameter(`${definition.slice(at + 1, end)}m`, false));
      at = end;
    } else if (last === undefined) continue;
    else if (letter === "-") {
      last.takesContext = true;
      last.isOptional = true;
    } else if (letter === "?") last.isOptional = true;
    else if (letter === "+") last.isRepeated = true;
    else if (letter === "<") {
      const end = closing(definition, at, "<", ">");
      last.items = definition.slice(at + 1, end);
      at = end;
    }
  }
  return parameters;
}

function parameter(types: string, isArray: boolean): Parameter {
  return { types, isArray, items: undefined, isOptional: false, isRepeated: false, takesContext: false };
}

function closing(text: string, start: number, open: string, close: string): number {
  let depth = 1;
  let at = start;
  while (depth > 0 && at < text.length) {
    at += 1;
    if (text.charAt(at) === close) depth -= 1;
    else if (text.charAt(at) === open) depth += 1;
  }
  return at;
}

/** The arguments as a function takes them: the context in place of one that is missing, a list in place of one item. */
export function validArguments(
  signature: Signature,
  args: readonly Value[],
  context: Value,
  evaluation: Evaluation,
): readonly Value[] {
  const counts = simpleMatch(signature, args) ?? match(signature, lettersOf(args), true);
  if (counts === undefined) throw mismatch(signature, lettersOf(args), args);
  const valid: Value[] = [];
  let at = 0;
  for (const [index, parameter] of signature.entries()) {
    const count = counts[index] as number;
    if (count === 0) {
      valid.push(parameter.takesContext ? contextFor(parameter, context, at) : args[at++]);
    }
    for (let taken = 0; taken < count; taken++, at++) {
      valid.push(parameter.isArray ? asArray(parameter, args[at], at, evaluation) : args[at]);
    }
  }
  return valid;
}

function letterOf(value: Value): string {
  switch (typeof value) {
    case "string":
      return "s";
    case "number":
      return "n";
    case "boolean":
      return "b";
    case "object":
      if (value === null) return "l";
      if (isList(value)) return "a";
      return value instanceof Callable ? "f" : "o";
    default:
      return "m";
  }
}

function lettersOf(args: readonly Value[]): string {
  return args.map(letterOf).join("");
}

/** As {@link match}, where each parameter that can take the next argument may have it, which is nearly always so. */
function simpleMatch(signature: Signature, args: readonly Value[]): readonly number[] | undefined {
  const counts: number[] = [];
  let at = 0;
  for (const { types, isOptional, isRepeated } of signature) {
    const takes = at < args.length && types.includes(letterOf(args[at]));
    if (isRepeated || (!takes && !isOptional)) return undefined;
    counts.push(takes ? 1 : 0);
    if (takes) at += 1;
  }
  return at === args.length ? counts : undefined;
}

/**
 * How many arguments each parameter takes: as many as it can, as long as those behind it get theirs. `undefined` where they do not fit.
 *
 * @param isWhole - whether all arguments have to be taken
 */
function match(signature: Signature, letters: string, isWhole: boolean): readonly number[] | undefined {
  const counts: number[] = [];
  const failed = new Set<number>();
  const fits = (index: number, at: number): boolean => {
    const parameter = signature[index];
    if (parameter === undefined) return !isWhole || at === letters.length;
    const place = index * (letters.length + 1) + at;
    if (failed.has(place)) return false;
    const most = parameter.isRepeated ? letters.length - at : 1;
    let taken = 0;
    while (taken < most && parameter.types.includes(letters.charAt(at + taken) || " ")) taken += 1;
    for (; taken >= (parameter.isOptional ? 0 : 1); taken--) {
      counts[index] = taken;
      if (fits(index + 1, at + taken)) return true;
    }
    failed.add(place);
    return false;
  };
  return fits(0, 0) ? counts.slice(0, signature.length) : undefined;
}

/** Names the first argument that does not fit. */
function mismatch(signature: Signature, letters: string, args: readonly Value[]): QueryError {
  let good = 0;
  for (let index = 1; index <= signature.length; index++) {
    const counts = match(signature.slice(0, index), letters, false);
    if (counts === undefined) break;
    good = counts.reduce((sum, count) => sum + count, 0);
  }
  return new QueryError("T0410", { value: args[good], index: good + 1 });
}

function contextFor(parameter: Parameter, context: Value, at: number): Value {
  if (parameter.types.includes(letterOf(context))) return context;
  throw new QueryError("T0411", { value: context, index: at + 1 });
}

const namesOfItems: Readonly<Record<string, string>> = {
  a: "arrays",
  b: "booleans",
  f: "functions",
  n: "numbers",
  o: "objects",
  s: "strings",
};

function asArray({ items }: Parameter, value: Value, at: number, evaluation: Evaluation): Value {
  if (value === undefined) return undefined;
  if (isList(value) && items !== undefined) evaluation.spend(value.length * 2);
  const isOfType = isList(value)
    ? value.length === 0 || items === undefined || areOfType(value, items)
    : items === undefined || letterOf(value) === items;
  if (!isOfType) throw new QueryError("T0412", { value, index: at + 1, type: namesOfItems[items ?? ""] });
  return isList(value) ? value : [value];
}

function areOfType(list: readonly Value[], items: string): boolean {
  const letter = items.charAt(0);
  for (const item of list) if (letterOf(item) !== letter) return false;
  return true;
}
