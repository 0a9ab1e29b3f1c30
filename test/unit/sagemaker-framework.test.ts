import { createHash } from "node:crypto";
import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compileResolved } from "../../src/compile/compile.js";
import { text } from "../../src/expression/text.js";
import { sourceArchiveUri } from "../../src/sagemaker/assets/source-archive.js";
import { DebuggerHookConfig } from "../../src/sagemaker/training/debugger.js";
import type { EstimatorOptions } from "../../src/sagemaker/training/estimator.js";
import {
  type Framework,
  HuggingFace,
  type HuggingFaceOptions,
  MXNet,
  PyTorch,
  SKLearn,
  type TensorFlowOptions,
  XGBoost,
} from "../../src/sagemaker/training/framework-estimator.js";
import { awsError, FakeAws, fakeBucket } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";
import {
  base,
  expectRow,
  input,
  type Options,
  ofInput,
  problemsOf,
  type Row,
  requestOf,
  scripted,
  training,
} from "./training-request.js";

const step = (options: Options) => training({ estimator: scripted(options) });
const hyper = async (options: Options): Promise<Record<string, unknown>> =>
  (await requestOf(step(options)))["HyperParameters"] as Record<string, unknown>;

test("a script in an archive of S3", async () => {
  expect(
    await requestOf(step({ hyperparameters: { epochs: 3, name: "x", flag: true, rate: input.count } })),
  ).toMatchObject({
    AlgorithmSpecification: {
      TrainingImage: "763104351884.dkr.ecr.us-east-1.amazonaws.com/tensorflow-training:2.16-cpu-py310",
    },
    HyperParameters: {
      epochs: "3",
      name: '"x"',
      flag: "true",
      "rate.$": `States.Format('{}', ${ofInput("count")})`,
      sagemaker_submit_directory: '"s3://b/src.tar.gz"',
      sagemaker_program: '"t.py"',
      sagemaker_container_log_level: "20",
      sagemaker_job_name: '"job"',
      sagemaker_region: '"us-east-1"',
      model_dir: '"s3://b/models/job/model"',
    },
    DebugHookConfig: { S3OutputPath: "s3://b/models" },
  });
});

describe("each option of a framework's estimator is emitted or refused", () => {
  type Own = Omit<TensorFlowOptions & HuggingFaceOptions, Exclude<keyof EstimatorOptions, "imageUri">>;
  const rows: { readonly [K in keyof Required<Own>]: Row } = {
    imageUri: {
      value: "own",
      beside: { frameworkVersion: undefined, pyVersion: undefined },
      gives: { AlgorithmSpecification: { TrainingImage: "own" } },
    },
    entryPoint: {
      value: input.text,
      gives: { HyperParameters: { "sagemaker_program.$": `States.Format('"{}"', ${ofInput("text")})` } },
    },
    sourceDir: {
      value: input.text,
      gives: { HyperParameters: { "sagemaker_submit_directory.$": `States.Format('"{}"', ${ofInput("text")})` } },
    },
    dependencies: { value: ["a"], refused: "conflicting_options estimator.dependencies" },
    frameworkVersion: { value: "0.1", refused: "unknown_image estimator.frameworkVersion" },
    pyVersion: { value: "py1", refused: "unknown_image estimator.pyVersion" },
    codeLocation: {
      value: "bucket",
      beside: { sourceDir: undefined, entryPoint: import.meta.filename },
      refused: "invalid_code estimator.codeLocation",
    },
    containerLogLevel: {
      value: input.count,
      gives: { HyperParameters: { "sagemaker_container_log_level.$": `States.Format('{}', ${ofInput("count")})` } },
    },
    distribution: {
      value: { parameterServer: { enabled: true } },
      gives: { HyperParameters: { sagemaker_parameter_server_enabled: "true" } },
    },
    modelDir: { value: "/opt/ml/model", gives: { HyperParameters: { model_dir: '"/opt/ml/model"' } } },
    transformersVersion: { value: "4.36", refused: "unknown_option estimator.transformersVersion" },
    pytorchVersion: { value: "2.1", refused: "unknown_option estimator.pytorchVersion" },
    tensorflowVersion: { value: "2.6", refused: "unknown_option estimator.tensorflowVersion" },
  };
  test.each(Object.entries(rows))("%s", (name, row) => expectRow(row, step, name));
});

test("a training that is spread over instances", async () => {
  const distribution = {
    mpi: { enabled: true, processesPerHost: input.count, customMpiOptions: "-verbose" },
    torchDistributed: { enabled: false },
    pytorchddp: { enabled: input.flag },
    smdistributed: { dataparallel: { enabled: true, customMpiOptions: "-x" } },
  };
  expect(await hyper({ distribution })).toMatchObject({
    model_dir: '"/opt/ml/model"',
    sagemaker_mpi_enabled: "true",
    "sagemaker_mpi_num_of_processes_per_host.$": `States.Format('{}', ${ofInput("count")})`,
    sagemaker_mpi_custom_mpi_options: '"-verbose"',
    sagemaker_torch_distributed_enabled: "false",
    "sagemaker_pytorch_ddp_enabled.$": `States.Format('{}', ${ofInput("flag")})`,
    sagemaker_distributed_dataparallel_enabled: "true",
    sagemaker_distributed_dataparallel_custom_mpi_options: '"-x"',
    sagemaker_instance_type: '"ml.m5.xlarge"',
  });
  const server = { parameterServer: { enabled: true } };
  expect(await requestOf(step({ distribution: server }))).not.toHaveProperty("DebugHookConfig");
  expect(problemsOf(step({ distribution: { horovod: {} } }))).toContain(
    "unknown_option estimator.distribution.horovod",
  );
  expect(problemsOf(step({ distribution: { mpi: true } }))).toContain("invalid_estimator estimator.distribution.mpi");
});

test("no model directory where none is wanted", async () => {
  expect(await hyper({ modelDir: false })).not.toHaveProperty("model_dir");
});

test("the debugger saves nothing where that is said, or where it is not", async () => {
  expect(await requestOf(step({ debuggerHookConfig: false }))).not.toHaveProperty("DebugHookConfig");
  const session = new FakeAws().session({ region: "us-iso-east-1" });
  expect(
    await requestOf(step({ session, imageUri: "i", frameworkVersion: undefined, pyVersion: undefined })),
  ).not.toHaveProperty("DebugHookConfig");
  const debuggerHookConfig = new DebuggerHookConfig({ s3OutputPath: "s3://b/d" });
  expect(await requestOf(step({ debuggerHookConfig }))).toMatchObject({
    DebugHookConfig: { S3OutputPath: "s3://b/d" },
  });
});

test("a job name that is known later stands in all its places", async () => {
  const { HyperParameters } = await requestOf(training({ estimator: scripted(), jobName: input.text }));
  expect(HyperParameters).toMatchObject({
    "sagemaker_job_name.$": `States.Format('"{}"', ${ofInput("text")})`,
    "model_dir.$": `States.Format('"s3://b/models/{}/model"', ${ofInput("text")})`,
  });
  const later = await requestOf(training({ estimator: scripted(), jobName: text`a-${input.text}` }));
  expect(JSON.stringify(later["HyperParameters"])).toContain("s3://b/models/");
});

test("a placeholder of all hyperparameters would drop the script", () => {
  const problems = problemsOf(training({ estimator: scripted(), hyperparameters: input.object }));
  expect(problems).toEqual(["invalid_estimator Parameters.HyperParameters"]);
});

test("a container without a network finds the source in a channel", async () => {
  const request = await requestOf(step({ enableNetworkIsolation: true }));
  expect(request).toMatchObject({
    HyperParameters: { sagemaker_submit_directory: '"/opt/ml/input/data/code/sourcedir.tar.gz"' },
    InputDataConfig: [{ ChannelName: "code", DataSource: { S3DataSource: { S3Uri: "s3://b/src.tar.gz" } } }],
  });
});

describe("each framework has its image", () => {
  const own = { ...base, imageUri: undefined, entryPoint: "t.py", sourceDir: "s3://b/s.tar.gz" };
  const made = {
    pytorch: () => new PyTorch({ ...own, frameworkVersion: "2.1", pyVersion: "py310" } as never),
    sklearn: () => new SKLearn({ ...own, frameworkVersion: "1.2-1" } as never),
    xgboost: () => new XGBoost({ ...own, frameworkVersion: "1.7-1" } as never),
    mxnet: () => new MXNet({ ...own, frameworkVersion: "1.9.0", pyVersion: "py38" } as never),
    huggingface: () =>
      new HuggingFace({
        ...own,
        instanceType: "ml.p3.2xlarge",
        transformersVersion: "4.28",
        pytorchVersion: "2.0",
        pyVersion: "py310",
      } as never),
  } satisfies { readonly [K in Exclude<Framework, "tensorflow">]: () => unknown };
  test.each(Object.entries(made))("%s", async (name, make) => {
    const request = JSON.stringify(await requestOf(training({ estimator: make() })));
    expect(request).toMatch(new RegExp(`amazonaws.com/[a-z-]*${name === "sklearn" ? "scikit-learn" : name}[a-z-]*:`));
  });

  test("Transformers runs on one of two", () => {
    const both = new HuggingFace({
      ...own,
      transformersVersion: "4",
      pytorchVersion: "2",
      tensorflowVersion: "2",
    } as never);
    expect(problemsOf(training({ estimator: both }))).toContain("conflicting_options estimator.tensorflowVersion");
  });
});

describe("source on this machine", () => {
  test.each([
    { options: { sourceDir: undefined, entryPoint: "/nowhere.py" }, problem: "missing_file estimator.entryPoint" },
    { options: { sourceDir: "/nowhere" }, problem: "missing_file estimator.sourceDir" },
    { options: { sourceDir: undefined, entryPoint: "https://x/y" }, problem: "invalid_estimator estimator.entryPoint" },
    { options: { sourceDir: undefined, entryPoint: input.text }, problem: "invalid_estimator estimator.entryPoint" },
    { options: { sourceDir: "ftp://x" }, problem: "invalid_estimator estimator.sourceDir" },
    { options: { entryPoint: "" }, problem: "invalid_estimator estimator.entryPoint" },
  ])("$problem", ({ options, problem }) => {
    expect(problemsOf(step(options))).toContain(problem);
  });

  test("a script that is not in its folder is missing", () => {
    const sourceDir = temporaryFiles({ "a.py": "" });
    expect(problemsOf(step({ sourceDir, entryPoint: "b.py" }))).toEqual(["missing_file estimator.entryPoint"]);
  });

  test("is packed and uploaded once, under a key of its contents", async () => {
    const folder = temporaryFiles({ "src/train.py": "print(1)", "src/lib/a.py": "2", "more/helper.py": "3" });
    const aws = new FakeAws();
    const options = {
      session: aws.session(),
      sourceDir: join(folder, "src"),
      entryPoint: "train.py",
      dependencies: [join(folder, "more"), join(folder, "more/helper.py")],
    };
    const { deferred } = await compileResolved(step(options));
    expect(aws.operations).not.toContain("PutObject");
    const events: unknown[] = [];
    for (const value of deferred) await value.deploy?.((event) => events.push(event));
    const [put] = aws.inputsOf("PutObject");
    const uri = `s3://${fakeBucket}/${String(put?.["Key"])}`;
    expect((await hyper(options))["sagemaker_submit_directory"]).toBe(JSON.stringify(uri));
    expect((await hyper(options))["sagemaker_program"]).toBe('"train.py"');
    expect(uri).toMatch(/\/sfn-ds\/[0-9a-f]{32}\/sourcedir\.tar\.gz$/);
    expect(events).toMatchObject([{ kind: "uploaded", uri }]);
    expect(await contentsOf(put?.["Body"] as Buffer)).toEqual({
      "train.py": "print(1)",
      "lib/a.py": "2",
      "more/helper.py": "3",
      "helper.py": "3",
    });
  });

  test("one file goes under its own name", async () => {
    const folder = temporaryFiles({ "code/train.py": "1" });
    const request = await hyper({ sourceDir: undefined, entryPoint: join(folder, "code/train.py") });
    expect(request["sagemaker_program"]).toBe('"train.py"');
  });

  test("goes where codeLocation says", async () => {
    const folder = temporaryFiles({ "train.py": "1" });
    const options = { sourceDir: folder, entryPoint: "train.py", codeLocation: "s3://own/some/code/" };
    expect((await hyper(options))["sagemaker_submit_directory"]).toMatch(
      /^"s3:\/\/own\/some\/code\/[0-9a-f]{32}\/sourcedir\.tar\.gz"$/,
    );
  });
});

describe("an archive of source", () => {
  const deploy = async (aws: FakeAws, path: string): Promise<Buffer> => {
    await sourceArchiveUri(aws.session(), [path]).deploy?.(() => undefined);
    return aws.inputsOf("PutObject").at(-1)?.["Body"] as Buffer;
  };

  test("has the same bytes whenever and wherever it is made", async () => {
    const digests = new Set<string>();
    for (const time of [1, 1_000_000]) {
      const folder = temporaryFiles({ "a.py": "1", [`${"d".repeat(90)}/${"long".repeat(20)}.py`]: "2" });
      utimesSync(join(folder, "a.py"), time, time);
      digests.add(
        createHash("sha256")
          .update(await deploy(new FakeAws(), folder))
          .digest("hex"),
      );
    }
    expect(digests.size).toBe(1);
  });

  test("that is there is not uploaded again", async () => {
    const folder = temporaryFiles({ "a.py": "1" });
    const aws = new FakeAws({ HeadObject: () => ({}) });
    const events: unknown[] = [];
    await sourceArchiveUri(aws.session(), [folder]).deploy?.((event) => events.push(event));
    expect(aws.operations).not.toContain("PutObject");
    expect(events).toMatchObject([{ kind: "unchanged", sizeBytes: 1 }]);
  });

  test("that a definition names twice is sent once", async () => {
    const aws = new FakeAws({ HeadObject: () => awsError("NotFound", 404) });
    const { deploy } = sourceArchiveUri(aws.session(), [temporaryFiles({ "a.py": "1" })]);
    await Promise.all([deploy?.(() => undefined), deploy?.(() => undefined)]);
    expect(aws.operations.filter((operation) => operation === "PutObject")).toHaveLength(1);
  });

  test("has another key when a file has changed", async () => {
    const folder = temporaryFiles({ "a.py": "1" });
    const archive = sourceArchiveUri(new FakeAws().session(), [folder]);
    const before = await archive.resolve();
    writeFileSync(join(folder, "a.py"), "2");
    expect(await archive.resolve()).not.toBe(before);
  });

  test("is refused when it has changed since its URI stands in a definition", async () => {
    const folder = temporaryFiles({ "a.py": "1" });
    const aws = new FakeAws({ HeadObject: () => awsError("NotFound", 404) });
    const archive = sourceArchiveUri(aws.session(), [folder]);
    await archive.resolve();
    writeFileSync(join(folder, "a.py"), "2");
    await expect(archive.deploy?.(() => undefined)).rejects.toMatchObject({ code: "unreadable_file" });
    expect(aws.operations).not.toContain("PutObject");
  });

  test("cannot hold two files under one name", async () => {
    const folder = temporaryFiles({ "src/a.py": "1", "more/a.py": "2" });
    const contents = [join(folder, "src"), join(folder, "more/a.py")] as const;
    await expect(sourceArchiveUri(new FakeAws().session(), contents).resolve()).rejects.toMatchObject({
      code: "unreadable_file",
    });
  });

  test("of files that are gone cannot be made", async () => {
    const folder = temporaryFiles({ "a.py": "1" });
    const archive = sourceArchiveUri(new FakeAws().session(), [folder]);
    await archive.resolve();
    rmSync(join(folder, "a.py"));
    await expect(archive.deploy?.(() => undefined)).rejects.toMatchObject({ code: "unreadable_file" });
  });
});

/** Files of an archive by their names. */
async function contentsOf(archive: Buffer): Promise<Record<string, string>> {
  const { Parser } = await import("tar");
  const found: Record<string, string> = {};
  const parser = new Parser({
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on("data", (chunk) => chunks.push(chunk as Buffer));
      entry.on("end", () => {
        found[entry.path] = Buffer.concat(chunks).toString("utf8");
      });
    },
  });
  await new Promise<void>((done, fail) => {
    parser.on("end", () => done());
    parser.on("error", fail);
    parser.end(archive);
  });
  return found;
}

test.each(["abc", null, input.texts])("dependencies that are no list are refused", (dependencies) => {
  expect(problemsOf(step({ dependencies }))).toEqual(["invalid_estimator estimator.dependencies"]);
});

test.each(["../train.py", "/train.py", "src/../../train.py"])("the script %s is not below its folder", (entryPoint) => {
  const folder = temporaryFiles({ "train.py": "", "src/other.py": "" });
  // There it is, but the archive does not have it.
  expect(problemsOf(step({ entryPoint, sourceDir: join(folder, "src") }))).toEqual([
    "invalid_code estimator.entryPoint",
  ]);
});

test("versions say nothing beside an image, and are refused", () => {
  expect(problemsOf(step({ imageUri: "own" }))).toEqual([
    "conflicting_options estimator.frameworkVersion",
    "conflicting_options estimator.pyVersion",
  ]);
});

test("hyperparameters that the container has of its own are refused", () => {
  expect(problemsOf(step({ hyperparameters: { sagemaker_program: "x.py" } }))).toEqual([
    "conflicting_options estimator.hyperparameters.sagemaker_program",
  ]);
});
