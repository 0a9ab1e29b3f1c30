import { createHash } from "node:crypto";
import { deepestData, nestsTooDeep } from "../../data.js";
import { javaFraction } from "../../random.js";
import type { Evaluation } from "../evaluation.js";
import { memoryLimit } from "../evaluation.js";
import { QueryError } from "../query-error.js";
import { isList, isMembers, type List, type Value } from "../value.js";
import { define, type Functions } from "./define.js";
import { fromMillis } from "./picture.js";

/** What AWS adds to JSONata, and what reads the time. Arguments that are no whole numbers lose their fraction. */
export const awsFunctions: Functions = {
  partition: define("<x?n?:a>", partition),
  range: define("<nnn?:a>", range),
  hash: define("<ss?:s>", hash),
  random: define("<n?:n>", ([seed], evaluation) => {
    evaluation.spend(unitsOfChance);
    return seed === undefined ? evaluation.surroundings.random.fraction() : javaFraction(Math.trunc(seed as number));
  }),
  uuid: define("<:s>", (_args, evaluation) => {
    evaluation.spend(unitsOfChance);
    return evaluation.surroundings.random.uuid();
  }),
  parse: define("<s?:x>", ([text], evaluation) => (text === undefined ? undefined : parse(String(text), evaluation))),
  millis: define("<:n>", (_args, { surroundings }) => surroundings.now),
  now: define("<s?s?:s>", (args, evaluation) =>
    fromMillis.implement([evaluation.surroundings.now, ...args], evaluation),
  ),
};

const unitsOfChance = 1_000;
const unitsOfHash = 300;
const unitsOfParse = 100;
const unitsOfRange = 40;

function fault(message: string): QueryError {
  return new QueryError("D3137", { message });
}

const unitsOfChunk = 24;

function partition([list, size]: readonly Value[], evaluation: Evaluation): Value {
  if (list === undefined) return undefined;
  if (!isList(list)) throw new QueryError("T0412", { index: 1 });
  if (list.length === 0) return undefined;
  if (size === undefined) return [list];
  const chunk = Math.trunc(size as number);
  if (chunk < 0) throw fault("Second argument must be zero or greater");
  if (chunk === 0) return undefined;
  evaluation.makeList(list.length);
  const chunks: List = [];
  for (let at = 0; at < list.length; at += chunk) {
    evaluation.spend(unitsOfChunk);
    evaluation.push(chunks, list.slice(at, at + chunk));
  }
  return chunks;
}

/** Numbers that AWS lets a range have. */
const longestRange = 360_145;

function range(args: readonly Value[], evaluation: Evaluation): Value {
  for (const [index, value] of args.entries()) {
    if (value === undefined && index < 2) throw new QueryError("T0410", { index: index + 1 });
  }
  if (args[2] === undefined) return undefined;
  const [first, last, step] = (args as readonly number[]).map(Math.trunc) as [number, number, number];
  if (step === 0 || (last - first) * step < 0) return undefined;
  const count = Math.floor((last - first) / step) + 1;
  if (count > longestRange) throw memoryLimit();
  evaluation.spend(unitsOfRange);
  evaluation.makeList(count);
  const numbers: List = new Array(count);
  for (let index = 0; index < count; index++) numbers[index] = first + index * step;
  numbers.sequence = true;
  return numbers;
}

const algorithms: ReadonlySet<string> = new Set(["SHA-1", "SHA-384", "SHA-256", "SHA-512", "MD5"]);

function hash([text, algorithm]: readonly Value[], evaluation: Evaluation): Value {
  if (text === undefined) throw new QueryError("T0410", { index: 1 });
  if (algorithm === undefined) return undefined;
  if (!algorithms.has(String(algorithm))) {
    throw fault(`Hash algorithm '${algorithm}' must be one of ${[...algorithms].join(", ")}`);
  }
  evaluation.spend(unitsOfHash);
  evaluation.spendText(String(text).length * 8);
  return createHash(String(algorithm).replace("-", "").toLowerCase()).update(String(text), "utf8").digest("hex");
}

function parse(text: string, evaluation: Evaluation): Value {
  evaluation.spend(unitsOfParse);
  evaluation.spendText(text.length * 6);
  if (nestsTooDeep(text)) evaluation.stop();
  try {
    const value = JSON.parse(text) as Value;
    if (countKeys(value, 0) === countColons(text)) return typeof value === "number" ? value + 0 : value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw fault("Invalid JSON");
}

/** Members of all objects in a value. There are fewer of them than colons where a key stands twice, which AWS refuses. */
function countKeys(value: Value, level: number): number {
  if (level > deepestData) return 0;
  if (!isList(value) && !isMembers(value)) return 0;
  const inner: readonly Value[] = isList(value) ? value : Object.values(value);
  let count = isList(value) ? 0 : inner.length;
  for (const item of inner) count += countKeys(item, level + 1);
  return count;
}

function countColons(text: string): number {
  let count = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted && character === "\\") at += 1;
    else if (!isQuoted && character === ":") count += 1;
  }
  return count;
}
