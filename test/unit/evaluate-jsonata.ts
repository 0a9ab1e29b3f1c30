import { createHash, randomUUID } from "node:crypto";
import jsonata from "jsonata";
import type { Json } from "../../src/language/json.js";

/** A list as JSONata's own functions give one: of one item it is that item, of none it is nothing. */
function sequence(items: readonly unknown[]): unknown {
  const list = [...items];
  Object.defineProperty(list, "sequence", { value: true, enumerable: false });
  return list;
}

/** The functions that AWS adds; `$range` gives a sequence, `$partition` a list, as AWS was seen to do. */
const added: Readonly<Record<string, (...args: readonly never[]) => unknown>> = {
  partition: (list: readonly Json[], size: number) =>
    Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size)),
  range: (first: number, last: number, step: number) =>
    sequence(
      Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step),
    ),
  hash: (text: string, algorithm: string) =>
    createHash(algorithm.toLowerCase().replace("sha-", "sha")).update(text).digest("hex"),
  random: (seed?: number) => (seed === undefined ? Math.random() : 0.5),
  uuid: () => randomUUID(),
  parse: (text: string) => JSON.parse(text) as Json,
};

/** What AWS's JSONata makes of an expression; `undefined` where it gives nothing. Rejects where it fails. */
export async function evaluateJsonata(
  source: string,
  input: Json,
  variables: Record<string, Json> = {},
  context: Json = {},
): Promise<unknown> {
  const expression = jsonata(source);
  for (const [name, implementation] of Object.entries(added)) {
    expression.registerFunction(name, implementation as (...args: unknown[]) => unknown);
  }
  const value: unknown = await expression.evaluate(undefined, { ...variables, states: { input, context } });
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
}
