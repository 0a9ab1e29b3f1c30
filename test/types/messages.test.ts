import { expect, test } from "vitest";
import { lookAt } from "./editor.js";

/** Misuses that happen, by what is wrong; each is one error. */
const samples: readonly (readonly [name: string, code: string])[] = [
  ["a misspelt key", "input.nmae;"],
  ["a misspelt field of an output", "task.output.totl;"],
  ["a field of a list of an output", "task.output.rows[0].ids;"],
  [
    "a misspelt field of an item",
    'new Map("A", { items: input.rows, processor: ({ item }) => { item.name; return task; } });',
  ],
  [
    "a misspelt field of an error",
    'new Task("A", { resource, catch: { errorEquals: ["X"], next: (error) => { error.Reason; return task; } } });',
  ],
  ["a misspelt context field", "context.execution.nam;"],
  ["a misspelt option", 'new Task("A", { resource, timeoutSecond: 1 });'],
  ["a reference of another type", 'new Wait("A", { seconds: input.name });'],
  ["an output of another type", 'new Task("A", { resource, timeoutSeconds: task.output.rows });'],
  ["a value that may be missing", 'new Fail("A", { cause: input.maybe });'],
  ["a reference in a field of a job", 'new ProcessingStep("A", { processor, code: "a.py", jobName: input.count });'],
  [
    "a reference at depth",
    'new ProcessingStep("A", { processor, code: "a.py", parameters: { ProcessingResources: { ClusterConfig: { InstanceCount: input.name } } } });',
  ],
  ["a reference in a list", 'new ProcessingStep("A", { processor, code: "a.py", arguments: ["--rows", input.rows] });'],
  ["a Map over a number", 'new Map("A", { items: input.count, processor: task });'],
  ["a Map without a processor", 'new Map("A", { items: input.rows });'],
  ["a branch that is none", 'new Parallel("A", { branches: ["B"] });'],
  ["a name for a step", 'Chain.of(task, "B");'],
  ["a step after Succeed", 'new Succeed("A").next(task);'],
  ["a step after Fail in a chain", 'Chain.of(new Fail("A"), task);'],
  ["a catch that leads nowhere", 'new Task("A", { resource, catch: { errorEquals: ["X"], next: "B" } });'],
  ["an operator of another type", 'when(input.count).matches("a*");'],
  ["a comparand of another type", 'when(input.count).greaterThan("3");'],
  ["a reference as comparand", "when(input.name).equals(input.count);"],
  ["a rule of another type", "ChoiceRule.numericEquals(input.name, 3);"],
  ["a reference for a condition", 'new Choice("A").when(input.name, task);'],
  ["a missing argument", "States.mathAdd(input.count);"],
  ["an argument of another type", "States.arrayLength(input.name);"],
  ["too few values of a template", 'States.format("{} {}", input.name);'],
  ["an object in a text", `text\`a \${input.deep}\`;`],
  ["a placeholder for its value", "const name: string = input.name;"],
  ["no schema", 'new Task("A", { resource, outputSchema: { total: "number" } });'],
  [
    "an input that does not fit",
    'new Workflow({ session, role: "r", name: "n", input, definition: task }).execute({ name: "a" });',
  ],
  ["a workflow without a role", 'new Workflow({ session, name: "n", definition: task });'],
];

const most = 250;
const shown = lookAt(samples.map(([, code]) => code));
const first = (index: number): string => shown[index]?.problems[0]?.split("\n")[0] ?? "";

test.each(samples.map(([name], index) => ({ name, index })))("$name is one error", ({ index }) => {
  expect(shown[index]?.problems).toHaveLength(1);
});

test.each(samples.map(([name], index) => ({ name, index })))(
  `$name: one line of at most ${most} characters says it`,
  ({ index }) => {
    expect(first(index)).not.toBe("");
    expect(first(index).length, first(index)).toBeLessThanOrEqual(most);
  },
);

test("what is said", () => {
  expect(samples.map(([name], index) => `${name}: ${first(index)}`)).toMatchInlineSnapshot(`
    [
      "a misspelt key: Property 'nmae' does not exist on type 'Placeholder<{ name: string; count: number; flag: boolean; tags: string[]; rows: { id: string; size: number; }[]; deep: { a: { b: number; }; }; maybe?: string | undefined; }>'.",
      "a misspelt field of an output: Property 'totl' does not exist on type 'Placeholder<{ total: number; rows: { id: string; }[]; }>'. Did you mean 'total'?",
      "a field of a list of an output: Property 'ids' does not exist on type 'Placeholder<{ id: string; }>'.",
      "a misspelt field of an item: Property 'name' does not exist on type 'Placeholder<{ id: string; size: number; }>'.",
      "a misspelt field of an error: Property 'Reason' does not exist on type 'Placeholder<CaughtError>'.",
      "a misspelt context field: Property 'nam' does not exist on type '{ readonly id: Ref<string>; readonly name: Ref<string>; readonly roleArn: Ref<string>; readonly startTime: Ref<string>; readonly redriveCount: Ref<number>; }'. Did you mean 'name'?",
      "a misspelt option: Object literal may only specify known properties, but 'timeoutSecond' does not exist in type 'ShapedOptions<TaskOptions<$ZodUnknown>, unknown, undefined, undefined, undefined, undefined>'. Did you mean to write 'timeoutSeconds'?",
      "a reference of another type: Type 'Ref<string>' is not assignable to type 'Param<number>'.",
      "an output of another type: Type 'Placeholder<{ id: string; }[]>' is not assignable to type 'Param<number>'.",
      "a value that may be missing: Type 'Ref<string | undefined>' is not assignable to type 'Param<string> | undefined'.",
      "a reference in a field of a job: Type 'Ref<number>' is not assignable to type 'Param<string>'.",
      "a reference at depth: Type 'Ref<string>' is not assignable to type 'Overrides<number> | undefined'.",
      "a reference in a list: Type 'Placeholder<{ id: string; size: number; }[]>' is not assignable to type 'Param<string | number | boolean>'.",
      "a Map over a number: Type 'Ref<number>' is not assignable to type 'readonly unknown[] | Ref<readonly unknown[]>'.",
      "a Map without a processor: Argument of type '{ items: Placeholder<{ id: string; size: number; }[]>; }' is not assignable to parameter of type 'MapOptions<{ id: string; size: number; }, AnyChainable, undefined> & Shaped<never[], undefined, undefined, undefined, undefined>'.",
      "a branch that is none: Type 'string' is not assignable to type 'AnyChainable'.",
      "a name for a step: Argument of type 'string' is not assignable to parameter of type 'AnyChainable'.",
      "a step after Succeed: Property 'next' does not exist on type 'Succeed<PassedOn>'.",
      "a step after Fail in a chain: Argument of type '[Fail, Task<{ total: number; rows: { id: string; }[]; }>]' is not assignable to parameter of type '[...Following[], Task<{ total: number; rows: { id: string; }[]; }>]'.",
      "a catch that leads nowhere: Type '{ errorEquals: string[]; next: string; }' is not assignable to type 'OneOrMany<Catch>'.",
      "an operator of another type: Property 'matches' does not exist on type 'NumberTests'.",
      "a comparand of another type: Argument of type 'string' is not assignable to parameter of type 'number | Ref<number>'.",
      "a reference as comparand: Argument of type 'Ref<number>' is not assignable to parameter of type 'string | Ref<string>'.",
      "a rule of another type: Argument of type 'Ref<string>' is not assignable to parameter of type 'Ref<string> & Ref<number>'.",
      "a reference for a condition: Argument of type 'Ref<string>' is not assignable to parameter of type 'Condition | Ref<boolean>'.",
      "a missing argument: Expected 2 arguments, but got 1.",
      "an argument of another type: Argument of type 'Ref<string>' is not assignable to parameter of type 'ListParam'.",
      "too few values of a template: Expected 3 arguments, but got 2.",
      "an object in a text: Argument of type 'Placeholder<{ a: { b: number; }; }>' is not assignable to parameter of type 'Param<string | number | boolean> | DeployedText'.",
      "a placeholder for its value: Type 'Ref<string>' is not assignable to type 'string'.",
      "no schema: Object literal may only specify known properties, and 'total' does not exist in type 'SomeType'.",
      "an input that does not fit: Argument of type '{ name: string; }' is not assignable to parameter of type '{ name: string; count: number; flag: boolean; tags: string[]; rows: { id: string; size: number; }[]; deep: { a: { b: number; }; }; maybe?: string | undefined; }'.",
      "a workflow without a role: Argument of type '{ session: WorkflowSession; name: string; definition: Task<{ total: number; rows: { id: string; }[]; }>; }' is not assignable to parameter of type 'WorkflowOptions<unknown, { total: number; rows: { id: string; }[]; }>'.",
    ]
  `);
});
