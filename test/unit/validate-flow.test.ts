import { expect, test } from "vitest";
import { checkMachine } from "../../src/validate/check-machine.js";
import type { Members } from "../../src/validate/check-object.js";
import { Checker } from "../../src/validate/checker.js";
import { Findings } from "../../src/validate/findings.js";
import { checkDataFlow } from "../../src/validate/flow/check-flow.js";
import { pointerOf } from "../../src/validate/place.js";
import { validate } from "../../src/validate/validate.js";
import { growth, mostGrowth } from "./growth.js";

type States = Readonly<Record<string, unknown>>;

/** What is said about a definition: code, place and message in a line each. */
function said(definition: unknown): readonly string[] {
  const findings = new Findings();
  const graphs = checkMachine(definition as Members, new Checker(new Findings(), "STANDARD", false));
  checkDataFlow(definition as Members, graphs, findings, "STANDARD");
  return findings.all
    .filter(({ code }) => code === code.toLowerCase())
    .map(({ code, place, message }) => `${code} ${pointerOf(place)}: ${message}`);
}

/** A machine of states, the first of which begins. */
function machine(states: States, more: States = {}): unknown {
  return { StartAt: Object.keys(states)[0], States: states, ...more };
}

const task = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke" };
const end = { Type: "Succeed" };
/** Reads a path of the data. */
const reads = (path: string) => ({ Type: "Pass", Parameters: { "x.$": path }, End: true });

const cases: readonly { readonly name: string; readonly definition: unknown; readonly says: readonly string[] }[] = [
  {
    name: "what flows in at the start is not known",
    definition: machine({ A: { ...task, Next: "B" }, B: reads("$.a.b[3]") }),
    says: [],
  },
  {
    name: "Parameters of a Pass leave their members alone",
    definition: machine({
      A: { Type: "Pass", Parameters: { a: 1, "b.$": "$.b" }, Next: "W" },
      W: { Type: "Wait", Seconds: 1, Next: "B" },
      B: reads("$.c"),
    }),
    says: [
      'path_without_value /States/B/Parameters/x.$: expected a value at $.c, but Parameters of "A" leaves only a, b; between the two: "W"',
    ],
  },
  {
    name: "what an unknown member has is not known",
    definition: machine({ A: { Type: "Pass", Parameters: { "b.$": "$.b" }, Next: "B" }, B: reads("$.b.c.d") }),
    says: [],
  },
  {
    name: "OutputPath removes what is around it",
    definition: machine({
      A: { Type: "Pass", Result: { a: { b: 1 }, c: 2 }, Next: "B" },
      B: { ...task, ResultPath: null, OutputPath: "$.a", Next: "C" },
      C: reads("$.c"),
    }),
    says: ['path_without_value /States/C/Parameters/x.$: expected a value at $.c, but OutputPath of "B" leaves only b'],
  },
  {
    name: "OutputPath null leaves nothing",
    definition: machine({ A: { ...task, OutputPath: null, Next: "B" }, B: reads("$.c") }),
    says: [
      'path_without_value /States/B/Parameters/x.$: expected a value at $.c, but OutputPath of "A" leaves nothing',
    ],
  },
  {
    name: "ResultPath adds to what came in",
    definition: machine({
      A: { Type: "Pass", Result: { a: 1 }, Next: "B" },
      B: { ...task, ResultPath: "$.r.s", Next: "C" },
      C: { Type: "Pass", Parameters: { "a.$": "$.a", "r.$": "$.r.s.t", "q.$": "$.r.q" }, End: true },
    }),
    says: [
      'path_without_value /States/C/Parameters/q.$: expected a value at $.r.q, but ResultPath of "B" leaves only s',
    ],
  },
  {
    name: "ResultSelector makes the result; a call in it reads the result",
    definition: machine({
      A: { ...task, ResultSelector: { "n.$": "$.Payload.n" }, ResultPath: "$.a", Next: "B" },
      B: { Type: "Pass", Parameters: { "x.$": "States.Format('{}', $.a.m)" }, End: true },
    }),
    says: [
      'path_without_value /States/B/Parameters/x.$: expected a value at $.a.m, but ResultSelector of "A" leaves only n',
    ],
  },
  {
    name: "a catcher without ResultPath leaves the error alone",
    definition: machine({
      A: { ...task, Catch: [{ ErrorEquals: ["States.ALL"], Next: "H" }], Next: "E" },
      H: reads("$.id"),
      E: end,
    }),
    says: [
      'path_without_value /States/H/Parameters/x.$: expected a value at $.id, but Catch[0] of "A" leaves only Error, Cause',
    ],
  },
  {
    name: "a catcher with ResultPath keeps the data",
    definition: machine({
      A: { ...task, Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.e", Next: "H" }], Next: "E" },
      H: { Type: "Pass", Parameters: { "a.$": "$.id", "b.$": "$.e.Cause", "c.$": "$.e.Message" }, End: true },
      E: end,
    }),
    says: [
      'path_without_value /States/H/Parameters/c.$: expected a value at $.e.Message, but Catch[0] of "A" leaves only Error, Cause',
    ],
  },
  {
    name: "a value that is missing on one way is told apart",
    definition: machine({
      C: { Type: "Choice", Choices: [{ Variable: "$.n", NumericEquals: 1, Next: "A" }], Default: "B" },
      A: { Type: "Pass", Result: { x: 1, y: 1 }, Next: "D" },
      B: { Type: "Pass", Result: { x: 1 }, Next: "D" },
      D: { Type: "Pass", InputPath: "$.y", End: true },
    }),
    says: [
      'path_sometimes_without_value /States/D/InputPath: expected a value at $.y on every way, but Result of "B" leaves it out',
    ],
  },
  {
    name: "IsPresent guards what is behind it, also within And, Or and Not",
    definition: machine({
      C: { Type: "Choice", Choices: [{ Variable: "$.n", NumericEquals: 1, Next: "A" }], Default: "B" },
      A: { Type: "Pass", Result: { x: 1, y: 1 }, Next: "D" },
      B: { Type: "Pass", Result: { x: 1 }, Next: "D" },
      D: {
        Type: "Choice",
        Choices: [
          {
            And: [
              { Variable: "$.y", IsPresent: true },
              { Variable: "$.y", NumericEquals: 1 },
            ],
            Next: "R",
          },
          {
            Or: [{ Not: { Variable: "$.y", IsPresent: true } }, { Variable: "$.y", NumericEquals: 2 }],
            Next: "E",
          },
        ],
        Default: "R",
      },
      R: reads("$.y"),
      E: end,
    }),
    says: [],
  },
  {
    name: "the Variable of another test must be there",
    definition: machine({
      A: { Type: "Pass", Result: { x: 1 }, Next: "D" },
      D: { Type: "Choice", Choices: [{ Variable: "$.y", NumericEquals: 1, Next: "E" }], Default: "E" },
      E: end,
    }),
    says: ['path_without_value /States/D/Choices/0/Variable: expected a value at $.y, but Result of "A" leaves only x'],
  },
  {
    name: "a loop may bring what the first round lacks",
    definition: machine({
      A: { Type: "Pass", Result: { n: 0 }, Next: "L" },
      L: { Type: "Choice", Choices: [{ Variable: "$.done", IsPresent: true, Next: "R" }], Default: "W" },
      W: { ...task, ResultPath: "$.done", Next: "L" },
      R: reads("$.done"),
    }),
    says: [],
  },
  {
    name: "a list of branches has as many items as branches; a constant has no members",
    definition: machine({
      P: { Type: "Parallel", Branches: [machine({ X: end }), machine({ Y: end })], Next: "A" },
      A: { Type: "Pass", Parameters: { "a.$": "$[1].z", "b.$": "$[2]" }, Next: "B" },
      B: { Type: "Pass", Result: { s: "text" }, Next: "C" },
      C: reads("$.s.t"),
    }),
    says: [
      'path_without_value /States/A/Parameters/b.$: expected a value at $[2], but Branches of "P" gives 2 items, so there is no [2]',
      'path_without_value /States/C/Parameters/x.$: expected a value at $.s.t, but Result of "B" gives a value without members there',
    ],
  },
  {
    name: "an iteration sees what ItemSelector makes, a branch what Parameters make",
    definition: machine({
      M: {
        Type: "Map",
        ItemSelector: { "v.$": "$$.Map.Item.Value" },
        ItemProcessor: machine({ I: reads("$.w") }),
        Next: "P",
      },
      P: { Type: "Parallel", Parameters: { a: 1 }, Branches: [machine({ J: reads("$.b") })], End: true },
    }),
    says: [
      'path_without_value /States/M/ItemProcessor/States/I/Parameters/x.$: expected a value at $.w, but ItemSelector of "M" leaves only v',
      'path_without_value /States/P/Branches/0/States/J/Parameters/x.$: expected a value at $.b, but Parameters of "P" leaves only a',
    ],
  },
  {
    name: "in JSONata only a path that is all of an expression must lead to something",
    definition: machine(
      {
        A: { Type: "Pass", Output: { a: "{% $states.input.z %}" }, Next: "B" },
        B: {
          Type: "Pass",
          Output: {
            x: "{% $states.input.b %}",
            y: "{% $exists($states.input.b) ? 1 : 2 %}",
            z: "{% $states.input.a.c %}",
          },
          End: true,
        },
      },
      { QueryLanguage: "JSONata" },
    ),
    says: [
      'path_without_value /States/B/Output/x: expected a value at $states.input.b, but Output of "A" leaves only a',
    ],
  },
  {
    name: "a variable that nothing sets",
    definition: machine({
      A: { Type: "Pass", Parameters: { "x.$": "$v.y", "z.$": "States.Format('{}', $w)" }, End: true },
    }),
    says: [
      "unset_variable /States/A/Parameters/x.$: expected a variable that is set before, got $v",
      "unset_variable /States/A/Parameters/z.$: expected a variable that is set before, got $w",
    ],
  },
  {
    name: "a variable that one way does not set, with the way; a state's own Assign comes too late",
    definition: machine({
      A: {
        Type: "Choice",
        Choices: [{ Variable: "$.n", NumericEquals: 1, Assign: { v: 1 }, Next: "B" }],
        Default: "C",
        Assign: { u: 1 },
      },
      B: { Type: "Pass", Assign: { u: 2 }, Next: "D" },
      C: { ...task, Assign: { "w.$": "$w" }, Next: "D" },
      D: { Type: "Pass", Parameters: { "v.$": "$v", "u.$": "$u" }, End: true },
    }),
    says: [
      'unset_variable /States/C/Assign/w.$: expected $w to be set on every way that leads here; it is not on the way "A"',
      'unset_variable /States/D/Parameters/v.$: expected $v to be set on every way that leads here; it is not on the way "A", "C"',
    ],
  },
  {
    name: "a catcher's way has the catcher's Assign alone",
    definition: machine({
      A: {
        ...task,
        Assign: { v: 1 },
        Catch: [{ ErrorEquals: ["States.ALL"], Assign: { e: 1 }, Next: "H" }],
        Next: "E",
      },
      H: { Type: "Pass", Parameters: { "e.$": "$e", "v.$": "$v" }, End: true },
      E: { Type: "Pass", Parameters: { "v.$": "$v" }, End: true },
    }),
    says: [
      'unset_variable /States/H/Parameters/v.$: expected $v to be set on every way that leads here; it is not on the way "A"',
    ],
  },
  {
    name: "states within see variables of outer states; those of a distributed Map see none",
    definition: machine({
      A: { Type: "Pass", Assign: { v: 1 }, Next: "M" },
      M: { Type: "Map", ItemProcessor: machine({ I: reads("$v") }), Next: "D" },
      D: {
        Type: "Map",
        ItemProcessor: machine({ J: reads("$v") }, { ProcessorConfig: { Mode: "DISTRIBUTED" } }),
        End: true,
      },
    }),
    says: [
      "unset_variable /States/D/ItemProcessor/States/J/Parameters/x.$: expected a variable that is set before, got $v",
    ],
  },
  {
    name: "JSONata binds names of its own, hands functions on, and asks with $exists",
    definition: machine(
      {
        A: {
          Type: "Pass",
          Output:
            "{% ($a := 1; $map([$a], function($x) { $x + $b }) ~> $map($string)) & '$c' & ($exists($d) ? 1 : 2) %}",
          End: true,
        },
      },
      { QueryLanguage: "JSONata" },
    ),
    says: ["unset_variable /States/A/Output: expected a variable that is set before, got $b"],
  },
  {
    name: "a callback without its token",
    definition: machine({
      A: {
        ...task,
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Parameters: { MessageBody: "x" },
        Next: "B",
      },
      B: {
        ...task,
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Parameters: { MessageBody: { "t.$": "States.Format('{}', $$.Task.Token)" } },
        Next: "C",
      },
      C: {
        ...task,
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Parameters: { "MessageBody.$": "$$" },
        Next: "D",
      },
      D: {
        ...task,
        QueryLanguage: "JSONata",
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Arguments: { MessageBody: "{% $states.context.Task.Token %}" },
        End: true,
      },
    }),
    says: [
      "missing_task_token /States/A/Parameters: expected $$.Task.Token in Parameters, as the task waits for an answer that names it",
    ],
  },
  {
    name: "a job of a service that ends none by itself",
    definition: machine({
      A: { Type: "Task", Resource: "arn:aws:states:::ecs:runTask.sync", Parameters: {}, Next: "B" },
      B: { Type: "Task", Resource: "arn:aws:states:::ecs:runTask.sync", TimeoutSeconds: 60, Parameters: {}, Next: "C" },
      C: { Type: "Task", Resource: "arn:aws:states:::batch:submitJob.sync", Parameters: { Timeout: {} }, Next: "D" },
      D: { Type: "Task", Resource: "arn:aws:states:::glue:startJobRun.sync", Parameters: {}, End: true },
    }),
    says: [
      "job_without_timeout /States/A: expected TimeoutSeconds: the service sets no bound to the job, and AWS waits for it up to a year",
    ],
  },
  {
    name: "the machine's own bound is enough",
    definition: machine(
      { A: { Type: "Task", Resource: "arn:aws:states:::ecs:runTask.sync", Parameters: {}, End: true } },
      { TimeoutSeconds: 60 },
    ),
    says: [],
  },
  {
    name: "retries in vain",
    definition: machine({
      A: { ...task, Retry: [{ ErrorEquals: ["X", "States.Runtime"] }, { ErrorEquals: ["States.ALL"] }], Next: "B" },
      B: {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
        Parameters: { TrainingJobName: "job" },
        Retry: [{ ErrorEquals: ["SageMaker.ThrottlingException"] }, { ErrorEquals: ["States.TaskFailed"] }],
        Next: "C",
      },
      C: {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
        Parameters: { "TrainingJobName.$": "States.Format('j-{}', States.UUID())" },
        Retry: [{ ErrorEquals: ["States.ALL"] }],
        End: true,
      },
    }),
    says: [
      "retry_cannot_succeed /States/A/Retry/0/ErrorEquals/1: expected errors that another try may mend: States.Runtime has no effect here",
      'retry_cannot_succeed /States/B/Retry/1: expected another TrainingJobName at each try, got "job", which is taken by then',
    ],
  },
  {
    name: "a polling loop that meets the limit of the history within hours",
    definition: machine({
      W: { Type: "Wait", Seconds: 5, Next: "A" },
      A: { ...task, Next: "C" },
      C: { Type: "Choice", Choices: [{ Variable: "$.s", StringEquals: "DONE", Next: "E" }], Default: "W" },
      E: end,
    }),
    says: [
      'long_loop /States/W: expected a loop that ends before event 25000, which is the last: a round of "W" adds 9 events, so it comes after 2777 rounds, 3.9 hours',
    ],
  },
  {
    name: "a loop that counts, that waits for long, or whose machine ends before, has a bound",
    definition: machine({
      W: { Type: "Wait", Seconds: 5, Next: "C" },
      C: { Type: "Choice", Choices: [{ Variable: "$.n", NumericLessThan: 9, Next: "W" }], Default: "X" },
      X: { Type: "Wait", Seconds: 600, Next: "D" },
      D: { Type: "Choice", Choices: [{ Variable: "$.s", StringEquals: "DONE", Next: "E" }], Default: "X" },
      E: end,
    }),
    says: [],
  },
  {
    name: "a constant that no payload can hold",
    definition: machine({ A: { Type: "Pass", Result: { a: "x".repeat(262_144) }, End: true } }),
    says: ["large_payload /States/A/Result: expected at most 262144 bytes, got at least 262151"],
  },
];

test.each(cases)("$name", ({ definition, says }) => {
  expect(said(definition)).toEqual(says);
});

const odd: readonly unknown[] = [
  null,
  7,
  "text",
  [],
  {},
  { States: null },
  { StartAt: "A", States: [] },
  { StartAt: "A", States: { A: null, B: [], C: 5 } },
  JSON.parse(
    '{"StartAt":"__proto__","States":{"__proto__":{"Type":"Pass","Parameters":{"__proto__":{"a.$":"$.b"}},"Next":"__proto__"}}}',
  ),
  machine({
    A: {
      Type: "Map",
      ItemProcessor: [],
      Iterator: 5,
      Branches: [null, {}],
      Retry: [null, { ErrorEquals: [null] }],
      Assign: 4,
    },
  }),
  machine({
    A: { Type: "Choice", Choices: [null, { And: [null] }, { Not: 5, Next: "A" }, { Or: {}, Next: "A" }], Default: 3 },
  }),
  machine({
    A: { Type: "Task", Resource: 5, InputPath: 5, OutputPath: [], ResultPath: {}, Parameters: null, Catch: [null, {}] },
  }),
];

test.each(odd)("what has errors is not followed: %#", (definition) => {
  expect(validate(definition).filter(({ severity }) => severity === "warning")).toEqual([]);
});

test("100,000 states, levels of a template or a condition, and objects within themselves are looked at in time", () => {
  const count = 100_000;
  const chain = (state: (index: number) => object) =>
    machine(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`S${index}`, { ...state(index), Next: `S${index + 1}` }]),
      ),
    );
  let deep: unknown = 1;
  let not: object = {};
  for (let level = 0; level < count; level++) {
    deep = { a: deep };
    not = { Not: not };
  }
  let twice: unknown = { "x.$": "$.x" };
  for (let level = 0; level < 60; level++) twice = { a: twice, b: [twice] };
  const within: Record<string, unknown> = { Type: "Map", End: true };
  const itself = machine({ A: within });
  Object.assign(within, { ItemProcessor: itself, Parameters: within, Retry: [within] });
  const hostile = [
    chain((index) => ({ Type: "Pass", Parameters: { "a.$": "$" }, ResultPath: `$.r${index}` })),
    chain((index) => ({ Type: "Pass", Parameters: { "a.$": `$v${index}` }, Assign: { [`v${index}`]: 1 } })),
    chain((index) => ({
      Type: "Choice",
      Choices: [{ Variable: "$.a", IsPresent: true, Next: `S${Math.max(0, index - 1)}` }],
    })),
    machine({ A: { Type: "Pass", Result: deep, Parameters: deep, Assign: deep, Next: "B" }, B: reads("$.a.a.b") }),
    machine({ A: { Type: "Choice", Choices: [{ ...not, Next: "A" }] } }),
    machine({ A: { Type: "Pass", Parameters: twice, Assign: twice, Next: "B" }, B: { Type: "Pass", Result: twice } }),
    itself,
  ];
  for (const definition of hostile) expect(Array.isArray(validate(definition))).toBe(true);
});

test("8,000 loops through one Choice of 8,000 rules take time that grows as they do", () => {
  const loops = (count: number): ReturnType<typeof machine> => {
    const waits = Array.from({ length: count }, (_, index) => `W${index}`);
    return machine({
      C: {
        Type: "Choice",
        Choices: waits.map((name) => ({ Variable: "$.a", StringEquals: "a", Next: name })),
        Default: "E",
      },
      E: end,
      ...Object.fromEntries(waits.map((name) => [name, { Type: "Wait", Seconds: 1, Next: "C" }])),
    });
  };
  expect(validate(loops(8_000)).every(({ code }) => code === "long_loop")).toBe(true);
  expect(growth((count) => validate(loops(count)), 2_000)).toBeLessThan(mostGrowth);
});

const waits = { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", End: true };

test.each([
  { handsOn: true, state: { InputPath: "$$", Parameters: { "Payload.$": "$" } } },
  { handsOn: true, state: { InputPath: "$$.Task" } },
  { handsOn: true, state: { Parameters: { "a.$": "$$.Task" } } },
  { handsOn: true, state: { Parameters: { "a.$": "$$..Token" } } },
  { handsOn: true, state: { Parameters: { "a.$": "$$[ 'Task' ].Token" } } },
  { handsOn: true, state: { Parameters: { a: [{ "b.$": "States.Format('{}', $$.Task.Token)" }] } } },
  { handsOn: false, state: { Parameters: { "a.$": "$" } } },
  { handsOn: false, state: { Parameters: { "a.$": "$$.TaskX" } } },
  { handsOn: false, state: { Parameters: { "a.$": "$$.Execution.Id", b: "$$.Task.Token" } } },
  { handsOn: false, state: { InputPath: "$$.Execution", Parameters: { "a.$": "$" } } },
])("a path that hands on the token of a task: %j", ({ handsOn, state }) => {
  const codes = validate(machine({ A: { ...waits, ...state } })).map(({ code }) => code);
  expect(codes.includes("missing_task_token")).toBe(!handsOn);
});

test("the hint for a token that is missing is in the language of the state", () => {
  const issues = validate(machine({ A: { ...waits, Arguments: {} } }, { QueryLanguage: "JSONata" }));
  const { hint } = issues.find(({ code }) => code === "missing_task_token") ?? {};
  expect(hint).toBe("hand on $states.context.Task.Token: without it nobody can end the task");
});

test("of several errors that are tried again the one in vain is named", () => {
  const retry = { ErrorEquals: ["Lambda.TooManyRequestsException", "States.Runtime"] };
  expect(said(machine({ A: { ...task, Retry: [retry], End: true } }))).toEqual([
    "retry_cannot_succeed /States/A/Retry/0/ErrorEquals/1: expected errors that another try may mend: States.Runtime has no effect here",
  ]);
});

test("an EXPRESS machine keeps no history that a loop could fill", () => {
  const definition = machine({
    W: { Type: "Wait", Seconds: 1, Next: "T" },
    T: { ...task, Next: "C" },
    C: { Type: "Choice", Choices: [{ Variable: "$.a", StringEquals: "a", Next: "E" }], Default: "W" },
    E: end,
  });
  const codes = (type: "STANDARD" | "EXPRESS") =>
    validate(definition, { type })
      .map(({ code }) => code)
      .filter((code) => code === "long_loop");
  expect(codes("STANDARD")).toEqual(["long_loop"]);
  expect(codes("EXPRESS")).toEqual([]);
});

test("a loop that goes on only while something is being made ends by itself", () => {
  const status = (value: string) => ({ Variable: "$.Status", StringEquals: value });
  const loop = (...rules: object[]) =>
    said(
      machine({
        W: { Type: "Wait", Seconds: 5, Next: "T" },
        T: { ...task, Next: "C" },
        C: { Type: "Choice", Choices: rules, Default: "E" },
        E: end,
      }),
    ).length;
  expect(loop({ Or: [status("Creating"), status("RollingBack")], Next: "W" })).toBe(0);
  expect(loop({ ...status("UPDATING"), Next: "W" })).toBe(0);
  expect(loop({ ...status("RUNNING"), Next: "W" })).toBe(1);
  expect(loop({ Or: [status("Creating"), status("RUNNING")], Next: "W" })).toBe(1);
  expect(loop({ ...status("Creating"), Next: "W" }, { ...status("RUNNING"), Next: "T" })).toBe(1);
});

test("what was read in vain is not told as what is left", () => {
  const definition = machine({
    A: { Type: "Pass", Parameters: { job: 1 }, Next: "B" },
    B: { Type: "Pass", Parameters: { "a.$": "$.rows", "b.$": "$.status" }, End: true },
  });
  expect(said(definition)).toEqual([
    'path_without_value /States/B/Parameters/a.$: expected a value at $.rows, but Parameters of "A" leaves only job',
    'path_without_value /States/B/Parameters/b.$: expected a value at $.status, but Parameters of "A" leaves only job',
  ]);
});
