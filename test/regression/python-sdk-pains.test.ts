import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compileResolved } from "../../src/compile/compile.js";
import {
  Chain,
  compile,
  DefinitionError,
  ExecutionInput,
  Map as MapStep,
  Pass,
  type Retry,
  Task,
  Workflow,
  WorkflowExistsError,
} from "../../src/index.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { ProcessingStep, type ProcessingStepOptions, Processor, ScriptProcessor } from "../../src/sagemaker/index.js";
import { FakeAws } from "../unit/fake-aws.js";
import { awsError, fakeSession } from "../unit/fake-session.js";
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
