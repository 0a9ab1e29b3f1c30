import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { toJsonPath } from "../../src/expression/placeholder.js";
import type { AnyChainable } from "../../src/states/chain.js";
import { Chain } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { type Iteration, Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Wait } from "../../src/states/wait.js";
import { when } from "../../src/states/when.js";

const row = z.object({ id: z.string(), parts: z.array(z.object({ name: z.string() })) });
const input = new ExecutionInput(z.object({ rows: z.array(row) }));
type Row = z.infer<typeof row>;

/** Each row's parts, each of which reads the row. */
function parts({ item, index }: Iteration<Row>, options: object = {}): MapStep {
  return new MapStep("Parts", {
    items: item.parts,
    processor: ({ item: part }) => new Pass("Part", { parameters: { row: item.id, number: index, part: part.name } }),
    ...options,
  });
}

function rows(processor: (iteration: Iteration<Row>) => AnyChainable, options: object = {}): MapStep {
  return new MapStep("Rows", { items: input.rows, processor, ...options });
}

/** The state of a name, wherever it stands. */
function stateOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (name in value && "Type" in Object(Reflect.get(value, name))) return Reflect.get(value, name);
  return Object.values(value)
    .map((one) => stateOf(one, name))
    .find((one) => one !== undefined);
}

function problems(definition: unknown): readonly string[] {
  return tryCompile(definition).issues.map(({ code, path, message }) => `${code} ${path.at(-1)}: ${message}`);
}

const carried = { "Rows_id.$": "$$.Map.Item.Value['id']", "Rows_index.$": "$$.Map.Item.Index" };
const read = { "row.$": "$Rows_id", "number.$": "$Rows_index", "part.$": "$$.Map.Item.Value['name']" };

test("the state nearest before an inner Map carries the outer item", () => {
  const definition = compile(
    rows((each) => Chain.of(new Pass("First"), new Wait("Near", { seconds: 1 }), parts(each))),
  );
  expect(stateOf(definition, "First")).not.toHaveProperty("Assign");
  expect(stateOf(definition, "Near")).toMatchObject({ Assign: carried });
  expect(stateOf(definition, "Parts")).toMatchObject({ ItemsPath: "$$.Map.Item.Value['parts']" });
  expect(stateOf(definition, "Part")).toMatchObject({ Parameters: read });
});

test("also within a Parallel, from a state before that", () => {
  const definition = compile(
    rows((each) => Chain.of(new Pass("First"), new Parallel("Both", { branches: [parts(each)] }))),
  );
  expect(stateOf(definition, "First")).toMatchObject({ Assign: carried });
  expect(stateOf(definition, "Part")).toMatchObject({ Parameters: read });
});

test("a state on one way only, and a Choice, carry nothing", () => {
  const definition = compile(
    rows((each) =>
      Chain.of(new Pass("First"), new Choice("Q").when(when("$.a").isPresent(), new Pass("Way")), parts(each)),
    ),
  );
  expect(stateOf(definition, "First")).toMatchObject({ Assign: carried });
  expect([stateOf(definition, "Q"), stateOf(definition, "Way")].filter((state) => "Assign" in Object(state))).toEqual(
    [],
  );
});

test("in JSONata the same", () => {
  const definition = compile(
    rows((each) => Chain.of(new Pass("First"), parts(each))),
    { queryLanguage: "JSONata" },
  );
  expect(stateOf(definition, "First")).toMatchObject({
    Assign: { Rows_id: "{% $states.context.Map.Item.Value.id %}" },
  });
  expect(stateOf(definition, "Part")).toMatchObject({ Output: { row: "{% $Rows_id %}" } });
});

test("the itemSelector of an inner Map sees its own item, and the outer one by a variable", () => {
  const select = (each: Iteration<Row>) =>
    parts(each, { itemSelector: ({ item }: Iteration<unknown>) => ({ row: each.item.id, part: item }) });
  const definition = compile(rows((each) => Chain.of(new Pass("First"), select(each))));
  expect(stateOf(definition, "Parts")).toMatchObject({
    ItemSelector: { "row.$": "$Rows_id", "part.$": "$$.Map.Item.Value" },
  });
});

test("an item of a distributed Map is the input of its execution, in an inner Map too", () => {
  const inner = ({ item }: Iteration<Row>) =>
    new MapStep("Parts", { items: item.parts, processor: new Pass("Part", { parameters: { row: item.id } }) });
  const definition = compile(rows(inner, { mode: "DISTRIBUTED" }));
  expect(stateOf(definition, "Part")).toMatchObject({ Parameters: { "row.$": "$$.Execution.Input['id']" } });
});

test("where no state comes before, the message says what to do", () => {
  const message = `of "Rows", whose item "Parts" hides, and no state before "Parts" could carry it; put a Pass there`;
  expect(problems(rows(parts))).toEqual([
    `unreachable_reference row: $$.Map.Item.Value['id'] is ${message}`,
    `unreachable_reference number: $$.Map.Item.Index is ${message}`,
  ]);
});

test("an inner distributed Map sees no variable", () => {
  const definition = rows((each) => Chain.of(new Pass("First"), parts(each, { mode: "DISTRIBUTED" })));
  expect(problems(definition)).toEqual([
    "unreachable_reference row: $$.Map.Item.Value['id'] is not there in a child execution; give it on with itemSelector",
    "unreachable_reference number: $$.Map.Item.Index is not there in a child execution; give it on with itemSelector",
  ]);
});

describe("batches", () => {
  const batched = (processor: (iteration: Iteration<Row>) => AnyChainable, options: object = {}) =>
    new MapStep("Rows", {
      mode: "DISTRIBUTED",
      items: input.rows,
      itemBatcher: { maxItemsPerBatch: 10, batchInput: { uri: "s3://b/" } },
      processor,
      ...options,
    });
  const use = (value: unknown) => new Pass("Use", { parameters: { value } });

  test("are what a child execution begins with", () => {
    const all = ({ batch }: Iteration<Row>) =>
      new MapStep("Each", {
        items: batch.Items,
        processor: ({ item }) => new Pass("Row", { parameters: { id: item.id, rest: batch.BatchInput } }),
      });
    expect(stateOf(compile(batched(all)), "Each")).toMatchObject({
      ItemsPath: "$$.Execution.Input['Items']",
      ItemProcessor: {
        States: {
          Row: { Parameters: { "id.$": "$$.Map.Item.Value['id']", "rest.$": "$$.Execution.Input['BatchInput']" } },
        },
      },
    });
  });

  test("take the place of the item", () => {
    expect(problems(batched(({ item }) => use(item.id)))).toMatchInlineSnapshot(`
      [
        "unreachable_reference value: $$.Map.Item.Value['id'] is one of several: "Rows" gives its children batches; read the function's batch.Items",
      ]
    `);
  });

  test("are there with itemBatcher alone", () => {
    expect(problems(rows(({ batch }) => use(batch.Items)))).toMatchInlineSnapshot(`
      [
        "unreachable_reference value: the batch at ['Items'] is there with itemBatcher alone; "Rows" has none",
      ]
    `);
  });

  test("are not there in a child of a child", () => {
    const inner = ({ batch }: Iteration<Row>) =>
      new MapStep("Inner", { mode: "DISTRIBUTED", items: batch.Items, processor: use(batch.BatchInput) });
    expect(problems(batched(inner))).toMatchInlineSnapshot(`
      [
        "unreachable_reference value: the batch at ['BatchInput'] is not there in a child execution; give it on with itemSelector",
      ]
    `);
  });

  test("have no path of their own", () => {
    let text = "";
    batched(({ batch }) => {
      try {
        toJsonPath(batch.Items);
      } catch (error) {
        text = String(error);
      }
      return use(1);
    });
    expect(text).toContain("the batch of a Map has a path only within a workflow");
  });
});

describe("options of a Map that do not go together, or that there are not", () => {
  const processor = new Pass("P");
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    ["another mode", { mode: "SPREAD" }, ["invalid_map"]],
    ["another type of execution", { mode: "DISTRIBUTED", executionType: "FAST" }, ["invalid_map"]],
    ["a label that is too long", { mode: "DISTRIBUTED", label: "l".repeat(41) }, ["invalid_map"]],
    ["an empty label", { mode: "DISTRIBUTED", label: "" }, ["invalid_map"]],
    ["a type of execution for an inline Map", { executionType: "EXPRESS" }, ["invalid_map"]],
    ["tolerated failures for an inline Map, which AWS takes", { mode: "INLINE", toleratedFailureCount: 1 }, []],
    [
      "an option that a batcher does not have",
      { mode: "DISTRIBUTED", itemBatcher: { maxItemsPerBatch: 1, maxItems: 2 } },
      ["unknown_option"],
    ],
    [
      "an option that a writer does not have",
      { mode: "DISTRIBUTED", resultWriter: { buckets: "b" } },
      ["unknown_option"],
    ],
    ["a label of 40 characters", { mode: "DISTRIBUTED", label: "😀".repeat(40) }, []],
  ];

  test.each(cases)("%s", (_name, options, expected) => {
    const { issues } = tryCompile(new MapStep("Rows", { items: input.rows, processor, ...options } as never));
    expect(issues.map(({ code }) => code)).toEqual(expected);
  });
});
