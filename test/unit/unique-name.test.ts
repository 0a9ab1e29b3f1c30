import { describe, expect, test } from "vitest";
import { tryCompile } from "../../src/compile/compile.js";
import { States } from "../../src/expression/intrinsics.js";
import { text } from "../../src/expression/text.js";
import type { JsonObject } from "../../src/language/json.js";
import { uniqueName } from "../../src/sagemaker/unique-name.js";
import type { AnyChainable } from "../../src/states/chain.js";
import { Chain } from "../../src/states/chain.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import { Task, type TaskOptions } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";
import { evaluatedName, renderedIn, type Visit } from "./rendered-name.js";
import { job, run } from "./run-definition.js";

const train = (name = "Train", options: Partial<TaskOptions> = {}): Task =>
  new Task(name, { resource: job, parameters: { ProcessingJobName: uniqueName("train") }, ...options } as TaskOptions);

/** The texts of all names in a definition, and what is wrong with it. */
function compiled(
  definition: AnyChainable,
  type?: "EXPRESS",
): { names: readonly string[]; issues: readonly unknown[] } {
  const options = type === undefined ? {} : { type };
  const { definition: machine, issues } = tryCompile(definition, options);
  const names = JSON.stringify(machine).match(/States\.Format\('\w+-.*?(?=")/g) ?? [];
  return {
    names,
    issues: issues.map(({ code, path, message, hint }) => ({ code, path: path.join("."), message, hint })),
  };
}

const visit: Visit = {
  execution: "arn:aws:states:us-east-1:123456789012:execution:flow:run",
  redrives: 0,
  state: "Train",
  entered: "2026-01-01T00:00:00.000Z",
  indices: [],
  retries: 0,
};

describe("the text", () => {
  test("in JSONPath", () => {
    expect(renderedIn(uniqueName("train"), 0, "JSONPath")).toMatchInlineSnapshot(
      `"States.Format('train-{}-{}', States.Hash(States.Format('{} {} {}  {}', $$.Execution.Id, $$.Execution.RedriveCount, $$.State.EnteredTime, $$.State.Name), 'MD5'), $$.State.RetryCount)"`,
    );
  });

  test("in JSONata", () => {
    expect(renderedIn(uniqueName("train"), 0, "JSONata")).toMatchInlineSnapshot(
      `"{% 'train-' & $hash($states.context.Execution.Id & ' ' & $states.context.Execution.RedriveCount & ' ' & $states.context.State.EnteredTime & '  ' & $states.context.State.Name, 'MD5') & '-' & $states.context.State.RetryCount %}"`,
    );
  });

  test("has the index in a Map, and those of both in a Map within a Map", () => {
    expect(renderedIn(uniqueName("train"), 1, "JSONPath")).toContain("'{} {} {} {} {}'");
    expect(renderedIn(uniqueName("train"), 1, "JSONPath")).toContain(
      "$$.State.EnteredTime, $$.Map.Item.Index, $$.State.Name",
    );
    expect(renderedIn(uniqueName("train"), 2, "JSONPath")).toContain("$$.Map.Item.Index, $Map_2_index, $$.State.Name");
  });

  test("has no number of redrives in an Express execution, where there is none", () => {
    const named = new Pass("A", { parameters: { name: uniqueName("a") } });
    const children = (executionType: "EXPRESS" | "STANDARD"): MapStep =>
      new MapStep("Each", { mode: "DISTRIBUTED", executionType, processor: named });
    expect(compiled(named).names[0]).toContain("RedriveCount");
    expect(compiled(named, "EXPRESS").names[0]).not.toContain("RedriveCount");
    expect(compiled(children("STANDARD")).names[0]).toContain("RedriveCount");
    expect(compiled(children("EXPRESS")).names[0]).not.toContain("RedriveCount");
  });

  test("has no number of retries in a state that has none", () => {
    expect(compiled(new Pass("A", { parameters: { name: uniqueName("a") } })).names[0]).toMatch(/, 'MD5'\), 0\)$/);
  });

  test("has the index of the item in the ItemSelector of a Map", () => {
    const map = new MapStep("Each", { itemSelector: { name: uniqueName("a") }, processor: new Pass("A") });
    expect(compiled(map).names[0]).toContain("$$.Map.Item.Index, $$.State.Name");
  });

  test("has no index of a Map around the child execution of a distributed one", () => {
    const inner = new MapStep("Inner", { mode: "DISTRIBUTED", processor: train() });
    const { names, issues } = compiled(new MapStep("Outer", { processor: inner }));
    expect([names.join().includes("Index"), issues]).toEqual([false, []]);
  });

  test("has the index of a Map around a branch", () => {
    const map = new MapStep("Each", { processor: new Parallel("Both", { branches: [train("A"), train("B")] }) });
    expect(compiled(map).names.every((name) => name.includes("$$.Map.Item.Index"))).toBe(true);
  });

  test("may stand in another text", () => {
    const { names, issues } = compiled(new Pass("A", { parameters: { uri: text`s-${uniqueName("a")}/x` } }));
    expect([names.length, issues]).toEqual([1, []]);
  });

  test("counts in the depth of functions within each other", () => {
    let name = uniqueName("a");
    for (let depth = 0; depth < 7; depth++) name = States.base64Encode(name);
    expect(compiled(new Pass("A", { parameters: { name } })).issues).toEqual([]);
    name = States.base64Encode(name);
    expect(compiled(new Pass("A", { parameters: { name } })).issues).toMatchObject([{ code: "nesting_too_deep" }]);
  });
});

describe("the name", () => {
  test("begins with the base and ends with the number of the retry", async () => {
    const name = await evaluatedName(renderedIn(uniqueName("train"), 0, "JSONPath"), { ...visit, retries: 2 });
    expect(name).toMatch(/^train-[0-9a-f]{32}-2$/);
  });

  test("has 63 characters at most, with a base of 24", async () => {
    const text = renderedIn(uniqueName("x".repeat(99)), 0, "JSONPath");
    const name = await evaluatedName(text, { ...visit, retries: 99_999 });
    expect([name.length, name.slice(0, 25)]).toEqual([63, `${"x".repeat(24)}-`]);
  });

  test.each([
    [48, /^xxxxxxxxx-[0-9a-f]{32}-0$/],
    [47, /^x{30}-[0-9a-f]{16}$/],
    [32, /^x{15}-[0-9a-f]{16}$/],
  ])("of at most %i characters", async (maxLength, expected) => {
    for (const language of ["JSONPath", "JSONata"] as const) {
      const text = renderedIn(uniqueName("x".repeat(99), { maxLength }), 0, language);
      expect(await evaluatedName(text, visit)).toMatch(expected);
    }
  });

  test("of fewer than 48 characters is random", async () => {
    const text = renderedIn(uniqueName("x", { maxLength: 32 }), 0, "JSONPath");
    expect(await evaluatedName(text, visit, "a")).not.toBe(await evaluatedName(text, visit, "b"));
  });

  test("begins with `job` where nothing is left of the base", async () => {
    expect(await evaluatedName(renderedIn(uniqueName("___"), 0, "JSONPath"), visit)).toMatch(/^job-/);
  });
});

describe("while a machine runs", () => {
  const answer = (endEvent: string) => ({
    state: "Train",
    endEvent,
    ...(endEvent === "TaskSucceeded" ? { output: {} } : { error: "E" }),
  });
  const namesOf = (definition: AnyChainable, answers: readonly string[]): readonly string[] => {
    const { definition: machine } = tryCompile(definition);
    const ran = run(machine as unknown as JsonObject, {}, answers.map(answer));
    return ran.events.flatMap((event) => {
      const details = event["taskScheduledEventDetails"] as { readonly parameters: string } | undefined;
      return details === undefined
        ? []
        : [(JSON.parse(details.parameters) as { ProcessingJobName: string }).ProcessingJobName];
    });
  };

  test("a retry has the name of its visit with another number", () => {
    const step = train("Train", { retry: { errorEquals: ["States.ALL"] } });
    const names = namesOf(step, ["TaskFailed", "TaskFailed", "TaskSucceeded"]);
    expect(names.map((name) => name.slice(-2))).toEqual(["-0", "-1", "-2"]);
    expect(new Set(names.map((name) => name.slice(0, -2))).size).toBe(1);
  });

  test("a second visit has another name", () => {
    const again: Task = train("Train", { catch: { errorEquals: ["States.ALL"], next: () => wait } });
    const wait: AnyChainable = Chain.of(new Wait("Wait", { seconds: 1 }), again);
    const names = namesOf(again, ["TaskFailed", "TaskSucceeded"]);
    expect(new Set(names).size).toBe(2);
  });
});

describe("is refused", () => {
  test("in a Map that is the first state of another Map: nothing could carry the index", () => {
    const map = new MapStep("Outer", { processor: new MapStep("Inner", { processor: train() }) });
    expect(compiled(map).issues).toMatchInlineSnapshot(`
      [
        {
          "code": "unreachable_reference",
          "hint": "a unique name has the index of each Map around it: put a Pass before the inner Map, or give a name",
          "message": "$$.Map.Item.Index is of "Outer", whose item "Inner" hides, and no state before "Inner" could carry it; put a Pass there",
          "path": "States.Outer.ItemProcessor.States.Inner.ItemProcessor.States.Train.Parameters.ProcessingJobName",
        },
      ]
    `);
  });

  test.each<readonly [string, () => unknown, string]>([
    ["a base that is no text", () => uniqueName(3 as never), "uniqueName() takes a text, got 3"],
    ["a placeholder as base", () => uniqueName(States.uuid() as never), "uniqueName() takes a text, got a placeholder"],
    [
      "fewer than 32 characters",
      () => uniqueName("a", { maxLength: 31 }),
      "maxLength: expected a whole number of 32 or more, got 31",
    ],
    [
      "a length that is a text",
      () => uniqueName("a", { maxLength: "63" as never }),
      'maxLength: expected a whole number of 32 or more, got "63"',
    ],
    [
      "an unknown option",
      () => uniqueName("a", { max: 3 } as never),
      'uniqueName() takes { maxLength }, got {"max":3}',
    ],
    ["options that are none", () => uniqueName("a", null as never), "uniqueName() takes { maxLength }, got null"],
  ])("%s", (_, make, message) => {
    const step = new Pass("A", { parameters: { name: make() } });
    expect(compiled(step).issues).toMatchObject([
      { code: "invalid_argument", path: "States.A.Parameters.name", message },
    ]);
  });
});
