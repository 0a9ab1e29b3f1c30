// The machines that the engines run. Plain JavaScript, as the peers are measured by plain JavaScript.

/** @param {number} times - how often the loop goes round */
const loop = (times) => ({
  StartAt: "Increment",
  States: {
    Increment: { Type: "Pass", Parameters: { "n.$": "States.MathAdd($.n, 1)" }, Next: "Again" },
    Again: {
      Type: "Choice",
      Choices: [{ Variable: "$.n", NumericLessThan: times, Next: "Increment" }],
      Default: "Done",
    },
    Done: { Type: "Succeed" },
  },
});

const oneTask = (resource) => ({
  StartAt: "Prepare",
  States: {
    Prepare: { Type: "Pass", Next: "Call" },
    Call: {
      Type: "Task",
      Resource: resource,
      Parameters: { FunctionName: "f", "Payload.$": "$" },
      ResultPath: "$.result",
      Next: "Look",
    },
    Look: {
      Type: "Choice",
      Choices: [{ Variable: "$.result.ok", NumericEquals: 1, Next: "Shape" }],
      Default: "Shape",
    },
    Shape: { Type: "Pass", Parameters: { "ok.$": "$.result.ok" }, Next: "Done" },
    Done: { Type: "Succeed" },
  },
});

const map = (processor) => ({
  StartAt: "Each",
  States: {
    Each: { Type: "Map", [processor]: { StartAt: "One", States: { One: { Type: "Pass", End: true } } }, End: true },
  },
});

const branch = (name) => ({ StartAt: name, States: { [name]: { Type: "Pass", End: true } } });

const parallel = {
  StartAt: "All",
  States: {
    All: { Type: "Parallel", Branches: Array.from({ length: 50 }, (_, index) => branch(`Branch ${index}`)), End: true },
  },
};

const jsonata = (times) => ({
  QueryLanguage: "JSONata",
  StartAt: "Increment",
  States: {
    Increment: {
      Type: "Pass",
      Output: {
        n: "{% $states.input.n + 1 %}",
        label: "{% 'item-' & $string($states.input.n) %}",
      },
      Next: "Again",
    },
    Again: {
      Type: "Choice",
      Choices: [{ Condition: `{% $states.input.n < ${times} %}`, Next: "Increment" }],
      Default: "Done",
    },
    Done: { Type: "Succeed" },
  },
});

/**
 * What is run: the definition for an engine's way to name a task and a Map's processor, the input, the runs of one round, and
 * the state transitions of one run.
 */
export const cases = {
  loop: { definition: () => loop(10_000), input: { n: 0 }, runs: 1, transitions: 20_001 },
  task: { definition: ({ task }) => oneTask(task), input: { a: 1 }, runs: 1000, transitions: 5 },
  map: {
    definition: ({ processor = "ItemProcessor" }) => map(processor),
    input: new Array(100_000).fill(1),
    runs: 1,
    transitions: 100_001,
  },
  "small map": {
    definition: ({ processor = "ItemProcessor" }) => map(processor),
    input: new Array(2000).fill(1),
    runs: 1,
    transitions: 2001,
  },
  parallel: { definition: () => parallel, input: {}, runs: 1, transitions: 51 },
  jsonata: { definition: () => jsonata(10_000), input: { n: 0 }, runs: 1, transitions: 20_001 },
  long: { definition: () => loop(500_000), input: { n: 0 }, runs: 1, transitions: 1_000_001, keepsNoEvents: true },
};
