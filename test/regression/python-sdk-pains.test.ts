import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compileResolved } from "../../src/compile/compile.js";
import {
  Chain,
  Choice,
  compile,
  DefinitionError,
  ExecutionInput,
  Map as MapStep,
  Pass,
  type Retry,
  Task,
  text,
  Workflow,
  WorkflowExistsError,
  when,
} from "../../src/index.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import {
  EndpointStep,
  Estimator,
  Model,
  ModelStep,
  NetworkConfig,
  ProcessingOutput,
  ProcessingStep,
  type ProcessingStepOptions,
  Processor,
  ScriptProcessor,
  SKLearn,
  TrainingPipeline,
  TrainingStep,
  type TrainingStepOptions,
  waitUntilInService,
} from "../../src/sagemaker/index.js";
import { FakeAws } from "../unit/fake-aws.js";
import { awsError, fakeSession } from "../unit/fake-session.js";
import { evaluatedName } from "../unit/rendered-name.js";
import { run } from "../unit/run-definition.js";
import { temporaryFiles } from "../unit/temporary-files.js";

// What users of the Python SDK complained of: a describe for each, with its number and threads, S for aws-step-functions-data-science-sdk-python and M for
// sagemaker-python-sdk. Its tests show the cure.

const session = new FakeAws().session();
const role = "arn:aws:iam::123456789012:role/SageMaker";
const input = new ExecutionInput(
  z.object({
    name: z.string(),
    size: z.number(),
    uri: z.string(),
    rows: z.array(z.object({ id: z.string() })),
  }),
);
const processor = new Processor({
  session,
  role,
  imageUri: "x/clean:1",
  instanceCount: 1,
  instanceType: "ml.m5.large",
});

function step(options: Partial<ProcessingStepOptions>): ProcessingStep {
  return new ProcessingStep("Clean", { processor, jobName: "clean", ...options } as ProcessingStepOptions);
}

async function requestOf(options: Partial<ProcessingStepOptions>): Promise<Record<string, Json>> {
  const { definition } = await compileResolved(step(options));
  const state = definition.States["Clean"] as { readonly Parameters: Record<string, Json> };
  return state.Parameters;
}

function issuesOf(options: Partial<ProcessingStepOptions>): readonly string[] {
  try {
    compile(step(options));
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code, message }) => `${code}: ${message}`);
    throw error;
  }
  return [];
}

describe("1: a placeholder among container_arguments is not JSON serializable (S#94, S#139, S#197)", () => {
  const argumentsOf = async (options: Partial<ProcessingStepOptions>): Promise<unknown> =>
    (await requestOf(options))["AppSpecification"];

  test("one item of the list may be a placeholder", async () => {
    expect(await argumentsOf({ containerArguments: ["--name", input.name] })).toMatchObject({
      "ContainerArguments.$": "States.Array('--name', $$.Execution.Input['name'])",
    });
  });

  test("lists within lists too", () => {
    const pass = new Pass("A", { parameters: { rows: [["a", [input.name]]] } });
    expect(compile(pass).States["A"]).toMatchObject({
      Parameters: { "rows.$": "States.Array(States.Array('a', States.Array($$.Execution.Input['name'])))" },
    });
  });

  test("a path that is a text stays a text, as it is written", async () => {
    expect(await argumentsOf({ containerArguments: ["$.name"] })).toMatchObject({ ContainerArguments: ["$.name"] });
  });
});

const estimator = new Estimator({
  session,
  role,
  imageUri: "x/train:1",
  instanceCount: 1,
  instanceType: "ml.m5.large",
  outputPath: text`s3://models/${input.name}`,
  hyperparameters: { epochs: 3, rate: 0.1 },
});

async function trainingOf(options: Partial<TrainingStepOptions>): Promise<Record<string, Json>> {
  const training = new TrainingStep("Train", { estimator, jobName: "train", ...options } as TrainingStepOptions);
  const { definition } = await compileResolved(training);
  return (definition.States["Train"] as unknown as { readonly Parameters: Record<string, Json> }).Parameters;
}

describe("2: placeholders do not reach estimators, processors, output paths and channels; no text is built of them (S#85, S#142, S#39, S#97)", () => {
  test("an output path is a text with placeholders in it", async () => {
    expect((await trainingOf({}))["OutputDataConfig"]).toEqual({
      "S3OutputPath.$": "States.Format('s3://models/{}', $$.Execution.Input['name'])",
    });
    const outputs = [
      new ProcessingOutput({
        outputName: "o",
        source: "/opt/ml/processing/o",
        destination: text`s3://b/${input.name}`,
      }),
    ];
    expect(await requestOf({ outputs })).toMatchObject({
      ProcessingOutputConfig: {
        Outputs: [{ S3Output: { "S3Uri.$": "States.Format('s3://b/{}', $$.Execution.Input['name'])" } }],
      },
    });
  });

  test("so are the data of a channel", async () => {
    const [channel] = (await trainingOf({ data: { train: text`s3://b/${input.name}` } }))[
      "InputDataConfig"
    ] as readonly Json[];
    expect(channel).toMatchObject({
      ChannelName: "train",
      DataSource: { S3DataSource: { "S3Uri.$": "States.Format('s3://b/{}', $$.Execution.Input['name'])" } },
    });
  });

  test("fields of an estimator and of a processor take them", async () => {
    const large = new Estimator({
      ...estimator.options,
      imageUri: "x/train:1",
      instanceCount: input.size,
      volumeSizeInGb: input.size,
    });
    expect((await trainingOf({ estimator: large }))["ResourceConfig"]).toMatchObject({
      "InstanceCount.$": "$$.Execution.Input['size']",
      "VolumeSizeInGB.$": "$$.Execution.Input['size']",
    });
    const named = new Processor({ ...processor.options, imageUri: input.uri, instanceCount: input.size });
    expect(await requestOf({ processor: named })).toMatchObject({
      AppSpecification: { "ImageUri.$": "$$.Execution.Input['uri']" },
      ProcessingResources: { ClusterConfig: { "InstanceCount.$": "$$.Execution.Input['size']" } },
    });
  });
});

describe("3: hyperparameters are lost, or keep those of another run (S#152, S#159, S#65)", () => {
  test("the step's stand over the estimator's, placeholders too, and all are texts", async () => {
    expect((await trainingOf({ hyperparameters: { epochs: input.size, depth: 2 } }))["HyperParameters"]).toEqual({
      "epochs.$": "States.Format('{}', $$.Execution.Input['size'])",
      rate: "0.1",
      depth: "2",
    });
  });

  test("one step's hyperparameters are not in another one's", async () => {
    await trainingOf({ hyperparameters: { epochs: 99, depth: 9 } });
    expect((await trainingOf({}))["HyperParameters"]).toEqual({ epochs: "3", rate: "0.1" });
  });

  test("a TrainingPipeline takes those of an execution for that execution alone", async () => {
    const aws = new FakeAws({
      CreateStateMachine: () => ({ stateMachineArn: arn, creationDate: new Date() }),
      StartExecution: ({ name }) => ({ executionArn: `${arn}:${String(name)}`, startDate: new Date() }),
    });
    const own = new Estimator({
      ...estimator.options,
      imageUri: "x/train:1",
      session: aws.session(),
      outputPath: "s3://models",
    });
    const pipeline = new TrainingPipeline({
      estimator: own,
      role,
      inputs: { train: "s3://b/train" },
      s3Bucket: "models",
    });
    await pipeline.create();
    await pipeline.execute({ jobName: "one", hyperparameters: { epochs: 99 } });
    await pipeline.execute({ jobName: "two" });
    const given = aws
      .inputsOf("StartExecution")
      .map(({ input: text }) => JSON.parse(String(text)) as Record<string, JsonObject>);
    expect(given.map(({ Training }) => Training?.["HyperParameters"])).toEqual([
      { epochs: "99" },
      { epochs: "3", rate: "0.1" },
    ]);
  });
});

describe("4: there is no ResultSelector (S#95, S#102, S#185)", () => {
  test("resultSelector picks from the result, and the output has the type of what it picks", () => {
    const count = new Task("Count", {
      resource: "arn:aws:states:::aws-sdk:s3:listObjectsV2",
      parameters: { Bucket: input.name },
      outputSchema: z.object({ KeyCount: z.number(), Name: z.string() }),
      resultSelector: (result) => ({ count: result.KeyCount }),
    });
    const use = new Pass("Use", { parameters: { count: count.output.count } });
    expect(compile(Chain.of(count, use)).States).toMatchObject({
      Count: { ResultSelector: { "count.$": "$['KeyCount']" } },
      Use: { Parameters: { "count.$": "$['count']" } },
    });
  });
});

describe("5: Map takes no placeholder for its items, and has none for the item (S#101, S#158)", () => {
  test("items of the input, item and index within", () => {
    const each = new MapStep("Each", {
      items: input.rows,
      processor: ({ item, index }) => new Pass("Row", { parameters: { id: item.id, index } }),
    });
    expect(compile(each).States["Each"]).toMatchObject({
      ItemsPath: "$$.Execution.Input['rows']",
      ItemProcessor: {
        States: { Row: { Parameters: { "id.$": "$$.Map.Item.Value['id']", "index.$": "$$.Map.Item.Index" } } },
      },
    });
  });

  test("other paths take placeholders too", () => {
    const pass = new Pass("A", { inputPath: input.rows[0] });
    expect(compile(pass).States["A"]).toMatchObject({ InputPath: "$$.Execution.Input['rows'][0]" });
  });
});

describe("6: a retry meets the name of the job that failed (S#140)", () => {
  const retry: Retry = { errorEquals: ["States.TaskFailed"] };

  test("without a name, each try has one of its own", async () => {
    const { definition } = await compileResolved(step({ jobName: undefined, retry } as never));
    const answers = [
      { state: "Clean", endEvent: "TaskFailed", error: "SageMaker.Failed" },
      { state: "Clean", endEvent: "TaskSucceeded", output: {} },
    ];
    const { events, status } = run(definition as unknown as JsonObject, {}, answers);
    const names = events.flatMap(({ taskScheduledEventDetails: details }) =>
      details === undefined
        ? []
        : [(JSON.parse((details as { parameters: string }).parameters) as JsonObject)["ProcessingJobName"]],
    );
    expect([status, names.length, new Set(names).size]).toEqual(["SUCCEEDED", 2, 2]);
  });

  test("a retry that could not succeed is refused when the workflow is compiled", () => {
    expect(issuesOf({ retry })[0]).toMatch(/^retry_of_taken_name: expected another ProcessingJobName at each try/);
  });
});

const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:flow";
const taken = awsError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`);
const other = {
  name: "flow",
  roleArn: "arn:aws:iam::123456789012:role/Runner",
  definition: '{"StartAt":"Z","States":{"Z":{"Type":"Succeed"}}}',
};

describe("7: no create-or-update in one call; an execution right after an update runs the old definition (S#168, S#46)", () => {
  const flow = (answers: Parameters<typeof fakeSession>[0]): [Workflow, ReturnType<typeof fakeSession>] => {
    const aws = fakeSession(answers);
    return [new Workflow({ session: aws, role: "Runner", name: "flow", definition: new Pass("A") }), aws];
  };

  test("upsert creates the machine, or updates the one that has the name", async () => {
    const [fresh, empty] = flow({ CreateStateMachine: () => ({ stateMachineArn: arn, creationDate: new Date() }) });
    expect([await fresh.upsert(), empty.calls.map(({ operation }) => operation)]).toEqual([
      arn,
      ["CreateStateMachine"],
    ]);
    const [again, full] = flow({ CreateStateMachine: taken, DescribeStateMachine: other, UpdateStateMachine: {} });
    expect([await again.upsert(), full.calls.at(-1)?.operation]).toEqual([arn, "UpdateStateMachine"]);
  });

  test("an execution can be held to the version that was just published", async () => {
    const started = { executionArn: `${arn.replace("stateMachine", "execution")}:run`, startDate: new Date(0) };
    const [workflow, aws] = flow({
      CreateStateMachine: taken,
      DescribeStateMachine: other,
      UpdateStateMachine: { stateMachineVersionArn: `${arn}:7` },
      StartExecution: started,
    });
    await workflow.upsert({ publish: true });
    await workflow.execute({}, { version: workflow.versionArn ?? "" });
    expect(aws.calls.at(-1)?.input).toMatchObject({ stateMachineArn: `${arn}:7` });
  });

  test("create tells what differs in the machine that has the name", async () => {
    const [workflow] = flow({ CreateStateMachine: taken, DescribeStateMachine: other });
    const error = await workflow.create().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WorkflowExistsError);
    expect((error as WorkflowExistsError).differences.join("\n")).toContain("StartAt");
  });
});

test("8: type, logging, tracing and encryption cannot be given (S#70, S#126)", async () => {
  const settings = {
    type: "EXPRESS" as const,
    loggingConfiguration: {
      level: "ALL" as const,
      destinations: [
        { cloudWatchLogsLogGroup: { logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:flow:*" } },
      ],
    },
    tracingConfiguration: { enabled: true },
    encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY" as const, kmsKeyId: "key" },
  };
  const aws = fakeSession({ CreateStateMachine: () => ({ stateMachineArn: arn, creationDate: new Date() }) });
  await new Workflow({ session: aws, role: "Runner", name: "flow", definition: new Pass("A"), ...settings }).create();
  expect(aws.calls[0]?.input).toMatchObject(settings);
});

describe("9: the graph loads scripts of a private CDN through RequireJS, and shows in the classic Jupyter alone (S#127, S#189, S#29, S#54, S#6, S#41)", () => {
  const definition = Chain.of(
    new Pass("Read <b>"),
    new Choice("Large?").when(when(input.size).greaterThan(3), new Pass("Split")),
  );
  const workflow = new Workflow({ session: fakeSession({}), role: "Runner", name: "flow", definition, input });

  test("HTML with the picture in it, which loads nothing and in which names are texts", async () => {
    const html = (await workflow.renderGraph()).toHtml();
    expect(html).toContain("Read &lt;b&gt;");
    expect(html).not.toMatch(/<script|<link|<img|<iframe|src=|@import|url\(|require/);
  });

  test("a text for a terminal or a plain script", async () => {
    const text = (await workflow.renderGraph()).toText();
    for (const name of ["Read <b>", "Large?", "Split"]) expect(text).toContain(name);
  });

  test("Mermaid, for pages that draw it", async () => {
    expect((await workflow.renderGraph({ portrait: true })).toMermaid()).toMatch(/^flowchart TB/);
  });
});

describe("10: EndpointStep does not wait until the endpoint is in service (S#75, amazon-sagemaker-examples#1317)", () => {
  const deploy = new EndpointStep("Deploy", { session, endpointName: "churn", endpointConfigName: "churn-2" });
  const serving = waitUntilInService(deploy, { pollSeconds: 60 });
  const found = (status: string, more: object = {}) => ({
    state: "Deploy: describe",
    endEvent: "TaskSucceeded",
    output: { EndpointName: "churn", EndpointConfigName: "churn-2", EndpointStatus: status, ...more },
  });
  const runs = async (...answers: readonly ReturnType<typeof found>[]): Promise<ReturnType<typeof run>> => {
    const { definition } = await compileResolved(Chain.of(deploy, serving.chain));
    const accepted = { state: "Deploy", endEvent: "TaskSucceeded", output: { EndpointArn: "arn:endpoint" } };
    return run(definition as unknown as JsonObject, {}, [accepted, ...answers]);
  };

  test("waitUntilInService asks until it is", async () => {
    const { status, output } = await runs(found("Creating"), found("Creating"), found("InService"));
    expect([status, JSON.parse(output ?? "")]).toMatchObject(["SUCCEEDED", { EndpointStatus: "InService" }]);
  });

  test("and fails with the reason where it never will be", async () => {
    const { status, cause } = await runs(found("Creating"), found("Failed", { FailureReason: "no capacity" }));
    expect([status, cause]).toEqual(["FAILED", expect.stringContaining("no capacity")]);
  });
});

describe("11: fields such as the processor's NetworkConfig and the model's VPC are dropped in silence (S#100)", () => {
  const vpc = { SecurityGroupIds: ["sg-1"], Subnets: ["subnet-1", "subnet-2"] };
  const networkConfig = new NetworkConfig({
    enableNetworkIsolation: true,
    encryptInterContainerTraffic: true,
    securityGroupIds: vpc.SecurityGroupIds,
    subnets: vpc.Subnets,
  });

  // That no option of any object is dropped is told by the tables of the tests for each object: "each option is emitted or refused".
  test("a processor's network is in the request", async () => {
    const inVpc = new Processor({ ...processor.options, imageUri: "x/clean:1", networkConfig });
    expect((await requestOf({ processor: inVpc }))["NetworkConfig"]).toEqual({
      EnableNetworkIsolation: true,
      EnableInterContainerTrafficEncryption: true,
      VpcConfig: vpc,
    });
  });

  test("so are a model's VPC and isolation", async () => {
    const model = new Model({ session, role, imageUri: "x/model:1", vpcConfig: vpc, enableNetworkIsolation: true });
    const { definition } = await compileResolved(new ModelStep("Model", { model, modelName: "m" }));
    expect(definition.States["Model"]).toMatchObject({ Parameters: { VpcConfig: vpc, EnableNetworkIsolation: true } });
  });

  test("an option that is unknown is refused", () => {
    const misspelt = new Processor({
      ...processor.options,
      imageUri: "x/clean:1",
      networkConfiguration: networkConfig,
    } as never);
    expect(issuesOf({ processor: misspelt })[0]).toMatch(
      /^unknown_option: Processor has no option "networkConfiguration"/,
    );
  });
});

describe("12: empty lists, empty texts and numbers fail only when the job starts (S#34, M#1342, M#3758, M#4867, M#2425, M#2978)", () => {
  test("an empty list of arguments is left out, as the API refuses it", async () => {
    expect((await requestOf({ arguments: [] }))["AppSpecification"]).toEqual({ ImageUri: "x/clean:1" });
  });

  test("numbers and booleans are written as texts", async () => {
    expect((await requestOf({ arguments: ["--rows", 3, true] }))["AppSpecification"]).toMatchObject({
      ContainerArguments: ["--rows", "3", "true"],
    });
  });

  test("an empty text is refused when the workflow is compiled", () => {
    expect(issuesOf({ arguments: ["--name", ""] })).toMatchInlineSnapshot(`
      [
        "invalid_text: expected a text of 1 to 256 characters, got """,
      ]
    `);
  });
});

/** A processor that runs scripts, uploads to `codeLocation`, and what a deployment uploads for a step of it. */
async function deployed(
  options: Partial<ProcessingStepOptions>,
  codeLocation?: string,
): Promise<{ readonly entrypoint: unknown; readonly uris: readonly unknown[]; readonly keys: readonly string[] }> {
  const aws = new FakeAws({ CreateStateMachine: () => ({ stateMachineArn: arn, creationDate: new Date() }) });
  const script = new ScriptProcessor({
    session: aws.session(),
    role,
    imageUri: "x/clean:1",
    command: ["python3"],
    instanceCount: 1,
    instanceType: "ml.m5.large",
    ...(codeLocation === undefined ? {} : { codeLocation }),
  });
  const definition = step({ processor: script, ...options });
  const workflow = new Workflow({ session: script.session, role, name: "flow", definition });
  await workflow.create();
  const { Parameters } = (await workflow.definition()).States["Clean"] as unknown as {
    readonly Parameters: {
      readonly AppSpecification: { readonly ContainerEntrypoint: unknown };
      readonly ProcessingInputs?: readonly { readonly S3Input: { readonly S3Uri: unknown } }[];
    };
  };
  return {
    entrypoint: Parameters.AppSpecification.ContainerEntrypoint,
    uris: (Parameters.ProcessingInputs ?? []).map(({ S3Input }) => S3Input.S3Uri),
    keys: aws.inputsOf("PutObject").map(({ Bucket, Key }) => `${String(Bucket)}/${String(Key)}`),
  };
}

describe("13: a framework estimator's source is never uploaded, and its job name is another one than the job's (S#15, S#78)", () => {
  const deployedTraining = async (
    text: string,
  ): Promise<{ parameters: Record<string, Json>; keys: readonly string[] }> => {
    const aws = new FakeAws({ CreateStateMachine: () => ({ stateMachineArn: arn, creationDate: new Date() }) });
    const sourceDir = temporaryFiles({ "train.py": text });
    const sklearn = new SKLearn({
      session: aws.session(),
      role,
      entryPoint: "train.py",
      sourceDir,
      frameworkVersion: "1.2-1",
      instanceCount: 1,
      instanceType: "ml.m5.large",
    });
    const definition = new TrainingStep("Train", { estimator: sklearn });
    const workflow = new Workflow({ session: sklearn.session, role, name: "flow", definition });
    await workflow.create();
    const state = (await workflow.definition()).States["Train"] as unknown as {
      readonly Parameters: Record<string, Json>;
    };
    return { parameters: state.Parameters, keys: aws.inputsOf("PutObject").map(({ Key }) => String(Key)) };
  };

  test("the source is packed and uploaded by create(), under a key made of its contents", async () => {
    const [one, again, other] = [await deployedTraining("1"), await deployedTraining("1"), await deployedTraining("2")];
    expect(one.keys).toEqual([expect.stringMatching(/^sfn-ds\/[0-9a-f]{32}\/sourcedir\.tar\.gz$/)]);
    expect(again.keys).toEqual(one.keys);
    expect(other.keys).not.toEqual(one.keys);
    expect(JSON.stringify(one.parameters["HyperParameters"])).toContain(one.keys[0]);
  });

  test("the job's name among the hyperparameters is the job's", async () => {
    const { parameters } = await deployedTraining("1");
    const name = String(parameters["TrainingJobName.$"]);
    const { "sagemaker_job_name.$": given } = parameters["HyperParameters"] as Record<string, string>;
    const visit = {
      execution: arn,
      redrives: 0,
      state: "Train",
      entered: "2026-01-01T00:00:00.000Z",
      indices: [],
      retries: 1,
    };
    expect(JSON.parse(await evaluatedName(given ?? "", visit))).toBe(await evaluatedName(name, visit));
  });
});

describe("14: a ScriptProcessor takes one file only, not a folder, requirements or nothing (M#1248, M#2857, M#2117, M#4968, M#4904)", () => {
  test("a folder goes up whole, and its requirements are installed before its program runs", async () => {
    const folder = temporaryFiles({ "main.py": "import lib", "lib.py": "", "requirements.txt": "pandas" });
    const { entrypoint, keys } = await deployed({ code: folder, entryPoint: "main.py" });
    expect(keys.map((key) => key.slice(key.lastIndexOf("/") + 1)).sort()).toEqual([
      "lib.py",
      "main.py",
      "requirements.txt",
    ]);
    expect((entrypoint as readonly string[]).join(" ")).toMatch(/pip install.* requirements\.txt.*main\.py$/);
  });

  test("no code at all is right too: the command runs alone", async () => {
    expect(await deployed({})).toEqual({ entrypoint: ["python3"], uris: [], keys: [] });
  });
});

describe("15: code lies at the root of the bucket under the name of a job; no prefix can be chosen (M#1973, M#4879, M#1163, M#5773)", () => {
  test("codeLocation is the bucket and the prefix", async () => {
    const code = `${temporaryFiles({ "main.py": "1" })}/main.py`;
    const { keys } = await deployed({ code }, "s3://team-bucket/code/clean");
    expect(keys).toEqual([expect.stringMatching(/^team-bucket\/code\/clean\/(?:sfn-ds\/)?[0-9a-f]{32}\/main\.py$/)]);
  });

  test("a key is made of the contents: the definition stays the same until the code changes", async () => {
    const urisOf = async (text: string): Promise<readonly unknown[]> =>
      (await deployed({ code: `${temporaryFiles({ "main.py": text })}/main.py` })).uris;
    const [one, again, other] = [await urisOf("1"), await urisOf("1"), await urisOf("2")];
    expect([one, again.join() === one.join(), other.join() === one.join()]).toEqual([
      [expect.stringMatching(/^s3:\/\/.+\/sfn-ds\/[0-9a-f]{32}\/main\.py$/)],
      true,
      false,
    ]);
  });
});
