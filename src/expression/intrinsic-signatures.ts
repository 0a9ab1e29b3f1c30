import { type Issue, issue, shown } from "../language/errors.js";
import type { Json } from "../language/json.js";
import { intrinsicFunctions } from "./intrinsic-parser.js";
import type { Argument, ValueType } from "./tree.js";
import { valueTypeOf } from "./value-type.js";

/** What a parameter takes: types of values, and what a written value must be beyond its type. */
interface Parameter {
  readonly types: readonly ValueType[];
  readonly words: string;
  readonly accepts?: (value: Json) => boolean;
}

interface Signature {
  readonly takes: readonly Parameter[];
  /** What further arguments are. */
  readonly rest?: Parameter;
  /** The type of the result; `undefined` where it depends on the arguments. */
  readonly gives?: ValueType;
}

const every: readonly ValueType[] = ["text", "number", "integer", "boolean", "null", "list", "object"];
const numbers: readonly ValueType[] = ["number", "integer"];

const any: Parameter = { types: every, words: "a value" };
const text: Parameter = { types: ["text"], words: "a text" };
const list: Parameter = { types: ["list"], words: "a list" };
const object: Parameter = { types: ["object"], words: "an object" };
const scalar: Parameter = {
  types: ["text", "number", "integer", "boolean", "null"],
  words: "a text, a number, a boolean or null",
};
const number: Parameter = {
  types: numbers,
  words: "a number of 32 bits",
  accepts: (value) => Math.abs(Number(value)) <= 2 ** 31,
};
const size: Parameter = { types: numbers, words: "a number of 1 or more", accepts: (value) => Number(value) >= 0.5 };
const index: Parameter = { types: numbers, words: "an index of 0 or more", accepts: (value) => Number(value) >= -0.5 };
const step: Parameter = {
  types: numbers,
  words: "a number other than 0",
  accepts: (value) => Math.round(Number(value)) !== 0,
};

/** Names of the algorithms of `States.Hash`. Source: the States Language specification. */
export const hashAlgorithms = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const;

const algorithm: Parameter = {
  types: ["text"],
  words: `one of ${hashAlgorithms.join(", ")}`,
  accepts: (value) => hashAlgorithms.some((known) => known === value),
};

/** What the intrinsic functions take and give. Source: the States Language specification. */
export const intrinsicSignatures = {
  "States.Format": { takes: [text], rest: scalar, gives: "text" },
  "States.StringToJson": { takes: [text] },
  "States.JsonToString": { takes: [any], gives: "text" },
  "States.Array": { takes: [], rest: any, gives: "list" },
  "States.ArrayPartition": { takes: [list, size], gives: "list" },
  "States.ArrayContains": { takes: [list, any], gives: "boolean" },
  "States.ArrayRange": { takes: [number, number, step], gives: "list" },
  "States.ArrayGetItem": { takes: [list, index] },
  "States.ArrayLength": { takes: [list], gives: "integer" },
  "States.ArrayUnique": { takes: [list], gives: "list" },
  "States.Base64Encode": { takes: [text], gives: "text" },
  "States.Base64Decode": { takes: [text], gives: "text" },
  "States.Hash": { takes: [any, algorithm], gives: "text" },
  "States.JsonMerge": { takes: [object, object], rest: any, gives: "object" },
  "States.MathRandom": { takes: [number, number], rest: number, gives: "integer" },
  "States.MathAdd": { takes: [number, number], gives: "integer" },
  "States.StringSplit": { takes: [text, text], gives: "list" },
  "States.UUID": { takes: [], gives: "text" },
} as const satisfies { readonly [name: string]: Signature };

export type IntrinsicName = keyof typeof intrinsicSignatures;

/** The type of an argument, where it is known. */
export function typeOfArgument(argument: Argument): ValueType | undefined {
  switch (argument.kind) {
    case "literal":
      return valueTypeOf(argument.value);
    case "reference":
      return argument.holds;
    case "call":
      return signatureOf(argument.name)?.gives;
    case "format":
      return "text";
    case "list":
    case "object":
      return argument.kind;
    default:
      return undefined;
  }
}

function signatureOf(name: string): Signature | undefined {
  return Object.hasOwn(intrinsicSignatures, name) ? intrinsicSignatures[name as IntrinsicName] : undefined;
}

/** What is wrong with the arguments of a call, as far as it is known. */
export function checkArguments(name: IntrinsicName, args: readonly Argument[], problems: Issue[]): void {
  const { takes, rest }: Signature = intrinsicSignatures[name];
  const { least, most } = intrinsicFunctions[name] ?? { least: 0, most: Number.POSITIVE_INFINITY };
  if (args.length < least || args.length > most) {
    const wanted =
      least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
    problems.push(issue("invalid_argument", [], `${name} takes ${wanted} arguments, got ${args.length}`));
    return;
  }
  for (const [position, argument] of args.entries()) {
    const parameter = takes[position] ?? rest;
    if (parameter === undefined || fits(argument, parameter)) continue;
    const what =
      argument.kind === "literal" ? shown(argument.value) : `a placeholder of the type ${typeOfArgument(argument)}`;
    const message = `${name} takes ${parameter.words} as argument ${position + 1}, got ${what}`;
    problems.push(issue("invalid_argument", [], message));
  }
}

function fits(argument: Argument, { types, accepts }: Parameter): boolean {
  const type = typeOfArgument(argument);
  if (type === undefined) return true;
  if (!types.includes(type)) return false;
  return argument.kind !== "literal" || accepts === undefined || accepts(argument.value);
}
