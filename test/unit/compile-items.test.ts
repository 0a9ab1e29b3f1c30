import { expect, test } from "vitest";
import * as z from "zod";
import { compile, tryCompile } from "../../src/compile/compile.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
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
