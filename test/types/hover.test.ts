import { expect, test } from "vitest";
import { lookAt } from "./editor.js";

/** What users build, by its name; `|>` stands before the word that is hovered over. */
const samples: readonly (readonly [name: string, code: string])[] = [
  ["a field of the input", "input.|>name;"],
  ["a variable that holds a reference", "const message = input.name; |>message;"],
  ["a list of the input", "input.|>rows;"],
  ["a field of an item", "input.rows[0].|>id;"],
  ["an object of the input", "input.|>deep;"],
  ["a nested field", "input.deep.a.|>b;"],
  ["a field that may be missing", "input.|>maybe;"],
  ["an open input", "const open = new ExecutionInput(); |>open;"],
  ["a key of an open input", 'const key = new ExecutionInput().get("rows", z.number()); |>key;'],
  ["the state's input", "const data = new StepInput(z.object({ rows: z.number() })); |>data;"],
  ["a Pass", 'const step = new Pass("A"); |>step;'],
  ["a Pass with a result", 'const step = new Pass("A", { result: { text: "hi" } }); |>step;'],
  [
    "a Pass with parameters",
    'const step = new Pass("A", { parameters: { id: input.rows[0].id, n: task.output.total } }); |>step;',
  ],
  ["a Task", "|>task;"],
  [
    "a Task with a path",
    'const step = new Task("A", { resource, outputSchema: z.object({ n: z.number() }), resultPath: "$.a" }); |>step;',
  ],
  ["a Wait", 'const step = new Wait("A", { seconds: 30 }); |>step;'],
  ["a Succeed", 'const step = new Succeed("A"); |>step;'],
  ["a Fail", 'const step = new Fail("A"); |>step;'],
  ["a Map", 'const each = new Map("A", { items: input.rows, processor: task }); |>each;'],
  ["a Parallel", 'const both = new Parallel("A", { branches: [task, new Pass("P")] }); |>both;'],
  [
    "a Choice",
    'const enough = new Choice("A").when(when(task.output.total).greaterThan(3), task).otherwise(new Fail("F")); |>enough;',
  ],
  ["a processing step", 'const step = new ProcessingStep("A", { processor, code: "a.py" }); |>step;'],
  ["an estimator", "|>estimator;"],
  ["a model", "const model = new Model({ imageUri: input.name }); |>model;"],
  [
    "a framework's model",
    'const model = new SKLearnModel({ entryPoint: "s.py", frameworkVersion: "1.2-1" }); |>model;',
  ],
  ["a model of several", "const both = new PipelineModel({ models: [new Model({}), new Model({})] }); |>both;"],
  ["a model step", 'const step = new ModelStep("M", { model: new Model({}), modelName: input.name }); |>step;'],
  [
    "a transformer",
    'const transformer = new Transformer({ instanceCount: 1, instanceType: "ml.m5.xlarge" }); |>transformer;',
  ],
  [
    "a transform step",
    'const step = new TransformStep("T", { transformer: new Transformer({ instanceCount: 1, instanceType: "ml.m5.xlarge" }), data: "s3://b" }); |>step;',
  ],
  ["a data capture", "const capture = new DataCaptureConfig({ enableCapture: true }); |>capture;"],
  [
    "an endpoint's configuration",
    'const step = new EndpointConfigStep("C", { endpointConfigName: "c", modelName: input.name }); |>step;',
  ],
  ["an endpoint", 'const step = new EndpointStep("E", { endpointName: "e", endpointConfigName: "c" }); |>step;'],
  [
    "a wait for an endpoint",
    'const serving = waitUntilInService(new EndpointStep("E", { endpointName: "e", endpointConfigName: "c" })); |>serving;',
  ],
  [
    "a training pipeline",
    'const pipeline = new TrainingPipeline({ estimator, role: "r", inputs: "s3://b", s3Bucket: "b" }); |>pipeline;',
  ],
  [
    "a framework's estimator",
    'const own = new PyTorch({ role: "r", instanceCount: 1, instanceType: "ml.m5.xlarge", entryPoint: "t.py" }); |>own;',
  ],
  ["a training step", 'const step = new TrainingStep("A", { estimator, data: "s3://b/t" }); |>step;'],
  ["a model that is trained", 'const model = new TrainingStep("A", { estimator }).expectedModel(); |>model;'],
  [
    "a tuner",
    'const tuner = new HyperparameterTuner({ estimator, objectiveMetricName: "auc", hyperparameterRanges: { lr: new ContinuousParameter(0, 1) } }); |>tuner;',
  ],
  [
    "a tuning step",
    'const tuner = HyperparameterTuner.create({}); const step = new TuningStep("A", { tuner }); |>step;',
  ],
  [
    "a step that starts another workflow",
    'const child = new Workflow({ session, role: "r", name: "n", definition: new Pass("A", { result: { rows: 1 } }) }); const step = new StartExecutionStep("S", { workflow: child }); |>step;',
  ],
  [
    "a step with a service integration",
    'const step = new GlueStartJobRunStep("A", { parameters: { JobName: "j" } }); |>step;',
  ],
  ["a step that calls a function", 'const step = new LambdaStep("A", { parameters: { FunctionName: "f" } }); |>step;'],
  ["an answer's field", 'new GlueStartJobRunStep("A", { parameters: { JobName: "j" } }).output.|>StartedOn;'],
  ["an answer's list", 'new GlueStartJobRunStep("A", { parameters: { JobName: "j" } }).output.|>PredecessorRuns;'],
  [
    "an item of a table",
    'new DynamoDBGetItemStep("A", { parameters: { TableName: "t", Key: { id: { S: input.name } } } }).output.|>Item;',
  ],
  ["a call of any action", 'const call = awsSdk("s3", "getObject", { Bucket: "b", Key: input.name }); |>call;'],
  [
    "a step with any action",
    'const step = new AwsSdkStep("A", awsSdk("s3", "getObject", { Bucket: "b", Key: "k" })); |>step;',
  ],
  [
    "a step with an action that has no client",
    'const step = new AwsSdkStep("A", awsSdk("kms", "encrypt", { KeyId: "k" })); |>step;',
  ],
  [
    "a chain of several",
    'const chain = Chain.of(new Pass("A"), task, new Wait("B", { seconds: 1 }), new Succeed("C")); |>chain;',
  ],
  ["a chain by next", 'const chain = new Pass("A").next(task).next(new Succeed("C")); |>chain;'],
  ["an output", "task.|>output;"],
  ["a field of an output", "task.output.|>total;"],
  ["a nested field of an output", "task.output.rows[0].|>id;"],
  ["an output of a Map", 'new Map("A", { items: input.rows, processor: task }).|>output;'],
  ["an output of a Parallel", 'new Parallel("A", { branches: [task, task] }).output[1].|>total;'],
  ["the item of a Map", 'new Map("A", { items: input.rows, processor: ({ item }) => { |>item; return task; } });'],
  [
    "a field of the item",
    'new Map("A", { items: input.rows, processor: ({ item }) => { item.|>size; return task; } });',
  ],
  ["the index of a Map", 'new Map("A", { items: input.rows, processor: ({ index }) => { |>index; return task; } });'],
  [
    "a caught error",
    'new Task("A", { resource, catch: { errorEquals: ["X"], next: (error) => { |>error; return task; } } });',
  ],
  [
    "the cause of an error",
    'new Task("A", { resource, catch: { errorEquals: ["X"], next: (error) => { error.|>Cause; return task; } } });',
  ],
  ["the execution's name", "context.execution.|>name;"],
  ["the token of a task", "context.task.|>token;"],
  ["the tests of a text", "const tests = when(input.name); |>tests;"],
  ["the tests of a number", "const tests = when(input.count); |>tests;"],
  ["a condition", 'const isLong = when(input.count).greaterThan(3).and(when(input.name).equals("a")); |>isLong;'],
  ["a rule by name", "const rule = ChoiceRule.numericEquals(input.count, 3); |>rule;"],
  ["a string template", `const uri = text\`s3://\${input.name}/x\`; |>uri;`],
  ["an intrinsic function", "const sum = States.mathAdd(input.count, 1); |>sum;"],
  ["an item that a function gives", "const row = States.arrayGetItem(input.rows, 0); |>row;"],
  ["a list that a function gives", "const parts = States.array(input.name, input.count, true); |>parts;"],
  ["a merged object", 'const merged = States.jsonMerge(input.deep, { c: "x" }); |>merged;'],
  ["a variable of the state machine", 'const total = variable("total", z.number()); |>total;'],
  ["a reader of CSV", 'const reader = ItemReader.csv({ bucket: "b", key: "k", headers: ["id", "size"] }); |>reader;'],
  ["a reader of a listing", 'const reader = ItemReader.listing({ bucket: "b" }); |>reader;'],
  [
    "a workflow",
    'const workflow = new Workflow({ session, role: "r", name: "n", input: new ExecutionInput(z.object({ n: z.number() })), definition: task }); |>workflow;',
  ],
  [
    "an execution",
    'const execution = await new Workflow({ session, role: "r", name: "n", definition: task }).execute({}); |>execution;',
  ],
  ["a definition", "const definition = compile(task); |>definition;"],
];

const most = 150;
const shown = lookAt(samples.map(([, code]) => code));

test("the samples are programs without errors", () => {
  expect(shown.flatMap(({ problems }) => problems)).toEqual([]);
});

test.each(samples.map(([name], index) => ({ name, hover: shown[index]?.hover ?? "" })))(
  `hovering over $name shows at most ${most} characters`,
  ({ hover }) => {
    expect(hover).not.toBe("");
    expect(hover.length, hover).toBeLessThanOrEqual(most);
  },
);

test("what is shown", () => {
  expect(samples.map(([name], index) => `${name}: ${shown[index]?.hover}`)).toMatchInlineSnapshot(`
    [
      "a field of the input: (property) name: Ref<string>",
      "a variable that holds a reference: const message: Ref<string>",
      "a list of the input: (property) rows: Placeholder<{
        id: string;
        size: number;
    }[]>",
      "a field of an item: (property) id: Ref<string>",
      "an object of the input: (property) deep: Placeholder<{
        a: {
            b: number;
        };
    }>",
      "a nested field: (property) b: Ref<number>",
      "a field that may be missing: (property) maybe: Ref<string | undefined>",
      "an open input: const open: OpenInput<Record<string, unknown>>",
      "a key of an open input: const key: Ref<number>",
      "the state's input: const data: Placeholder<{
        rows: number;
    }>",
      "a Pass: const step: Pass<PassedOn>",
      "a Pass with a result: const step: Pass<{
        readonly text: "hi";
    }>",
      "a Pass with parameters: const step: Pass<{
        id: string;
        n: number;
    }>",
      "a Task: const task: Task<{
        total: number;
        rows: {
            id: string;
        }[];
    }>",
      "a Task with a path: const step: Task<{
        readonly a: {
            n: number;
        };
    }>",
      "a Wait: const step: Wait<PassedOn>",
      "a Succeed: const step: Succeed<PassedOn>",
      "a Fail: const step: Fail",
      "a Map: const each: Map<{
        total: number;
        rows: {
            id: string;
        }[];
    }[]>",
      "a Parallel: const both: Parallel<[{
        total: number;
        rows: {
            id: string;
        }[];
    }, unknown]>",
      "a Choice: const enough: Choice<{
        total: number;
        rows: {
            id: string;
        }[];
    }>",
      "a processing step: const step: ProcessingStep<DescribeProcessingJobResult>",
      "an estimator: const estimator: Estimator",
      "a model: const model: Model",
      "a framework's model: const model: SKLearnModel",
      "a model of several: const both: PipelineModel",
      "a model step: const step: ModelStep<CreateModelResult>",
      "a transformer: const transformer: Transformer",
      "a transform step: const step: TransformStep<DescribeTransformJobResult>",
      "a data capture: const capture: DataCaptureConfig",
      "an endpoint's configuration: const step: EndpointConfigStep<CreateEndpointConfigResult>",
      "an endpoint: const step: EndpointStep<CreateEndpointResult>",
      "a wait for an endpoint: const serving: EndpointInService",
      "a training pipeline: const pipeline: TrainingPipeline",
      "a framework's estimator: const own: PyTorch",
      "a training step: const step: TrainingStep<DescribeTrainingJobResult>",
      "a model that is trained: const model: Model",
      "a tuner: const tuner: HyperparameterTuner",
      "a tuning step: const step: TuningStep<DescribeTuningJobResult>",
      "a step that starts another workflow: const step: StartExecutionStep<FinishedExecution<unknown, {
        readonly rows: 1;
    }>>",
      "a step with a service integration: const step: ServiceStep<AnswerObject<JobRun, never, "pascal">>",
      "a step that calls a function: const step: ServiceStep<AnswerObject<InvokeCommandOutput, "Payload", "pascal"> & SdkMetadata>",
      "an answer's field: (property) StartedOn: Ref<number | undefined>",
      "an answer's list: (property) PredecessorRuns: Placeholder<readonly AnswerObject<Predecessor, never, "pascal">[] | undefined>",
      "an item of a table: (property) Item: Placeholder<AnswerObject<Record<string, AttributeValue>, never, "pascal"> | undefined>",
      "a call of any action: const call: SdkCall<"s3", "getObject">",
      "a step with any action: const step: ServiceStep<AnswerObject<GetObjectCommandOutput, never, "java">>",
      "a step with an action that has no client: const step: ServiceStep<unknown>",
      "a chain of several: const chain: Chain<{
        total: number;
        rows: {
            id: string;
        }[];
    }>",
      "a chain by next: const chain: Chain<{
        total: number;
        rows: {
            id: string;
        }[];
    }>",
      "an output: (property) Step<{ total: number; rows: { id: string; }[]; }>.output: Placeholder<{
        total: number;
        rows: {
            id: string;
        }[];
    }>",
      "a field of an output: (property) total: Ref<number>",
      "a nested field of an output: (property) id: Ref<string>",
      "an output of a Map: (property) Step<{ total: number; rows: { id: string; }[]; }[]>.output: Placeholder<{
        total: number;
        rows: {
            id: string;
        }[];
    }[]>",
      "an output of a Parallel: (property) total: Ref<number>",
      "the item of a Map: (parameter) item: Placeholder<{
        id: string;
        size: number;
    }>",
      "a field of the item: (property) size: Ref<number>",
      "the index of a Map: (parameter) index: Ref<number>",
      "a caught error: (parameter) error: Placeholder<CaughtError>",
      "the cause of an error: (property) Cause: Ref<string>",
      "the execution's name: (property) name: Ref<string>",
      "the token of a task: (property) token: Ref<string>",
      "the tests of a text: const tests: TextTests<string>",
      "the tests of a number: const tests: NumberTests",
      "a condition: const isLong: Condition",
      "a rule by name: const rule: Condition",
      "a string template: const uri: Ref<string>",
      "an intrinsic function: const sum: Ref<number>",
      "an item that a function gives: const row: Ref<{
        id: string;
        size: number;
    }>",
      "a list that a function gives: const parts: Ref<[string, number, boolean]>",
      "a merged object: const merged: Ref<{
        a: {
            b: number;
        };
        c: string;
    }>",
      "a variable of the state machine: const total: Ref<number>",
      "a reader of CSV: const reader: ItemReader<{
        readonly id: string;
        readonly size: string;
    }>",
      "a reader of a listing: const reader: ItemReader<ListedObject>",
      "a workflow: const workflow: Workflow<{
        n: number;
    }, {
        total: number;
        rows: {
            id: string;
        }[];
    }>",
      "an execution: const execution: Execution<{
        total: number;
        rows: {
            id: string;
        }[];
    }>",
      "a definition: const definition: StateMachineDefinition",
    ]
  `);
});
