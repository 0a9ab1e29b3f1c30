import { escapeInClass, escapeInRegex, freeVariable, quoteInJsonata } from "./jsonata-literal.js";
import { type Operand, operandText, printItem, printWhole } from "./jsonata-operand.js";

type Print = (args: readonly Operand[]) => Operand;

/** What the argument at a place is; the number of arguments was checked when the call was made. */
function at(args: readonly Operand[], index: number): Operand {
  return args[index] ?? { text: "null", isLoose: false, type: "null", constant: null };
}

function textAt(args: readonly Operand[], index: number): string {
  return at(args, index).text;
}

function tight(text: string): Operand {
  return { text, isLoose: false };
}

function loose(text: string): Operand {
  return { text, isLoose: true };
}

/** A list in brackets, so that JSONata neither takes a list of one item for the item nor an empty one for nothing. */
function list(text: string): Operand {
  return { text: `[${text}]`, isLoose: false, isList: true };
}

/**
 * The intrinsic functions by what JSONata has. Source: the developer guide of AWS Step Functions, "Transforming data with JSONata",
 * for `$partition`, `$range`, `$hash`, `$random`, `$uuid` and `$parse`, which AWS adds to JSONata.
 */
export const jsonataFunctions: { readonly [name: string]: Print } = {
  "States.StringToJson": (args) => tight(`$parse(${textAt(args, 0)})`),
  "States.JsonToString": (args) => jsonToString(at(args, 0)),
  "States.Array": (args) => list(args.map(printItem).join(", ")),
  "States.ArrayPartition": (args) => tight(`$partition(${textAt(args, 0)}, ${printWhole(at(args, 1))})`),
  "States.ArrayContains": (args) => arrayContains(at(args, 0), at(args, 1)),
  "States.ArrayRange": (args) => list(`$range(${args.map(printWhole).join(", ")})`),
  "States.ArrayGetItem": (args) => tight(`${operandText(at(args, 0))}[${printWhole(at(args, 1))}]`),
  "States.ArrayLength": (args) => tight(`$count(${textAt(args, 0)})`),
  "States.ArrayUnique": (args) => tight(`$distinct(${textAt(args, 0)})`),
  "States.Base64Encode": (args) => tight(`$base64encode(${textAt(args, 0)})`),
  "States.Base64Decode": (args) => tight(`$base64decode(${textAt(args, 0)})`),
  "States.Hash": (args) => hash(at(args, 0), textAt(args, 1)),
  "States.JsonMerge": (args) => tight(`$merge([${textAt(args, 0)}, ${textAt(args, 1)}])`),
  "States.MathRandom": mathRandom,
  "States.MathAdd": (args) => loose(`${printWhole(at(args, 0))} + ${printWhole(at(args, 1))}`),
  "States.StringSplit": (args) => stringSplit(at(args, 0), at(args, 1)),
  "States.UUID": () => tight("$uuid()"),
};

/** `$string` leaves a text as it is; within an object it is written as JSON. */
function jsonToString({ text, type }: Operand): Operand {
  if (type !== undefined && type !== "text") return tight(`$string(${text})`);
  return tight(`$replace($string({'v': ${text}}), /^\\{"v":|\\}$/, '')`);
}

/** `in` compares scalars only, `=` at any depth. */
function arrayContains(items: Operand, value: Operand): Operand {
  if (value.type !== undefined && value.type !== "list" && value.type !== "object") {
    return loose(`${operandText(value)} in ${operandText(items)}`);
  }
  const item = freeVariable("$item", value.text);
  return tight(`$exists($filter(${items.text}, function(${item}) { ${item} = ${operandText(value)} }))`);
}

function hash(data: Operand, algorithm: string): Operand {
  return tight(`$hash(${data.type === "text" ? data.text : `$string(${data.text})`}, ${algorithm})`);
}

function mathRandom(args: readonly Operand[]): Operand {
  const [start, end, seed] = args;
  const from = printWhole(at(args, 0));
  const isWritten = typeof start?.constant === "number" && typeof end?.constant === "number";
  const span = isWritten
    ? String(Number(printWhole(at(args, 1))) - Number(from))
    : `(${printWhole(at(args, 1))} - ${from})`;
  const random = seed === undefined ? "$random()" : `$random(${printWhole(seed)})`;
  return loose(`${from} + $floor(${random} * ${span})`);
}

/** Each character of the second text splits; empty pieces are dropped. */
function stringSplit(text: Operand, splitters: Operand): Operand {
  if (splitters.constant === "") return list(`${operandText(text)}[$ != '']`);
  if (typeof splitters.constant === "string") {
    return list(`$split(${text.text}, ${separator(splitters.constant)})[$ != '']`);
  }
  const both = text.text + splitters.text;
  const [pieces, character] = [freeVariable("$pieces", both), freeVariable("$character", both)];
  const split = `function(${pieces}, ${character}) { ${pieces}.$split($, ${character}) }`;
  return list(`$reduce($split(${splitters.text}, ''), ${split}, [${text.text}])[$ != '']`);
}

function separator(characters: string): string {
  const all = [...characters];
  if (all.length === 1) return quoteInJsonata(characters);
  // A character of two code units cannot stand in [...]: JSONata's regular expressions know no flag `u`.
  const isPlain = all.every((character) => character.length === 1);
  return isPlain ? `/[${escapeInClass(characters)}]/` : `/(${all.map(escapeInRegex).join("|")})/`;
}
