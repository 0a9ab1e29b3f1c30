import { type Section, same } from "./row.js";

export const placeholders: Section = {
  title: "Placeholders",
  text: 'Schemas are those of zod: `new ExecutionInput(z.object({ Name: z.string() }))`. A placeholder is read as a value is: `input.Name`, `input["Name"]`, `input.rows[0]`.',
  things: [
    {
      python: "ExecutionInput",
      here: "`new ExecutionInput(schema)`",
      at: [".", "ExecutionInput"],
      options: { schema: { say: "the one argument: an object schema of zod; without it, any key may be read" } },
      methods: {
        get: { say: 'read the key: its type is that of the schema; without a schema `input.get("key", schema)`' },
        to_jsonpath: { say: "`toJsonPath(placeholder)`; `toJsonata(placeholder)` for JSONata" },
        get_schema_as_dict: { say: "`schemaAsData(input)`" },
        get_schema_as_json: { say: "`schemaAsJson(input)`" },
        contains: { say: "`contains(input, placeholder)`" },
        validate: { say: "`validateInput(input, value)`: `{ valid, missing, mismatched }`" },
        keys_missing: { say: "`missing` of `validateInput()`" },
        keys_type_mismatch: { say: "`mismatched` of `validateInput()`" },
      },
    },
    {
      python: "StepInput",
      here: "`new StepInput(schema)`; mostly the output of a step, `step.output`",
      at: [".", "StepInput"],
    },
    {
      python: "Placeholder",
      here: "`Ref<T>`, `Placeholder<T>`: types alone",
      at: [".", "Placeholder"],
      options: {
        name: { say: "the key that is read" },
        type: { say: "of the schema" },
        parent: { say: "what it is read from" },
      },
    },
    {
      python: "str.format, f-strings",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is shown as it is written.
      here: '``text`s3://${input.bucket}/x` ``, `States.format("s3://{}/x", input.bucket)`',
      at: [".", "text"],
    },
    {
      python: "`$$` in texts",
      here: "`context.execution.name`, `context.state.enteredTime`, `context.task.token`, …",
      at: [".", "context"],
    },
  ],
};

const rules = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];
const comparisons = ["String", "Numeric", "Timestamp"].flatMap((type) =>
  rules.flatMap((rule) => [type + rule, `${type + rule}Path`]),
);
const operators = [
  ...comparisons,
  "BooleanEquals",
  "BooleanEqualsPath",
  "StringMatches",
  "IsNull",
  "IsPresent",
  "IsString",
  "IsNumeric",
  "IsTimestamp",
  "IsBoolean",
  "And",
  "Or",
  "Not",
];
const paths = ["input_path", "output_path"] as const;
const shaped = [...paths, "parameters", "result_path"] as const;

export const states: Section = {
  title: "States",
  text: "Names come first, then an object of options. Every state has `comment`, `assign`, and in JSONata `output`; `queryLanguage` chooses its language. `parameters` takes what Python calls `parameters`, in JSONata too.",
  things: [
    {
      python: "State",
      here: "`Step<Output>`, the type of each step",
      at: [".", "Step"],
      options: {
        state_id: { say: "the first argument, `name`" },
        comment: { say: "`comment`, of every step" },
        output_schema: { say: "`outputSchema` of a Task; other outputs are typed by what they are made of" },
      },
      methods: {
        next: { say: "`a.next(b)` gives a chain and changes nothing; mostly `Chain.of(a, b)`" },
        output: { say: "`step.output`, a placeholder: any later state may read it" },
        update_parameters: { say: "give `parameters` when the step is made; steps never change" },
        add_retry: { say: "`retry: [rule, …]`" },
        add_catch: { say: "`catch: [rule, …]`" },
        accept: { say: "not there: `compile(step)` gives the definition as data" },
        to_dict: { say: "`compile(step)`" },
        to_json: { say: "`renderDefinition(compile(step))`" },
      },
    },
    {
      python: "Pass",
      here: "`new Pass(name, options)`",
      at: [".", "Pass"],
      options: same("comment", ...shaped, "result"),
    },
    {
      python: "Succeed",
      here: "`new Succeed(name, options)`",
      at: [".", "Succeed"],
      options: same("comment", ...paths),
    },
    {
      python: "Fail",
      here: "`new Fail(name, options)`",
      at: [".", "Fail"],
      options: same("comment", "error", "cause"),
    },
    {
      python: "Wait",
      here: "`new Wait(name, options)`",
      at: [".", "Wait"],
      options: same("comment", ...paths, "seconds", "seconds_path", "timestamp", "timestamp_path"),
    },
    {
      python: "Task",
      here: "`new Task(name, options)`",
      at: [".", "Task"],
      options: same(
        "comment",
        ...shaped,
        "timeout_seconds",
        "timeout_seconds_path",
        "heartbeat_seconds",
        "heartbeat_seconds_path",
        "resource",
        "retry",
        "catch",
        "output_schema",
      ),
    },
    {
      python: "Choice",
      here: "`new Choice(name, options)`",
      at: [".", "Choice"],
      options: same("comment", ...paths),
      methods: { add_choice: "when", default_choice: "otherwise", next: true },
    },
    {
      python: "Parallel",
      here: "`new Parallel(name, options)`",
      at: [".", "Parallel"],
      options: same("comment", ...shaped, "retry", "catch"),
      methods: { add_branch: { say: "`branches: [chain, …]` when it is made" } },
    },
    {
      python: "Map",
      here: "`new Map(name, options)`",
      at: [".", "Map"],
      options: {
        ...same("comment", ...paths, "result_path", "retry", "catch", "items_path", "max_concurrency"),
        parameters: "itemSelector",
        iterator: "processor",
      },
      methods: { attach_iterator: { say: "`processor: ({ item, index }) => chain` when it is made" } },
    },
    {
      python: "Retry",
      here: 'an object: `retry: { errorEquals: ["States.TaskFailed"], maxAttempts: 2 }`',
      at: [".", "Retry"],
      options: same("error_equals", "interval_seconds", "max_attempts", "backoff_rate"),
    },
    {
      python: "Catch",
      here: 'an object: `catch: { errorEquals: ["States.ALL"], next: handler }`',
      at: [".", "Catch"],
      options: { ...same("error_equals", "result_path"), next_step: "next" },
    },
  ],
};

export const choiceRules: Section = {
  title: "Choice rules",
  text: "`when(placeholder).greaterThan(3)` says the same by the type of the value; `.and()`, `.or()` and `not()` put rules together.",
  things: [
    {
      python: "ChoiceRule",
      here: "`ChoiceRule`",
      at: [".", "ChoiceRule"],
      methods: Object.fromEntries(operators.map((name) => [name, name.charAt(0).toLowerCase() + name.slice(1)])),
    },
  ],
};

export const chains: Section = {
  title: "Chains and graphs",
  things: [
    {
      python: "Chain",
      here: "`Chain.of(a, b)`, `Chain.from(list)`",
      at: [".", "Chain"],
      options: { steps: { say: "the arguments" } },
      methods: { append: "next", state_id: { say: "`chain.steps[0].name`" }, next: true },
    },
    {
      python: "Graph",
      here: "`compile(definition, options)`",
      at: [".", "compile"],
      options: same("comment", "timeout_seconds", "version"),
      methods: {
        contains: { say: "`name in compile(chain).States`" },
        to_dict: { say: "`compile(chain)`" },
        to_json: { say: "`renderDefinition(compile(chain))`" },
      },
    },
    {
      python: "FrozenGraph",
      here: "`fromAsl(definition)`: a text or an object",
      at: [".", "fromAsl"],
      methods: { from_json: { say: "`fromAsl(text)`" } },
    },
  ],
};
