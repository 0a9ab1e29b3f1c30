import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { differencesOf, formatDifference } from "../../../src/document/difference.js";
import { compile } from "../../../src/index.js";
import type { JsonObject } from "../../../src/language/json.js";
import type { CaseResult, Suite } from "../suite.js";
import { author } from "./author.js";
import { normalise } from "./normalise.js";

/** Definitions from outside, each written again with the authoring API and compiled: the same has to come back. */
export const authoring: Suite = {
  name: "authoring",
  folder: "definitions",
  async run(folder) {
    return (await readDefinitions(folder)).map(runCase);
  },
};

/** A definition that is known to be valid. */
export interface Case {
  readonly id: string;
  readonly definition: JsonObject;
}

/** The valid definitions of a folder, in the order of their names. */
export async function readDefinitions(folder: string): Promise<readonly Case[]> {
  const files = (await readdir(join(folder, "valid"))).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(
    files.map(async (file) => ({
      id: file.slice(0, -".json".length),
      definition: JSON.parse(await readFile(join(folder, "valid", file), "utf8")) as JsonObject,
    })),
  );
}

/** `.raw` definitions have the placeholders of a template still in them, such as `${FunctionArn}`. */
function runCase({ id, definition }: Case): CaseResult {
  const group = usesJsonata(definition) ? "jsonata" : id.endsWith(".raw") ? "substitutions" : "jsonpath";
  const failure = rebuild(definition);
  return failure === undefined ? { id, group, passed: true } : { id, group, passed: false, ...failure };
}

function usesJsonata(definition: JsonObject): boolean {
  return JSON.stringify(definition).includes('"QueryLanguage":"JSONata"');
}

/** What is different when a definition is written with the authoring API; `undefined` when nothing is. */
export function rebuild(definition: JsonObject): { readonly stage: string; readonly reason: string } | undefined {
  try {
    const { Comment, QueryLanguage, Version, TimeoutSeconds } = definition;
    const options = {
      ...(Comment === undefined ? {} : { comment: Comment }),
      ...(QueryLanguage === undefined ? {} : { queryLanguage: QueryLanguage }),
      ...(Version === undefined ? {} : { version: Version }),
      ...(TimeoutSeconds === undefined ? {} : { timeoutSeconds: TimeoutSeconds }),
    } as Parameters<typeof compile>[1];
    const compiled = compile(author(definition), options);
    const [difference] = differencesOf(normalise(definition), normalise(compiled as unknown as JsonObject));
    return difference === undefined ? undefined : { stage: "compare", reason: formatDifference(difference) };
  } catch (error) {
    return { stage: "author", reason: error instanceof Error ? error.message : String(error) };
  }
}
