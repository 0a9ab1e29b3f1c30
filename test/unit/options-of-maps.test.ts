import { describe, expect, test } from "vitest";
import * as z from "zod";
import { tryCompile } from "../../src/compile/compile.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { ItemReader } from "../../src/states/item-reader.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Pass } from "../../src/states/pass.js";

const input = new ExecutionInput(z.object({ n: z.number(), name: z.string(), rows: z.array(z.string()) }));
const inFile = { bucket: "b", key: "k" };

function compiled(options: object, queryLanguage: "JSONPath" | "JSONata" = "JSONPath") {
  const step = new MapStep("Rows", { mode: "DISTRIBUTED", processor: new Pass("P"), ...options } as never);
  const { issues, definition } = tryCompile(step, { queryLanguage });
  return {
    issues: issues.map(({ code, path }) => `${code} ${path.slice(2).join(".")}`),
    map: definition.States["Rows"],
  };
}

/** Options as plain JavaScript has them. */
const csv = (options: object): object => ({ itemReader: ItemReader.csv(options as never) });
const listing = (options: object): object => ({ itemReader: ItemReader.listing(options as never) });
const json = (options: object): object => ({ itemReader: ItemReader.json(options as never) });

describe("what the nested options of a Map take", () => {
  test.each<readonly [string, object, readonly string[]]>([
    ["a batch of one", { itemBatcher: { maxItemsPerBatch: 1 } }, []],
    ["a batch of a placeholder", { itemBatcher: { maxItemsPerBatch: input.n } }, []],
    ["a batch of all bytes", { itemBatcher: { maxInputBytesPerBatch: 262_144 } }, []],
    [
      "a batch of a text",
      { itemBatcher: { maxItemsPerBatch: "many" } },
      ["invalid_number ItemBatcher.MaxItemsPerBatch"],
    ],
    ["an empty batch", { itemBatcher: { maxItemsPerBatch: 0 } }, ["invalid_number ItemBatcher.MaxItemsPerBatch"]],
    [
      "a batch that is too large",
      { itemBatcher: { maxInputBytesPerBatch: 262_145 } },
      ["invalid_number ItemBatcher.MaxInputBytesPerBatch"],
    ],
    ["a batcher that is a placeholder", { itemBatcher: input.rows }, ["invalid_map ItemBatcher"]],
    ["a batcher that is null", { itemBatcher: null }, ["invalid_map ItemBatcher"]],
    [
      "a writer",
      { resultWriter: { bucket: input.name, prefix: "p", outputType: "JSONL", transformation: "FLATTEN" } },
      [],
    ],
    ["a writer without a bucket", { resultWriter: { transformation: "COMPACT" } }, []],
    ["a writer of a prefix alone", { resultWriter: { prefix: "p" } }, ["missing_option ResultWriter"]],
    ["a writer of nothing", { resultWriter: {} }, ["invalid_map ResultWriter"]],
    [
      "a writer of another type",
      { resultWriter: { bucket: "b", outputType: "XML" } },
      ["invalid_map ResultWriter.WriterConfig.OutputType"],
    ],
    [
      "a writer with another transformation",
      { resultWriter: { bucket: "b", transformation: "LOAD_AND_FLATTEN" } },
      ["invalid_map ResultWriter.WriterConfig.Transformation"],
    ],
    ["a writer to a number", { resultWriter: { bucket: 5 } }, ["invalid_text ResultWriter.Parameters.Bucket"]],
    [
      "a writer in no partition",
      { resultWriter: { bucket: "b", partition: "china" } },
      ["invalid_text ResultWriter.partition"],
    ],
    ["a reader of a file", csv({ ...inFile, headers: ["a"], delimiter: "PIPE", maxItems: input.n }), []],
    [
      "a reader with a delimiter as it is",
      csv({ ...inFile, delimiter: "," }),
      ["invalid_map ItemReader.ReaderConfig.CSVDelimiter"],
    ],
    ["a reader without columns", csv({ ...inFile, headers: [] }), ["invalid_map ItemReader.ReaderConfig.CSVHeaders"]],
    [
      "columns of a placeholder",
      csv({ ...inFile, headers: input.rows }),
      ["invalid_map ItemReader.ReaderConfig.CSVHeaders"],
    ],
    [
      "a column of a placeholder",
      csv({ ...inFile, headers: [input.name] }),
      ["invalid_map ItemReader.ReaderConfig.CSVHeaders"],
    ],
    ["no items at most", csv({ ...inFile, maxItems: 0 }), ["invalid_number ItemReader.ReaderConfig.MaxItems"]],
    [
      "fewer than no items",
      listing({ bucket: "b", maxItems: -1 }),
      ["invalid_number ItemReader.ReaderConfig.MaxItems"],
    ],
    ["a misspelt option", csv({ ...inFile, header: ["a"] }), ["unknown_option ItemReader.header"]],
    ["a reader without a key", json({ bucket: "b" }), ["missing_option ItemReader"]],
    ["a pointer", json({ ...inFile, itemsPointer: "/a" }), []],
    [
      "a path for a pointer",
      json({ ...inFile, itemsPointer: "$.a" }),
      ["invalid_text ItemReader.ReaderConfig.ItemsPointer"],
    ],
    ["a reader of no options", csv(undefined as never), ["invalid_map ItemReader"]],
    ["a listing of null", listing(null as never), ["invalid_map ItemReader"]],
    ["a reader that nothing has made", { itemReader: { bucket: "x" } }, ["invalid_map ItemReader"]],
    ["a reader that is a placeholder", { itemReader: input.rows }, ["invalid_map ItemReader"]],
    ["items beside a reader", { items: input.rows, ...csv(inFile) }, ["conflicting_options "]],
    ["items and itemsPath", { items: input.rows, itemsPath: "$.rows" }, ["conflicting_options "]],
    ["itemsPath beside a reader, which AWS takes", { itemsPath: "$.rows", ...csv(inFile) }, []],
  ])("%s", (_name, options, expected) => {
    expect(compiled(options).issues).toEqual(expected);
  });

  test("a reader is named with its functions", () => {
    const step = new MapStep("Rows", { mode: "DISTRIBUTED", processor: new Pass("P"), itemReader: {} as never });
    expect(tryCompile(step).issues[0]).toMatchInlineSnapshot(`
      {
        "code": "invalid_map",
        "hint": "make it with ItemReader.csv(), ItemReader.json(), ItemReader.jsonLines(), ItemReader.parquet(), ItemReader.manifest(), ItemReader.listing()",
        "message": "expected a reader for itemReader, got {}",
        "path": [
          "States",
          "Rows",
          "ItemReader",
        ],
      }
    `);
  });

  test("in JSONata a number may be an expression", () => {
    const { issues, map } = compiled({ itemBatcher: { maxItemsPerBatch: "{% $states.input.n %}" } }, "JSONata");
    expect(issues).toEqual([]);
    expect(map).toMatchObject({ ItemBatcher: { MaxItemsPerBatch: "{% $states.input.n %}" } });
  });

  test("in JSONPath such a text is none", () => {
    const { issues } = compiled({ itemBatcher: { maxItemsPerBatch: "{% 1 %}" } });
    expect(issues).toEqual(["invalid_number ItemBatcher.MaxItemsPerBatch"]);
  });
});
