import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { FieldReader } from "../../src/interpreter/field-reader.js";
import { largestObject, sizeProblem } from "../../src/interpreter/map/object-text.js";
import { itemsOf, listedItems, openItems, pairsOf, sourceOf } from "../../src/interpreter/map/read-items.js";
import { planReaderConfig } from "../../src/interpreter/map/reader-config.js";
import type { PlanIssue } from "../../src/interpreter/plan-issue.js";
import type { Json, JsonObject } from "../../src/language/json.js";

function configOf(ReaderConfig: JsonObject) {
  return planReaderConfig(new FieldReader({ ReaderConfig }, "/States/M/ItemReader", []));
}

function read(readerConfig: JsonObject, body: Uint8Array | string, most?: number) {
  return itemsOf(configOf(readerConfig), body, most);
}

const csv = (more: JsonObject = {}): JsonObject => ({ InputType: "CSV", CSVHeaderLocation: "FIRST_ROW", ...more });
const given = (...names: string[]) => csv({ CSVHeaderLocation: "GIVEN", CSVHeaders: names });

describe("a CSV file", () => {
  const cases: readonly { name: string; config?: JsonObject; text: string; items: readonly Json[] }[] = [
    { name: "names columns in its first row", text: "a,b\n1,2\n", items: [{ a: "1", b: "2" }] },
    { name: "needs no newline at the end", text: "a,b\n1,2", items: [{ a: "1", b: "2" }] },
    { name: "takes the names that are given", config: given("x", "y"), text: "1,2", items: [{ x: "1", y: "2" }] },
    { name: "may end lines with CR LF", text: "a,b\r\n1,2\r\n", items: [{ a: "1", b: "2" }] },
    { name: "may begin with a byte order mark", text: "\ufeffa\n1", items: [{ a: "1" }] },
    { name: "gets empty texts for what a row lacks", text: "a,b,c\n1", items: [{ a: "1", b: "", c: "" }] },
    { name: "loses what a row has too many", text: "a\n1,2,3", items: [{ a: "1" }] },
    {
      name: "has an item for an empty line",
      text: "a,b\n\n1,2",
      items: [
        { a: "", b: "" },
        { a: "1", b: "2" },
      ],
    },
    { name: "keeps blanks", text: "a,b\n x ,  ", items: [{ a: " x ", b: "  " }] },
    { name: "may have a column without a name", text: "a,\n1,2", items: [{ a: "1", "": "2" }] },
    { name: "keeps delimiters and newlines in quotes", text: 'a,b\n"1,2","x\ny"', items: [{ a: "1,2", b: "x\ny" }] },
    { name: "has one quote for two in quotes", text: 'a\n"say ""hi"""', items: [{ a: 'say "hi"' }] },
    {
      name: "has one quote for two in plain text",
      config: given("o"),
      text: '{""k"":""v""}',
      items: [{ o: '{"k":"v"}' }],
    },
    { name: "has an empty text in empty quotes", text: 'a,b\n"",1', items: [{ a: "", b: "1" }] },
    { name: "drops blanks in front of quotes", text: 'a,b\n1, "2"', items: [{ a: "1", b: "2" }] },
    { name: "keeps quotes in the middle of text", text: 'a,b\nbc"d"ef,g', items: [{ a: 'bc"d"ef', b: "g" }] },
    {
      name: "keeps one quote in plain text",
      text: 'a,b\n5" pipe,1\nx,2',
      items: [
        { a: '5" pipe', b: "1" },
        { a: "x", b: "2" },
      ],
    },
    { name: "keeps a quote with text behind it", text: 'a,b\n"x" ,1', items: [{ a: 'x" ', b: "1" }] },
    { name: "ends quotes in front of a delimiter", text: 'a,b\n"","x""",', items: [{ a: "", b: 'x"' }] },
    { name: "has one backslash for two", text: "p\nC:\\\\x", items: [{ p: "C:\\x" }] },
    { name: "keeps a delimiter after a backslash", text: "p,q\na\\,b,c", items: [{ p: "a,b", q: "c" }] },
    { name: "keeps a quote after a backslash", text: 'p\n"a\\"b"', items: [{ p: 'a"b' }] },
    { name: "drops a backslash before all else", text: "p\na\\nb", items: [{ p: "anb" }] },
    {
      name: "may have pipes",
      config: csv({ CSVDelimiter: "PIPE" }),
      text: "a|b\n1,5|2",
      items: [{ a: "1,5", b: "2" }],
    },
    {
      name: "may have semicolons",
      config: csv({ CSVDelimiter: "SEMICOLON" }),
      text: "a;b\n1;2",
      items: [{ a: "1", b: "2" }],
    },
    { name: "may have tabs", config: csv({ CSVDelimiter: "TAB" }), text: "a\tb\n1\t2", items: [{ a: "1", b: "2" }] },
    {
      name: "may have spaces",
      config: csv({ CSVDelimiter: "SPACE" }),
      text: 'a b\n1 "2 3"',
      items: [{ a: "1", b: "2 3" }],
    },
    { name: "may be empty", text: "", items: [] },
    { name: "may have a header only", text: "a,b\n", items: [] },
  ];
  test.each(cases)("$name", ({ config, text, items }) => {
    expect(read(config ?? csv(), text)).toEqual(items);
  });

  // Examples in AWS's guide and recordings.
  test.each([
    { names: ["userId", "movieId", "rating", "timestamp"], order: ["rating", "movieId", "userId", "timestamp"] },
    { names: ["Bucket", "Key", "Size", "LastModifiedDate"], order: ["LastModifiedDate", "Bucket", "Size", "Key"] },
    { names: ["H1", ""], order: ["", "H1"] },
    { names: ["Col1", "Col2", "Col3"], order: ["Col1", "Col2", "Col3"] },
  ])("has the columns $names in the order of AWS", ({ names, order }) => {
    const [row] = read(csv(), `${names.join(",")}\n1`) as readonly JsonObject[];
    expect(Object.keys(row ?? {})).toEqual(order);
  });

  test("keeps a column named __proto__ as data", () => {
    const [row] = read(csv(), "__proto__,a\n1,2") as readonly JsonObject[];
    expect(JSON.stringify(row)).toBe('{"__proto__":"1","a":"2"}');
  });

  test.each([
    { name: "names that are given twice", config: given("a", "b", "a"), text: "1,2,3" },
    { name: "names twice in the first row", config: csv(), text: "a,b,a\n1,2,3" },
  ])("fails for $name", ({ config, text }) => {
    expect(read(config, text)).toEqual(
      new Failure("States.ItemReaderFailed", "CSV headers cannot contain duplicates."),
    );
  });

  test("fails when it ends within quotes", () => {
    expect(read(csv(), 'a\n"x')).toMatchObject({ cause: "The CSV file ends within a quoted field." });
  });

  test("fails for a header of more than 10 KiB", () => {
    expect(read(csv(), `${"a".repeat(10 * 1024 + 1)}\n1`)).toMatchObject({ error: "States.ItemReaderFailed" });
  });

  test("is read up to the items wanted and not looked at further", () => {
    expect(read(csv(), 'a\n1\n2\n"', 2)).toEqual([{ a: "1" }, { a: "2" }]);
  });
});

describe("a JSON file", () => {
  const pointer = (ItemsPointer: string) => ({ InputType: "JSON", ItemsPointer });

  test.each<{ name: string; config: JsonObject; text: string; most?: number; items: readonly Json[] }>([
    {
      name: "is a list of items",
      config: { InputType: "JSON" },
      text: '[1,"a",{"b":null}]',
      items: [1, "a", { b: null }],
    },
    { name: "is cut to the items wanted", config: { InputType: "JSON" }, text: "[1,2,3]", most: 2, items: [1, 2] },
    {
      name: "has items where the pointer says",
      config: pointer("/a/b~1c/1"),
      text: '{"a":{"b/c":[0,[7]]}}',
      items: [7],
    },
    {
      name: "has the members of an object as items",
      config: pointer("/a"),
      text: '{"a":{"x":1}}',
      items: [{ Key: "x", Value: 1 }],
    },
    { name: "may begin with a byte order mark", config: { InputType: "JSON" }, text: "\ufeff[1]", items: [1] },
  ])("$name", ({ config, text, most, items }) => {
    expect(read(config, text, most)).toEqual(items);
  });

  test.each([
    { name: "an object", config: { InputType: "JSON" }, text: '{"Hello":"world"}' },
    { name: "a text", config: { InputType: "JSON" }, text: '"x"' },
    { name: "a pointer to a number", config: pointer("/a"), text: '{"a":1}' },
    { name: "a pointer to nothing", config: pointer("/constructor"), text: '{"a":[]}' },
    { name: "a pointer past a list", config: pointer("/length"), text: "[]" },
  ])("is refused for $name", ({ config, text }) => {
    const cause = "Attempting to map over non-iterable node.";
    expect(read(config, text)).toEqual(new Failure("States.ItemReaderFailed", cause));
  });

  test("is refused when it is none", () => {
    expect(read({ InputType: "JSON" }, "[1,")).toMatchObject({ cause: "The object is not valid JSON." });
  });

  test("is refused when it nests too deep", () => {
    const text = "[".repeat(100_000) + "]".repeat(100_000);
    expect(read({ InputType: "JSON" }, text)).toMatchObject({ error: "States.ItemReaderFailed" });
  });
});

describe("lines of JSON", () => {
  test("are items; blank lines are none", () => {
    expect(read({ InputType: "JSONL" }, '{"a":1}\r\n\n 2 \n"x"\n')).toEqual([{ a: 1 }, 2, "x"]);
  });

  test("say which line is none", () => {
    expect(read({ InputType: "JSONL" }, "1\n\n{,")).toMatchObject({ cause: "Line 3 of the object is not valid JSON." });
  });

  test("may be packed with gzip", () => {
    expect(read({ InputType: "JSONL" }, gzipSync("1\n2\n"))).toEqual([1, 2]);
  });
});

describe("a packed object", () => {
  test("is refused when it is broken", () => {
    expect(read(csv(), gzipSync("a\n1").subarray(0, 12))).toMatchObject({ error: "States.ItemReaderFailed" });
  });

  test("is refused when it is far larger than it looks", () => {
    // A few hundred kilobytes that unpack to more than is read.
    const bomb = gzipSync(Buffer.alloc(largestObject + 1), { level: 1 });
    expect(read(csv(), bomb)).toMatchObject({ error: "States.ItemReaderFailed" });
  });

  test("is refused when it is packed with zstd", () => {
    expect(read(csv(), Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0))).toMatchObject({ error: "States.ItemReaderFailed" });
  });
});

test("an object too large is refused before it is held", () => {
  expect(sizeProblem(largestObject)).toBeUndefined();
  expect(sizeProblem(largestObject + 1)).toMatchObject({ error: "States.ItemReaderFailed" });
});

describe("an S3 inventory", () => {
  const manifest = {
    sourceBucket: "source",
    destinationBucket: "arn:aws:s3:::inventory",
    fileFormat: "CSV",
    fileSchema: "Bucket, Key, Size, LastModifiedDate",
    files: [
      { key: "data/1.csv.gz", size: 1 },
      { key: "data/2.csv.gz", size: 1 },
    ],
  };

  test.each([{ InputType: "MANIFEST" }, { ManifestType: "S3_INVENTORY" }])("%j names the files to fetch", (config) => {
    expect(read(config, JSON.stringify(manifest))).toMatchObject({
      fetch: [
        { Bucket: "inventory", Key: "data/1.csv.gz" },
        { Bucket: "inventory", Key: "data/2.csv.gz" },
      ],
    });
  });

  test("says what the columns of its files are", () => {
    const more = read({ InputType: "MANIFEST" }, JSON.stringify(manifest));
    if (!("then" in more)) throw new Error("expected files to fetch");
    const file = gzipSync('"source","csvDataset/titles.csv","3399671","2022-11-16T00:29:32.000Z"\n');
    expect(itemsOf(more.then, file)).toEqual([
      { Bucket: "source", Key: "csvDataset/titles.csv", Size: "3399671", LastModifiedDate: "2022-11-16T00:29:32.000Z" },
    ]);
  });

  test.each([
    { name: "no JSON", text: "a,b" },
    { name: "a list", text: "[]" },
    { name: "another format", text: JSON.stringify({ ...manifest, fileFormat: "ORC" }) },
    { name: "no files", text: JSON.stringify({ ...manifest, files: undefined }) },
  ])("is refused for $name", ({ text }) => {
    expect(read({ InputType: "MANIFEST" }, text)).toMatchObject({ error: "States.ItemReaderFailed" });
  });
});

describe("a manifest of Athena", () => {
  const config = { ManifestType: "ATHENA_DATA", InputType: "JSONL" };

  test("names the objects to fetch", () => {
    const more = read(config, '"s3://b/out/1.gz"\ns3://b/out/2.gz\n');
    expect(more).toMatchObject({
      fetch: [
        { Bucket: "b", Key: "out/1.gz" },
        { Bucket: "b", Key: "out/2.gz" },
      ],
    });
    if (!("then" in more)) throw new Error("expected objects to fetch");
    expect(itemsOf(more.then, gzipSync('{"a":1}\n'))).toEqual([{ a: 1 }]);
  });

  test("is refused when it names something else", () => {
    expect(read(config, "https://b/out/1.gz")).toMatchObject({ error: "States.ItemReaderFailed" });
  });
});

describe("a list of objects", () => {
  const contents = ["a", "b"].map((Key) => ({
    Key,
    ETag: '"e"',
    LastModified: 1668699881,
    Size: 3,
    StorageClass: "STANDARD",
  }));

  test("has what S3 says of them as items", () => {
    const item = { Etag: '"e"', Key: "a", LastModified: 1668699881, Size: 3, StorageClass: "STANDARD" };
    expect(listedItems(configOf({}), "bucket", contents, 1)).toEqual([item]);
  });

  test("names the objects to fetch with LOAD_AND_FLATTEN", () => {
    const config = configOf({ InputType: "JSON", Transformation: "LOAD_AND_FLATTEN" });
    const folder = { ...contents[0], Key: "folder/", Size: 0 } as (typeof contents)[number];
    expect(listedItems(config, "bucket", [folder, ...contents])).toMatchObject({
      fetch: [
        { Bucket: "bucket", Key: "a" },
        { Bucket: "bucket", Key: "b" },
      ],
      then: { inputType: "JSON", loadsObjects: false },
    });
  });
});

test("Parquet is refused by name when the definition is planned", () => {
  const issues: PlanIssue[] = [];
  planReaderConfig(new FieldReader({ ReaderConfig: { InputType: "PARQUET" } }, "/States/M/ItemReader", issues));
  expect(issues).toEqual([
    {
      message: "the embedded service does not read Parquet files",
      location: "/States/M/ItemReader/ReaderConfig/InputType",
    },
  ]);
});

test("the members of an object are items with their keys", () => {
  expect(pairsOf(JSON.parse('{"__proto__":1}') as JsonObject)).toEqual([{ Key: "__proto__", Value: 1 }]);
});

test("items say which object they come from", () => {
  expect([sourceOf("b"), sourceOf("b", "k/1.csv")]).toEqual(["s3://b", "s3://b/k/1.csv"]);
});

describe.each([
  { format: "JSON", text: '[{"n":"1"},{"n":"2"},{"n":"3"}]' },
  { format: "JSONL", text: '{"n":"1"}\n\n{"n":"2"}\n{"n":"3"}\n' },
  { format: "CSV", text: "n\n1\n2\n3\n" },
])("an object of $format", ({ format, text }) => {
  test("is read in parts", () => {
    const next = openItems(configOf({ InputType: format }), text);
    if (typeof next !== "function") throw new Error("expected items");
    expect([next(2), next(2), next(2)]).toEqual([[{ n: "1" }, { n: "2" }], [{ n: "3" }], []]);
  });
});

test("a small file with very many empty fields is refused", () => {
  const header = Array.from({ length: 2_000 }, (_, index) => index).join(",");
  expect(read(csv(), `${header}\n${"\n".repeat(10_000)}`)).toMatchObject({ error: "States.ItemReaderFailed" });
});

const many = 100_000;
describe.each([
  { format: "JSON", text: `[${Array.from({ length: many }, (_, id) => `{"id":${id},"name":"n${id}"}`).join(",")}]` },
  { format: "JSONL", text: Array.from({ length: many }, (_, id) => `{"id":${id},"name":"n${id}"}`).join("\n") },
  { format: "CSV", text: `id,name\n${Array.from({ length: many }, (_, id) => `${id},"n ""${id}"`).join("\n")}` },
])("100,000 items of $format", ({ format, text }) => {
  test("are read", () => {
    expect(read({ InputType: format }, text)).toHaveLength(many);
  });
});

// What takes time by the square of the size would not end before the test is given up.
describe("a file is read in one pass with very many", () => {
  test.each([
    { what: "rows", config: csv(), text: `a,b\n${'1,"2"\n'.repeat(400_000)}`, items: 400_000 },
    { what: "quotes in a field", config: csv(), text: `a\n"${'""'.repeat(800_000)}"`, items: 1 },
    { what: "backslashes in a field", config: csv(), text: `a\n${"\\x".repeat(800_000)}`, items: 1 },
    { what: "quotes in plain text", config: csv(), text: `a\nx${'"y"z'.repeat(400_000)}`, items: 1 },
    { what: "fields in a row", config: given("a"), text: '"1",'.repeat(800_000), items: 1 },
    { what: "lines of JSON", config: { InputType: "JSONL" }, text: "1\n".repeat(400_000), items: 400_000 },
  ])("$what", ({ config, text, items }) => {
    expect(read(config, text)).toHaveLength(items);
  });
});
