import { describe, expect, test } from "vitest";
import type { State, StateMachineDefinition } from "../../src/language/asl.js";
import { graphOf } from "../../src/picture/graph.js";
import { GraphPicture } from "../../src/picture/graph-picture.js";
import { progressOf } from "../../src/picture/graph-progress.js";

const lambda = (name: string, rest: object): State =>
  ({ Type: "Task", Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}`, ...rest }) as State;

const machine = {
  StartAt: "Prepare",
  States: {
    Prepare: {
      Type: "Task",
      Resource: "arn:aws:states:::sagemaker:createProcessingJob.sync",
      Catch: [{ ErrorEquals: ["States.Timeout", "Busy"], Next: "Give up" }],
      Next: "Enough",
    },
    Enough: {
      Type: "Choice",
      Choices: [
        {
          And: [
            { Variable: "$.rows", NumericGreaterThanEqualsPath: "$.least" },
            { Not: { Variable: "$.kind", StringEquals: "small" } },
          ],
          Next: "Both",
        },
        { Variable: "$.ready", IsPresent: false, Next: "Pause" },
      ],
      Default: "Give up",
    },
    Pause: { Type: "Wait", Seconds: 30, Next: "Prepare" },
    Both: {
      Type: "Parallel",
      Next: "Done",
      Branches: [
        {
          StartAt: "Train",
          States: {
            Train: lambda("train", { Next: "Each" }),
            Each: {
              Type: "Map",
              End: true,
              ItemProcessor: {
                StartAt: "One",
                States: { One: { Type: "Pass", Next: "Two" }, Two: lambda("two", { End: true }) },
              },
            },
          },
        },
        { StartAt: "Tell", States: { Tell: { Type: "Task", Resource: "arn:aws:states:::sns:publish", End: true } } },
      ],
    },
    "Give up": { Type: "Fail", Error: "TooFew" },
    Done: { Type: "Succeed" },
    Lost: { Type: "Pass", Next: "Done" },
  },
} as unknown as StateMachineDefinition;

const head = { title: "count", href: undefined };

describe("a picture of a machine", () => {
  test("is a text for a terminal", () => {
    expect(new GraphPicture(machine, head, {}).toText()).toMatchInlineSnapshot(`
      "count
      Prepare  Task  sagemaker:createProcessingJob.sync
          catch States.Timeout, Busy → Give up
      Enough  Choice
          $.rows ≥ $.least and not ($.kind = "small") → Both
          $.ready is not present → Pause
          otherwise → Give up
      Both  Parallel
      ┌ branch 1
      │ Train  Task  lambda train
      │ Each  Map
      │ ┌ each item
      │ │ One  Pass
      │ │ Two  Task  lambda two
      │ └
      └
      ┌ branch 2
      │ Tell  Task  sns:publish
      └
      Done  Succeed
      Pause  Wait  30 s
          ↩ Prepare
      Give up  Fail  TooFew
      Lost  Pass
          ↩ Done
      "
    `);
  });

  test("is a flowchart of Mermaid, whose names are labels alone", () => {
    const definition = {
      StartAt: 'A"]; end',
      States: {
        'A"]; end': { Type: "Map", End: true, Iterator: { StartAt: "B", States: { B: { Type: "Pass", Next: "B" } } } },
      },
    } as unknown as StateMachineDefinition;
    expect(new GraphPicture(definition, head, { portrait: true }).toMermaid()).toMatchInlineSnapshot(`
      "flowchart TB
        subgraph s0["A#34;#93;#59; end<br/>Map"]
          subgraph b0["each item"]
            s1["B<br/>Pass"]
          end
        end
        s1 --> s1
      "
    `);
  });

  test("gives Mermaid nothing that it takes for Markdown", () => {
    const states = { "1. Prepare": { Type: "Pass", Next: "- _b_" }, "- _b_": { Type: "Succeed" } };
    const definition = { StartAt: "1. Prepare", States: states } as unknown as StateMachineDefinition;
    const text = new GraphPicture(definition, { title: "t", href: undefined }, {}).toMermaid();
    expect(text).toContain('s0["1#46; Prepare<br/>Pass"]');
    expect(text).toContain('s1["#45; #95;b#95;<br/>Succeed"]');
  });

  test("shows a JSONata condition and a state that leads nowhere", () => {
    const definition = {
      StartAt: "A",
      States: { A: { Type: "Choice", Choices: [{ Condition: "{% $x > 3 %}", Next: "Nowhere" }] } },
    } as unknown as StateMachineDefinition;
    const picture = new GraphPicture(definition, head, {});
    expect(picture.toText()).toBe("count\nA  Choice\n    $x > 3 → Nowhere\n");
    expect(picture.toMermaid()).toBe('flowchart LR\n  s0["A<br/>Choice"]\n');
  });

  test.each([
    ["a catch of nothing", { Type: "Pass", Catch: [{ Next: "B" }] }, "    catch → B"],
    ["a resource that is a number", { Type: "Task", Resource: 5 }, "A  Task  5"],
    ["an error that is a number", { Type: "Fail", Error: 5 }, "A  Fail  5"],
    ["a branch that is none", { Type: "Parallel", Branches: [null] }, "A  Parallel"],
    ["a processor of nothing", { Type: "Map", ItemProcessor: {} }, "┌ each item"],
    ["a state that is none", null, "B  Succeed"],
    ["a way to what is no name", { Type: "Pass", Next: {} }, "A  Pass"],
    [
      "a variable that is an object",
      { Type: "Choice", Choices: [{ Variable: {}, IsNull: true, Next: "B" }] },
      "    {} is null → B",
    ],
  ])("draws %s as far as it can be", (_, state, line) => {
    const broken = { StartAt: "A", States: { A: state, B: { Type: "Succeed" } } } as unknown as StateMachineDefinition;
    const text = new GraphPicture(broken, { title: "t", href: undefined }, {}).toText();
    expect(text.split("\n").slice(1)).toContain(line);
  });

  test("has no bound for the depth or the length of a machine", () => {
    let scope: object = { StartAt: "s0", States: { s0: { Type: "Pass", End: true } } };
    for (let level = 1; level <= 5000; level++) {
      const name = `s${level}`;
      scope = { StartAt: name, States: { [name]: { Type: "Parallel", Branches: [scope], End: true } } };
    }
    const deep = new GraphPicture(scope as StateMachineDefinition, head, {});
    expect(deep.toHtml().match(/branch 1/g)).toHaveLength(5000);
    expect(deep.toText().length + deep.toMermaid().length).toBeLessThan(3_000_000);
    const names = Array.from({ length: 20_000 }, (_, index) => `s${index}`);
    const States = Object.fromEntries(names.map((name, index) => [name, { Type: "Pass", Next: `s${index + 1}` }]));
    const long = { StartAt: "s0", States } as unknown as StateMachineDefinition;
    expect(new GraphPicture(long, head, {}).toText().split("\n")).toHaveLength(20_003);
  });

  test("has a legend and a link where it shows an execution of AWS", () => {
    const linked = { title: "run: RUNNING", href: "https://console.aws.amazon.com/x?a=1&b=2" };
    const html = new GraphPicture(machine, linked, { portrait: true }, []).toHtml();
    expect(html).toContain('href="https://console.aws.amazon.com/x?a=1&amp;b=2">Inspect in AWS Step Functions</a>');
    expect(html).toContain("✖ failed");
    expect(html).not.toMatch(/<script|\bid=|src=|@import|url\(/);
    expect(new GraphPicture(machine, head, {}).toHtml()).not.toContain('sfn-ds-legend"');
  });
});

describe("how far the states have come", () => {
  type Event = readonly [id: number, previous: number, type: string, name?: string];
  const eventOf = ([id, previousEventId, type, name]: Event): object => ({
    id,
    previousEventId,
    type,
    ...(type.endsWith("Entered") ? { stateEnteredEventDetails: { name } } : {}),
    ...(type.endsWith("Exited") ? { stateExitedEventDetails: { name } } : {}),
  });
  const progress = (events: readonly Event[]): Readonly<Record<string, string>> =>
    Object.fromEntries(
      [...progressOf(graphOf(machine), events.map(eventOf) as never)].map(([name, { status, times }]) => [
        name,
        times === 1 ? status : `${status} ×${times}`,
      ]),
    );
  const begin: readonly Event[] = [
    [1, 0, "ExecutionStarted"],
    [2, 0, "TaskStateEntered", "Prepare"],
    [3, 2, "TaskScheduled"],
  ];
  const inside: readonly Event[] = [
    [8, 0, "ParallelStateEntered", "Both"],
    [9, 8, "ParallelStateStarted"],
    [10, 9, "TaskStateEntered", "Train"],
    [11, 9, "TaskStateEntered", "Tell"],
    [12, 10, "TaskStateExited", "Train"],
    [13, 12, "MapStateEntered", "Each"],
    [14, 13, "MapIterationStarted"],
    [15, 14, "PassStateEntered", "One"],
    [16, 15, "PassStateExited", "One"],
    [17, 16, "TaskStateEntered", "Two"],
  ];

  test.each<{ name: string; events: readonly Event[]; expected: Readonly<Record<string, string>> }>([
    { name: "a task runs", events: begin, expected: { Prepare: "running" } },
    {
      name: "a try has failed, and the next one runs",
      events: [...begin, [4, 3, "TaskFailed"]],
      expected: { Prepare: "running" },
    },
    {
      name: "a retry helped",
      events: [
        ...begin,
        [4, 3, "TaskFailed"],
        [5, 4, "TaskScheduled"],
        [6, 5, "TaskSucceeded"],
        [7, 6, "TaskStateExited", "Prepare"],
      ],
      expected: { Prepare: "succeeded" },
    },
    {
      name: "an error was caught",
      events: [
        ...begin,
        [4, 3, "TaskTimedOut"],
        [5, 4, "TaskStateExited", "Prepare"],
        [6, 5, "FailStateEntered", "Give up"],
        [7, 6, "ExecutionFailed"],
      ],
      expected: { Prepare: "caught", "Give up": "failed" },
    },
    { name: "it was stopped", events: [...begin, [4, 3, "ExecutionAborted"]], expected: { Prepare: "cancelled" } },
    { name: "its time was up", events: [...begin, [4, 3, "ExecutionTimedOut"]], expected: { Prepare: "cancelled" } },
    {
      name: "a state failed without an event of its own",
      events: [
        [1, 0, "ExecutionStarted"],
        [2, 0, "ChoiceStateEntered", "Enough"],
        [3, 2, "ExecutionFailed"],
      ],
      expected: { Enough: "failed" },
    },
    {
      name: "it was begun again",
      events: [
        ...begin,
        [4, 3, "TaskFailed"],
        [5, 4, "ExecutionFailed"],
        [6, 5, "ExecutionRedriven"],
        [7, 4, "TaskScheduled"],
      ],
      expected: { Prepare: "running" },
    },
    {
      name: "branches run",
      events: inside,
      expected: {
        Both: "running",
        Train: "succeeded",
        Each: "running",
        One: "succeeded",
        Two: "running",
        Tell: "running",
      },
    },
    {
      name: "what is inside of a Parallel fails, all around it fails, and the other branch is cancelled",
      events: [...inside, [18, 17, "LambdaFunctionFailed"], [19, 18, "ExecutionFailed"]],
      expected: {
        Both: "failed",
        Train: "succeeded",
        Each: "failed",
        One: "succeeded",
        Two: "failed",
        Tell: "cancelled",
      },
    },
    {
      name: "a Parallel catches",
      events: [
        ...inside,
        [18, 17, "LambdaFunctionFailed"],
        [19, 18, "ParallelStateFailed"],
        [20, 19, "ParallelStateExited", "Both"],
        [21, 20, "SucceedStateEntered", "Done"],
      ],
      expected: {
        Both: "caught",
        Train: "succeeded",
        Each: "failed",
        One: "succeeded",
        Two: "failed",
        Tell: "cancelled",
        Done: "running",
      },
    },
    {
      name: "a Map goes through its items",
      events: [
        ...inside,
        [18, 17, "TaskStateExited", "Two"],
        [19, 14, "MapIterationSucceeded"],
        [20, 13, "MapIterationStarted"],
        [21, 20, "PassStateEntered", "One"],
      ],
      expected: {
        Both: "running",
        Train: "succeeded",
        Each: "running",
        One: "running ×2",
        Two: "succeeded",
        Tell: "running",
      },
    },
  ])("$name", ({ events, expected }) => {
    expect(progress(events)).toEqual(expected);
  });
});
