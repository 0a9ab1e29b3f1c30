import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { FieldReader } from "../../src/interpreter/field-reader.js";
import { batchesOf } from "../../src/interpreter/map/batches.js";
import {
  maxConcurrency,
  maxItems,
  toleratedFailureCount,
  toleratedFailurePercentage,
} from "../../src/interpreter/map/map-numbers.js";
import { mapRunArn, mapStateMachineArn, moved, pendingCounts, written } from "../../src/interpreter/map/map-run.js";
import { itemsOf, mostItems } from "../../src/interpreter/map/read-items.js";
import { planReaderConfig } from "../../src/interpreter/map/reader-config.js";
import { writtenOutput } from "../../src/interpreter/map/result-files.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { evaluateJsonata } from "./evaluate-jsonata.js";
import { resultFiles } from "./result-files.js";

// What AWS did with items, batches and results, recorded, at the level of the functions that the Map state calls.

interface Call {
  readonly op: string;
  readonly args: { readonly Bucket: string; readonly Key: string; readonly Body: string };
}

interface Recorded {
  readonly id: string;
  readonly definition?: { readonly States: Readonly<Record<string, JsonObject>> };
  readonly input?: JsonObject;
  readonly setup?: readonly Call[];
  readonly expected: {
    readonly status: string;
    readonly output?: Json;
    readonly error?: string;
    readonly cause?: string;
    readonly events?: readonly JsonObject[];
  };
  readonly steps?: readonly { readonly recorded?: readonly { readonly value: JsonObject }[] }[];
}

const folder = fileURLToPath(new URL("../../../shared/conformance/aws-histories", import.meta.url));
const has = existsSync(folder);

function recorded(file: string): readonly Recorded[] {
  if (!has) return [];
  return (JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as { cases: readonly Recorded[] }).cases;
}

/** The Map state of a recording and the name of the test that made it. */
function mapsOf(cases: readonly Recorded[]) {
  return cases.flatMap((recording) => {
    const state = Object.values(recording.definition?.States ?? {}).find(({ Type }) => Type === "Map");
    return state === undefined ? [] : [{ name: recording.id.split("::").at(-1) ?? "", state, recording }];
  });
}

const services = mapsOf(recorded("services/scenarios.base_scenarios.json"));
const own = [
  ...mapsOf(recorded("self_contained/scenarios.base_scenarios.json")),
  ...mapsOf(recorded("self_contained/assign.assign_reference_variables.json")),
];

const object = (value: Json | undefined): JsonObject | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

/** What is at a path of one step, into the input or to a variable that the first state sets. */
function found({ input, definition }: Recorded, path: string): Json {
  if (path.startsWith("$.")) return input?.[path.slice(2)] ?? null;
  const [first] = Object.values(definition?.States ?? {});
  return object(first?.Assign)?.[path.slice(1)] ?? null;
}

/** The number in `field` or at its path, as the definition gives it. */
async function numberOf(fields: JsonObject, field: string, input: JsonObject): Promise<Json | undefined> {
  const path = fields[`${field}Path`];
  if (typeof path === "string") return input[path.slice(2)];
  const given = fields[field];
  if (typeof given !== "string") return given;
  return (await evaluateJsonata(given.slice(2, -2), input, {})) as Json | undefined;
}

async function limitOf(config: JsonObject, input: JsonObject): Promise<number | Failure> {
  const found = await numberOf(config, "MaxItems", input);
  return found === undefined ? mostItems : maxItems(found, String(config.MaxItemsPath));
}

/** The inputs of the children, as the functions make them out of the recording. */
async function childInputs(state: JsonObject, { input = {}, setup = [] }: Recorded): Promise<Json | Failure> {
  const itemReader = object(state.ItemReader) ?? {};
  const most = await limitOf(object(itemReader.ReaderConfig) ?? {}, input);
  if (most instanceof Failure) return most;
  const put = setup.find(({ op }) => op === "put_object");
  const config = planReaderConfig(new FieldReader(itemReader, "/", []));
  const items = itemsOf(config, Buffer.from(put?.args.Body ?? ""), most);
  if (items instanceof Failure || "then" in items) return items as Failure;
  const batcher = object(state.ItemBatcher);
  if (batcher === undefined) return items;
  return batchesOf(items, {
    maxItems: Number(await numberOf(batcher, "MaxItemsPerBatch", input)),
    maxInputBytes: Number(await numberOf(batcher, "MaxInputBytesPerBatch", input)),
    batchInput: { BatchTimestamp: "date" },
  });
}

describe.skipIf(!has)("AWS's recordings", () => {
  const readers = services.filter(({ state }) => state.ItemReader !== undefined);

  test("are there", () => expect(readers.length).toBeGreaterThan(10));

  test.each(readers)("$name", async ({ state, recording }) => {
    const { status, output, error, cause } = recording.expected;
    const found = await childInputs(state, recording);
    const exited = recording.expected.events?.find(({ type }) => type === "MapStateExited");
    const text = object(exited?.stateExitedEventDetails)?.output;
    // The children of these machines give back what they get.
    if (status === "SUCCEEDED") expect(found).toEqual(output);
    // Lists stand as text in the history, with their members in AWS's order; but a batch has a time in it.
    if (typeof text === "string" && state.ItemBatcher === undefined) expect(JSON.stringify(found)).toBe(text);
    if (status === "FAILED") expect(found).toEqual(new Failure(error, cause));
  });

  const numbers = own.flatMap(({ name, state, recording }) =>
    [
      { field: "MaxConcurrency", read: maxConcurrency },
      { field: "ToleratedFailureCount", read: toleratedFailureCount },
      { field: "ToleratedFailurePercentage", read: toleratedFailurePercentage },
    ].flatMap(({ field, read }) => {
      const path = state[`${field}Path`];
      // One recording of a negative number breaks off before the end.
      if (typeof path !== "string" || recording.expected.status === null) return [];
      return [{ name, path, read, found: found(recording, path), expected: recording.expected }];
    }),
  );

  test.each(numbers)("$name", ({ path, read, found, expected }) => {
    const number = read(found, path);
    if (expected.status === "SUCCEEDED") expect(number).toBe(Number(found));
    else expect(number instanceof Failure && number.causeIn("MapState", 2)).toBe(expected.cause);
  });

  const writers = services.filter(({ state }) => state.ResultWriter !== undefined);

  test.each(writers)("$name", ({ state, recording }) => {
    const parameters = object(object(state.ResultWriter)?.Parameters) as { Bucket: string; Prefix: string };
    const home = { region: "<region>", account: "111111111111", machine: "<ArnPart_0idx>" };
    const arn = mapRunArn(home, { label: String(state.Label), uuid: "<MapRunArnPart1_0idx>" });
    const target = {
      bucket: parameters.Bucket,
      prefix: parameters.Prefix,
      mapRunArn: arn.replace(":aws:", ":<partition>:"),
    };
    expect(writtenOutput(target)).toEqual(recording.expected.output);
    expect(resultFiles(target, []).at(-1)?.key).toBe("mapJobs/<MapRunArnPart1_0idx>/manifest.json");
  });

  test("DescribeMapRun counts two rows that have succeeded", () => {
    const [recording] = recorded("api/sfn_api_map_run.json");
    const answers = recording?.steps?.flatMap((step) => step.recorded ?? []).map(({ value }) => value) ?? [];
    const ran = moved(moved(pendingCounts(2), "pending", "running", 2), "running", "succeeded", 2);
    expect(answers.at(-1)).toMatchObject({ itemCounts: written(ran), executionCounts: written(ran) });
  });

  test("ListMapRuns names the machine with the label", () => {
    const [recording] = recorded("api/sfn_api_map_run.json");
    const [list] = recording?.steps?.flatMap((step) => step.recorded ?? []) ?? [];
    const home = { region: "<region>", account: "111111111111", machine: "<ArnPart_0idx>" };
    const name = { label: "<MapRunArnPart0_0idx>", uuid: "<MapRunArnPart1_0idx>" };
    const masked = (arn: string) => arn.replace(":aws:", ":<partition>:");
    expect(list?.value.mapRuns).toMatchObject([
      {
        mapRunArn: masked(mapRunArn(home, name)),
        stateMachineArn: masked(mapStateMachineArn(home, name.label)),
      },
    ]);
  });
});
