import type { Json, JsonObject } from "../../src/language/json.js";
import type { Random } from "../fuzz/random.js";

/** What a machine may be made of. */
export interface Wishes {
  /** States, about. */
  readonly size: number;
  /** Whether branches and iterations run at the same time. */
  readonly isConcurrent?: boolean;
  /** Whether tasks, and the machine, have limits of time. */
  readonly isTimed?: boolean;
  /** Whether Maps may run their iterations as executions of their own. */
  readonly isDistributed?: boolean;
  /** Whether it is to run as an Express machine. */
  readonly isExpress?: boolean;
  readonly languages?: readonly Language[];
}

export type Language = "JSONPath" | "JSONata";

/** What all inputs of random machines have: most of what the states read is there. */
export function randomInput(random: Random): JsonObject {
  const items = Array.from({ length: random.below(6) }, (_, index) =>
    random.pick<Json>([index, `item ${index}`, { id: index }, [index], null]),
  );
  return {
    items,
    n: random.below(5),
    seconds: random.below(100),
    text: random.pick(["", "a", "ä🦊", "long ".repeat(100)]),
    flag: random.isOneOf(2),
    inner: { a: { b: [1, 2, { c: "d" }] }, ["__proto__"]: 1 },
    at: random.pick(["2020-01-01T00:00:00Z", "2026-01-01T00:05:00Z"]),
  };
}

/** A definition that the validator takes, and that ends whatever its tasks answer. */
export function randomMachine(random: Random, wishes: Wishes): JsonObject {
  const machine = new MachineMaker(random, wishes);
  const language = random.pick(machine.languages);
  const scope = machine.scope(language, 0, wishes.isExpress ?? false);
  const limits = machine.isTimed && random.isOneOf(4) ? { TimeoutSeconds: random.pick([5, 100, 10_000]) } : {};
  return { ...(language === "JSONata" ? { QueryLanguage: language } : {}), ...limits, ...scope };
}

interface Scope {
  readonly states: Record<string, Json>;
  readonly language: Language;
  readonly depth: number;
  /** Express machines do not wait for anything outside. */
  readonly isExpress: boolean;
}

type Fields = Record<string, Json>;

const blocks = ["pass", "task", "wait", "choice", "loop", "parallel", "map"] as const;

type Called = readonly [resource: string, parameters: JsonObject];

const atOnce: readonly Called[] = [
  ["arn:aws:states:::sqs:sendMessage", { QueueUrl: "https://queue", MessageBody: "text" }],
  ["arn:aws:lambda:us-east-1:111111111111:function:f", { a: 1 }],
];
const child = { StateMachineArn: "arn:aws:states:us-east-1:111111111111:stateMachine:n" };
const later: readonly Called[] = [
  ["arn:aws:states:us-east-1:111111111111:activity:a", { a: 1 }],
  ["arn:aws:states:::states:startExecution.sync", child],
  ["arn:aws:states:::sqs:sendMessage.waitForTaskToken", { QueueUrl: "https://queue", MessageBody: "text" }],
];

class MachineMaker {
  readonly languages: readonly Language[];
  readonly isTimed: boolean;
  private readonly random: Random;
  private readonly wishes: Wishes;
  private left: number;
  private count = 0;

  constructor(random: Random, wishes: Wishes) {
    this.random = random;
    this.wishes = wishes;
    this.left = wishes.size;
    this.languages = wishes.languages ?? ["JSONPath", "JSONata"];
    this.isTimed = wishes.isTimed ?? true;
  }

  /** A scope is made from its end: each block knows what follows it. */
  scope(language: Language, depth: number, isExpress: boolean): JsonObject {
    const scope: Scope = { states: {}, language, depth, isExpress };
    let next = this.last(scope);
    for (let length = this.random.below(5); length > 0 && this.left > 0; length--) next = this.block(scope, next);
    return { StartAt: next, States: scope.states };
  }

  private add({ states, language }: Scope, kind: string, fields: Fields, at: Language = language): string {
    const name = `${kind}${this.count++}`;
    this.left--;
    states[name] = at === language ? fields : { ...fields, QueryLanguage: at };
    return name;
  }

  /** The query language of one state: JSONPath cannot come back within JSONata. */
  private languageOf({ language }: Scope): Language {
    return language === "JSONPath" ? this.random.pick(this.languages) : language;
  }

  private last(scope: Scope): string {
    switch (this.random.below(8)) {
      case 0:
        return this.add(scope, "Fail", { Type: "Fail", Error: this.random.pick(["E1", "E2"]), Cause: "why" });
      case 1:
        return this.add(scope, "Task", { ...this.taskFields(scope, scope.language, undefined), End: true });
      case 2:
      case 3:
        return this.add(scope, "Pass", { Type: "Pass", End: true });
      default:
        return this.add(scope, "Succeed", { Type: "Succeed" });
    }
  }

  private block(scope: Scope, next: string): string {
    const kind = this.random.pick(scope.depth < 3 ? blocks : blocks.slice(0, 5));
    switch (kind) {
      case "pass":
        return this.pass(scope, next);
      case "task":
        return this.task(scope, next);
      case "wait":
        return this.wait(scope, next);
      case "choice":
        return this.choice(scope, next);
      case "loop":
        return this.loop(scope, next);
      case "parallel":
        return this.parallel(scope, next);
      default:
        return this.map(scope, next);
    }
  }

  private pass(scope: Scope, Next: string): string {
    const language = this.languageOf(scope);
    const { random } = this;
    const variable = `v${this.count}`;
    if (language === "JSONata") {
      const Output = random.pick<Json>([
        "{% $states.input %}",
        "{% $states.context.Execution.Input.n + 1 %}",
        { a: "{% $count($states.context.Execution.Input.items) %}", b: [1, "{% 'x' & 'y' %}"] },
        "{% $states.context.Execution.Input.missing %}",
      ]);
      const Assign = { [variable]: "{% $states.context.Execution.Input.text %}" };
      return this.add(
        scope,
        "Pass",
        { Type: "Pass", Output, ...(random.isOneOf(2) ? { Assign } : {}), Next },
        language,
      );
    }
    const fields = random.pick<JsonObject>([
      {},
      { Result: { r: 1 }, ResultPath: "$.r" },
      { Parameters: { "n.$": "States.MathAdd($$.Execution.Input.n, 1)", "all.$": "$" } },
      { Parameters: { "all.$": "$$.Execution.Input.inner..c", "u.$": "States.UUID()" }, ResultPath: "$.found" },
      { InputPath: "$$.Execution.Input", OutputPath: "$.inner" },
      { InputPath: null },
      { OutputPath: "$.missing" },
    ]);
    const Assign = { [variable]: { "text.$": "$$.Execution.Input.text" } };
    return this.add(
      scope,
      "Pass",
      { Type: "Pass", ...fields, ...(random.isOneOf(3) ? { Assign } : {}), Next },
      language,
    );
  }

  private wait(scope: Scope, Next: string): string {
    const time = this.random.pick<JsonObject>([
      { Seconds: 0 },
      { Seconds: 7 },
      { SecondsPath: "$$.Execution.Input.seconds" },
      { Timestamp: "2020-01-01T00:00:00Z" },
      { TimestampPath: "$$.Execution.Input.at" },
    ]);
    const language = this.languageOf(scope);
    const told = language === "JSONata" ? { Seconds: "{% $states.context.Execution.Input.seconds %}" } : time;
    return this.add(scope, "Wait", { Type: "Wait", ...told, Next }, language);
  }

  private choice(scope: Scope, next: string): string {
    const other = this.random.isOneOf(2) ? next : this.pass(scope, next);
    const rules: Json[] = [];
    const language = this.languageOf(scope);
    for (let index = this.random.below(3); index >= 0; index--) rules.push({ ...this.rule(language), Next: other });
    const Default = this.random.isOneOf(8) ? {} : { Default: next };
    return this.add(scope, "Choice", { Type: "Choice", Choices: rules, ...Default }, language);
  }

  private rule(language: Language): JsonObject {
    if (language === "JSONata") return { Condition: "{% $states.context.Execution.Input.n > 2 %}" };
    return this.random.pick<JsonObject>([
      { Variable: "$$.Execution.Input.n", NumericGreaterThan: 2 },
      { Variable: "$$.Execution.Input.flag", BooleanEquals: true },
      { Variable: "$.found", IsPresent: true },
      { Variable: "$.missing", StringEquals: "x" },
      {
        And: [
          { Variable: "$$.Execution.Input.text", StringMatches: "a*" },
          { Variable: "$", IsNull: false },
        ],
      },
      { Not: { Variable: "$$.Execution.Input.at", TimestampLessThan: "2025-01-01T00:00:00Z" } },
    ]);
  }

  /** Counts in a variable, so that it ends. */
  private loop(scope: Scope, next: string): string {
    const counter = `i${this.count}`;
    const rounds = 1 + this.random.below(4);
    const again = `Choice${this.count++}`;
    const isPaths = scope.language === "JSONPath";
    const counted = isPaths
      ? { [`${counter}.$`]: `States.MathAdd($${counter}, 1)` }
      : { [counter]: `{% $${counter} + 1 %}` };
    let first = this.add(scope, "Count", { Type: "Pass", Assign: counted, Next: again });
    for (let length = this.random.below(3); length > 0 && this.left > 0; length--) first = this.block(scope, first);
    const rule = isPaths
      ? { Variable: `$${counter}`, NumericLessThan: rounds }
      : { Condition: `{% $${counter} < ${rounds} %}` };
    scope.states[again] = { Type: "Choice", Choices: [{ ...rule, Next: first }], Default: next };
    return this.add(scope, "Begin", { Type: "Pass", Assign: { [counter]: 0 }, Next: first });
  }

  private parallel(scope: Scope, Next: string): string {
    const { random } = this;
    const count = this.wishes.isConcurrent === false ? 1 : 1 + random.below(3);
    const Branches = Array.from({ length: count }, () => this.scope(scope.language, scope.depth + 1, scope.isExpress));
    const shaping = scope.language === "JSONPath" && random.isOneOf(2) ? { ResultPath: "$.parallel" } : {};
    const fields = { Type: "Parallel", Branches, ...shaping, ...this.recovery(scope, Next), Next };
    return this.add(scope, "Parallel", fields);
  }

  private map(scope: Scope, Next: string): string {
    const { random } = this;
    const isDistributed = this.wishes.isDistributed !== false && !scope.isExpress && random.isOneOf(4);
    const isExpress = isDistributed && random.isOneOf(2);
    const processor = this.scope(scope.language, scope.depth + 1, scope.isExpress || isExpress);
    const concurrency = this.wishes.isConcurrent === false ? 1 : random.below(4);
    const ItemProcessor = isDistributed
      ? { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: isExpress ? "EXPRESS" : "STANDARD" }, ...processor }
      : { ...(random.isOneOf(2) ? { ProcessorConfig: { Mode: "INLINE" } } : {}), ...processor };
    const fields = {
      Type: "Map",
      ...(scope.language === "JSONPath" ? this.itemsInPaths() : this.itemsInJsonata()),
      ItemProcessor,
      MaxConcurrency: concurrency,
      ...(isDistributed ? this.distribution(scope.language) : {}),
      ...this.recovery(scope, Next),
      Next,
    };
    return this.add(scope, "Map", fields);
  }

  private itemsInPaths(): JsonObject {
    const { random } = this;
    const selector = { "value.$": "$$.Map.Item.Value", "index.$": "$$.Map.Item.Index", fixed: 1 };
    return {
      ItemsPath: random.isOneOf(9) ? "$.items" : "$$.Execution.Input.items",
      ...(random.isOneOf(2) ? { ItemSelector: selector } : {}),
      ...(random.isOneOf(2) ? { ResultPath: random.pick(["$.mapped", null]) } : {}),
    };
  }

  private itemsInJsonata(): JsonObject {
    const selector = { value: "{% $states.context.Map.Item.Value %}", fixed: 1 };
    return {
      Items: this.random.pick<Json>(["{% $states.context.Execution.Input.items %}", [1, "{% 1 + 1 %}"], "{% [] %}"]),
      ...(this.random.isOneOf(2) ? { ItemSelector: selector } : {}),
    };
  }

  private distribution(language: Language): JsonObject {
    const { random } = this;
    const target = { Bucket: "bucket", Prefix: "results" };
    return {
      ...(random.isOneOf(2) ? { ToleratedFailurePercentage: random.pick([0, 30, 100]) } : {}),
      ...(random.isOneOf(3) ? { ToleratedFailureCount: random.below(3) } : {}),
      ...(random.isOneOf(3) ? { ItemBatcher: { MaxItemsPerBatch: 1 + random.below(3) } } : {}),
      ...(random.isOneOf(3)
        ? {
            ResultWriter: {
              Resource: "arn:aws:states:::s3:putObject",
              [language === "JSONata" ? "Arguments" : "Parameters"]: target,
            },
          }
        : {}),
    };
  }

  private task(scope: Scope, Next: string): string {
    const language = this.languageOf(scope);
    const recovery = this.recovery(scope, Next, language);
    return this.add(scope, "Task", { ...this.taskFields(scope, language, Next), ...recovery, Next }, language);
  }

  private taskFields({ isExpress }: Scope, language: Language, next: string | undefined): Fields {
    const { random } = this;
    const [Resource, given] = random.pick(isExpress ? atOnce : [...atOnce, ...later]);
    const timeout = random.pick([2, 60, 1000]);
    const times = this.isTimed && random.isOneOf(2) ? { TimeoutSeconds: timeout } : {};
    const beats =
      this.isTimed && "TimeoutSeconds" in times && timeout > 2 && random.isOneOf(2) ? { HeartbeatSeconds: 2 } : {};
    if (language === "JSONata") {
      const Output = random.isOneOf(2) ? { Output: { done: "{% $states.result %}" } } : {};
      return { Type: "Task", Resource, Arguments: given, ...times, ...beats, ...(next === undefined ? {} : Output) };
    }
    const shaping = random.pick<JsonObject>([
      {},
      { ResultPath: "$.task" },
      { ResultPath: null },
      { ResultSelector: { "got.$": "$" } },
      { ResultSelector: { "got.$": "$.ok" }, ResultPath: "$.got" },
    ]);
    return { Type: "Task", Resource, Parameters: given, ...times, ...beats, ...shaping };
  }

  private recovery(scope: Scope, next: string, language: Language = scope.language): JsonObject {
    const { random } = this;
    const errors = (): Json => [
      random.pick(["E1", "E2", "States.TaskFailed", "States.Timeout", "States.HeartbeatTimeout"]),
    ];
    const retrier = (ErrorEquals: Json): JsonObject => ({
      ErrorEquals,
      IntervalSeconds: 1 + random.below(5),
      MaxAttempts: random.below(3),
      BackoffRate: random.pick([1, 1.5, 2]),
      ...(random.isOneOf(4) ? { JitterStrategy: "FULL" } : {}),
      ...(random.isOneOf(4) ? { MaxDelaySeconds: 9 } : {}),
    });
    const Retry = [...(random.isOneOf(2) ? [retrier(errors())] : []), retrier(["States.ALL"])];
    return {
      ...(random.isOneOf(3) ? { Retry } : {}),
      ...(random.isOneOf(2) ? { Catch: this.catchers(scope, next, language, errors) } : {}),
    };
  }

  private catchers(scope: Scope, next: string, language: Language, errors: () => Json): Json {
    const { random } = this;
    const handler = random.isOneOf(2) ? next : this.pass(scope, next);
    const catcher = (ErrorEquals: Json): JsonObject => ({
      ErrorEquals,
      ...(language === "JSONPath" ? { ResultPath: "$.error" } : { Output: { caught: "{% $states.errorOutput %}" } }),
      Next: handler,
    });
    const all = catcher(["States.ALL"]);
    return random.pick<Json>([[all], [catcher(errors()), all], [catcher(errors())]]);
  }
}
