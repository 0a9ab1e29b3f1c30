import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { ReadRequest } from "../../src/interpreter/effect.js";
import { Failure } from "../../src/interpreter/failure.js";
import { FieldReader } from "../../src/interpreter/field-reader.js";
import { mostItems } from "../../src/interpreter/map/read-items.js";
import { planReaderConfig } from "../../src/interpreter/map/reader-config.js";
import { readAll } from "../../src/interpreter/map/reading.js";
import type { Json, JsonObject } from "../../src/language/json.js";

const objects: Readonly<Record<string, Uint8Array | string>> = {
  "rows.csv": "a\n1\n2\n",
  "logs/": "",
  "logs/1.jsonl": "1\n2\n",
  "logs/2.jsonl.gz": gzipSync("3\n4\n"),
  "inventory.json": JSON.stringify({
    fileFormat: "CSV",
    fileSchema: "Bucket, Key",
    destinationBucket: "arn:aws:s3:::b",
    files: [{ key: "files.csv" }],
  }),
  "files.csv": '"b","x"\n"b","y"\n',
  "athena.csv": "s3://b/logs/1.jsonl\ns3://b/logs/2.jsonl.gz\n",
  "wide.csv": `${Array.from({ length: 1_500 }, (_, index) => index)}\n${"1,2\n".repeat(300)}`,
  "long.jsonl": `"${"x".repeat(50_000)}"\n`.repeat(70),
  "athena-many.csv": "s3://b/none\n".repeat(12_000),
  "many.json": JSON.stringify(Array.from({ length: 12_000 }, (_, index) => index)),
};

function request(resource: string, parameters: Json, ReaderConfig: JsonObject, maxItems = mostItems): ReadRequest {
  const config = planReaderConfig(new FieldReader({ ReaderConfig }, "/", []));
  return { resource: `arn:aws:states:::s3:${resource}`, config, parameters, maxItems };
}

/** Answers all calls; gives the result and the calls that were made. */
function answered(given: ReadRequest) {
  const reading = readAll(given);
  const calls: string[] = [];
  for (let step = reading.next(); ; ) {
    if (step.done) return { result: step.value, calls };
    const call = step.value;
    if (call.kind === "get") {
      calls.push(call.versionId === undefined ? call.place.Key : `${call.place.Key}@${call.versionId}`);
      step = reading.next(objects[call.place.Key] ?? "");
    } else if (call.kind === "list") {
      calls.push(`list ${call.prefix}`);
      const keys = Object.keys(objects).filter((key) => key.startsWith(call.prefix));
      step = reading.next(
        keys.map((Key) => ({
          Key,
          ETag: "e",
          LastModified: 1,
          Size: objects[Key]?.length ?? 0,
          StorageClass: "STANDARD",
        })),
      );
    } else {
      calls.push(call.kind);
      step = reading.next(undefined);
    }
  }
}

const csv = { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" };
const cases: readonly { name: string; given: ReadRequest; result: Json; calls: readonly string[] }[] = [
  {
    name: "one object",
    given: request("getObject", { Bucket: "b", Key: "rows.csv", VersionId: "v" }, csv),
    result: [{ source: "s3://b/rows.csv", items: [{ a: "1" }, { a: "2" }] }],
    calls: ["rows.csv@v"],
  },
  {
    name: "what a list says",
    given: request("listObjectsV2", { Bucket: "b", Prefix: "rows" }, {}),
    result: [
      {
        source: "s3://b",
        items: [{ Etag: "e", Key: "rows.csv", LastModified: 1, Size: 6, StorageClass: "STANDARD" }],
      },
    ],
    calls: ["list rows"],
  },
  {
    name: "what is in the objects of a list",
    given: request(
      "listObjectsV2",
      { Bucket: "b", Prefix: "logs/" },
      { InputType: "JSONL", Transformation: "LOAD_AND_FLATTEN" },
    ),
    result: [
      { source: "s3://b/logs/1.jsonl", items: [1, 2] },
      { source: "s3://b/logs/2.jsonl.gz", items: [3, 4] },
    ],
    calls: ["list logs/", "logs/1.jsonl", "logs/2.jsonl.gz"],
  },
  {
    name: "no more objects than are needed",
    given: request(
      "listObjectsV2",
      { Bucket: "b", Prefix: "logs/" },
      { InputType: "JSONL", Transformation: "LOAD_AND_FLATTEN" },
      2,
    ),
    result: [{ source: "s3://b/logs/1.jsonl", items: [1, 2] }],
    calls: ["list logs/", "logs/1.jsonl"],
  },
  {
    name: "the files of an S3 inventory",
    given: request("getObject", { Bucket: "b", Key: "inventory.json" }, { InputType: "MANIFEST" }),
    result: [
      {
        source: "s3://b/files.csv",
        items: [
          { Bucket: "b", Key: "x" },
          { Bucket: "b", Key: "y" },
        ],
      },
    ],
    calls: ["inventory.json", "files.csv"],
  },
  {
    name: "the objects of a manifest of Athena, up to the items wanted",
    given: request(
      "getObject",
      { Bucket: "b", Key: "athena.csv" },
      { ManifestType: "ATHENA_DATA", InputType: "JSONL" },
      3,
    ),
    result: [
      { source: "s3://b/logs/1.jsonl", items: [1, 2] },
      { source: "s3://b/logs/2.jsonl.gz", items: [3] },
    ],
    calls: ["athena.csv", "logs/1.jsonl", "logs/2.jsonl.gz"],
  },
];
test.each(cases)("reads $name", ({ given, result, calls }) => {
  expect(answered(given)).toEqual({ result, calls });
});

test("pauses while it reads many items", () => {
  const { result, calls } = answered(request("getObject", { Bucket: "b", Key: "many.json" }, { InputType: "JSON" }));
  expect(calls).toEqual(["many.json", "pause", "pause"]);
  expect(result).toMatchObject([{ items: { length: 12_000 } }]);
});

test.each([
  { name: "wide.csv", config: csv, pauses: 5 },
  { name: "long.jsonl", config: { InputType: "JSONL" }, pauses: 5 },
  { name: "athena-many.csv", config: { ManifestType: "ATHENA_DATA", InputType: "JSONL" }, pauses: 2 },
])("pauses while it reads $name, which is much in few items", ({ name, config, pauses }) => {
  const { calls } = answered(request("getObject", { Bucket: "b", Key: name }, config));
  expect(calls.filter((call) => call === "pause").length).toBeGreaterThanOrEqual(pauses);
});

test.each([
  { resource: "getObject", parameters: { Bucket: "b" } },
  { resource: "getObject", parameters: { Bucket: 1, Key: "k" } },
  { resource: "listObjectsV2", parameters: null },
])("fails without a place: $resource of $parameters", ({ resource, parameters }) => {
  const { result } = answered(request(resource, parameters, csv));
  expect(result instanceof Failure && result.error).toBe("States.ItemReaderFailed");
});

test("gives the failure of what it has read", () => {
  const { result } = answered(request("getObject", { Bucket: "b", Key: "rows.csv" }, { InputType: "JSON" }));
  expect(result).toMatchObject({ cause: "The object is not valid JSON." });
});
