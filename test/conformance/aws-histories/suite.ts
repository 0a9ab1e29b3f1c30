import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Json, JsonObject } from "../../../src/language/json.js";
import type { CaseResult, Suite } from "../suite.js";
import { Comparison } from "./compare.js";
import { normalise } from "./normalise.js";
import type { Recording } from "./recording.js";
import { type Replayed, replay } from "./replay.js";

const folders = ["self_contained", "services", "lambda"];

/** Executions recorded on AWS, replayed by the engine: status, output, error, cause and the whole history. */
export const awsHistories: Suite = {
  name: "aws-histories",
  folder: "aws-histories",
  async run(folder) {
    const results: CaseResult[] = [];
    for (const part of folders.filter((name) => existsSync(join(folder, name)))) {
      for (const file of (await readdir(join(folder, part))).sort()) {
        const { cases } = JSON.parse(await readFile(join(folder, part, file), "utf8")) as {
          readonly cases: readonly Recording[];
        };
        for (const recording of cases) if (recording.kind === "execution") results.push(runCase(recording));
      }
    }
    return results;
  },
};

/** The part of the language that a recording needs; `supported` is all that the engine runs. */
function groupOf({ type, queryLanguages, stateTypes, definition = {} }: Recording): string {
  if (type !== "STANDARD") return "express";
  if (queryLanguages.includes("JSONata")) return "jsonata";
  if (stateTypes.includes("Map") || stateTypes.includes("Parallel")) return "map-parallel";
  const resources = Object.values((definition["States"] ?? {}) as JsonObject).map(
    (state) => (state as JsonObject)["Resource"],
  );
  const isForeign = resources.some(
    (resource) => typeof resource === "string" && /^arn:[^:]+:lambda:|:activity:/.test(resource),
  );
  return isForeign ? "lambda-activity" : "supported";
}

function runCase(recording: Recording): CaseResult {
  const { id } = recording;
  const group = groupOf(recording);
  if (group === "express")
    return { id, group, passed: false, stage: "refused", reason: "EXPRESS machines are not run" };
  try {
    const failure = check(recording, replay(recording));
    return failure === undefined ? { id, group, passed: true } : { id, group, passed: false, ...failure };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id, group, passed: false, stage: "refused", reason };
  }
}

interface Disagreement {
  readonly stage: string;
  readonly reason: string;
}

function check(recording: Recording, replayed: Replayed): Disagreement | undefined {
  const { expected, normalise: masks } = recording;
  const comparison = new Comparison();
  const actual = normalise(
    {
      status: replayed.status,
      ...(replayed.output === undefined ? {} : { output: replayed.output }),
      ...(replayed.error === undefined ? {} : { error: replayed.error }),
      ...(replayed.cause === undefined ? {} : { cause: replayed.cause }),
    },
    masks,
  ) as JsonObject;
  for (const stage of ["status", "output", "error", "cause"] as const) {
    const wanted = expected[stage];
    if (wanted === undefined) continue;
    const given = stage === "output" ? parsed(actual[stage]) : (actual[stage] ?? null);
    const reason = comparison.difference(wanted, given, stage);
    if (reason !== undefined) return { stage, reason };
  }
  if (expected.events === undefined) return undefined;
  const events = normalise(replayed.events, masks);
  const reason = comparison.difference(expected.events, events, "events");
  return reason === undefined ? undefined : { stage: "events", reason };
}

/** The recorded output is a value; outputs that are no objects are still text here. */
function parsed(output: Json | undefined): Json {
  if (typeof output !== "string") return output ?? null;
  try {
    return JSON.parse(output) as Json;
  } catch (problem) {
    if (problem instanceof SyntaxError) return output;
    throw problem;
  }
}
