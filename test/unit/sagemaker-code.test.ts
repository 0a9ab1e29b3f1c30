import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import {
  FrameworkProcessor,
  type FrameworkProcessorOptions,
  SKLearnProcessor,
} from "../../src/sagemaker/processing/framework-processor.js";
import type { Processor } from "../../src/sagemaker/processing/processor.js";
import type { RunOptions } from "../../src/sagemaker/processing/run-processing-job.js";
import { ScriptProcessor, type ScriptProcessorOptions } from "../../src/sagemaker/processing/script-processor.js";
import { awsError, FakeAws, fakeBucket } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";

const quiet = { wait: false, logs: false, jobName: "j" } as const;
const base = { role: "arn:aws:iam::123456789012:role/R", instanceCount: 1, instanceType: "ml.m5.xlarge" } as const;

function script(aws: FakeAws, options: Partial<ScriptProcessorOptions> = {}): ScriptProcessor {
  return new ScriptProcessor({ ...base, session: aws.session(), imageUri: "i", command: ["python3"], ...options });
}

async function ran(processor: Processor, aws: FakeAws, options: RunOptions) {
  await processor.run({ ...quiet, ...options });
  const [request] = aws.inputsOf("CreateProcessingJob") as unknown as readonly {
    readonly AppSpecification: { readonly ImageUri: string; readonly ContainerEntrypoint?: readonly string[] };
    readonly ProcessingInputs?: readonly { readonly S3Input: { readonly S3Uri: string; readonly LocalPath: string } }[];
  }[];
  return {
    entrypoint: request?.AppSpecification.ContainerEntrypoint,
    image: request?.AppSpecification.ImageUri,
    input: request?.ProcessingInputs?.at(-1)?.S3Input,
    keys: aws
      .inputsOf("PutObject")
      .map(({ Key }) => String(Key))
      .sort(),
  };
}

async function problems(processor: Processor, options: RunOptions): Promise<readonly string[]> {
  const error: unknown = await processor.run({ ...quiet, ...options }).catch((reason: unknown) => reason);
  const { issues } = error as {
    readonly issues: readonly { readonly code: string; readonly path: readonly string[] }[];
  };
  return issues.map(({ code, path }) => `${code} ${path.join(".")}`);
}

const inFolder = (...steps: readonly string[]): readonly string[] => [
  "/bin/sh",
  "-c",
  ["cd /opt/ml/processing/input/code", ...steps, 'exec "$@"'].join(" && "),
  "sh",
];

describe("code", () => {
  test("none: the command runs alone", async () => {
    const aws = new FakeAws();
    const { entrypoint, input } = await ran(script(aws, { command: ["/app/run", "--all"] }), aws, {});
    expect([entrypoint, input]).toEqual([["/app/run", "--all"], undefined]);
  });

  test("a folder goes up whole under its hash, and is where its program runs", async () => {
    const folder = temporaryFiles({ "main.py": "1", "lib/a.py": "2" });
    const aws = new FakeAws();
    const { entrypoint, input, keys } = await ran(script(aws), aws, { code: folder, entryPoint: "main.py" });
    expect(entrypoint).toEqual([...inFolder(), "python3", "main.py"]);
    expect(input?.S3Uri).toMatch(new RegExp(`^s3://${fakeBucket}/sfn-ds/[0-9a-f]{32}/$`));
    expect(keys.map((key) => key.split("/").slice(2).join("/"))).toEqual(["lib/a.py", "main.py"]);
  });

  test("requirements are installed first, by the Python that runs the program", async () => {
    const folder = temporaryFiles({ "main.py": "1", "requirements.txt": "pandas" });
    const aws = new FakeAws();
    const processor = script(aws, { command: ["/opt/bin/python3.11", "-u"] });
    const { entrypoint } = await ran(processor, aws, { code: folder, entryPoint: "main.py" });
    const install = "/opt/bin/python3.11 -m pip install -r requirements.txt";
    expect(entrypoint).toEqual([...inFolder(install), "/opt/bin/python3.11", "-u", "main.py"]);
  });

  test("what Git and Python leave behind is not uploaded", async () => {
    const folder = temporaryFiles({ "main.py": "1" });
    const uriOf = async () => {
      const aws = new FakeAws();
      return (await ran(script(aws), aws, { code: folder, entryPoint: "main.py" })).input?.S3Uri;
    };
    const before = await uriOf();
    for (const name of ["__pycache__", ".git", "lib/__pycache__"]) {
      mkdirSync(`${folder}/${name}`, { recursive: true });
      writeFileSync(`${folder}/${name}/x`, "x");
    }
    expect(await uriOf()).toBe(before);
  });

  test("a folder of S3 is taken as it is; its requirements are looked for in the container", async () => {
    const aws = new FakeAws();
    const { entrypoint, input } = await ran(script(aws), aws, { code: "s3://b/src", entryPoint: "main.py" });
    const install = "if [ -f requirements.txt ]; then python3 -m pip install -r requirements.txt; fi";
    expect(entrypoint).toEqual([...inFolder(install), "python3", "main.py"]);
    expect([input?.S3Uri, input?.LocalPath]).toEqual(["s3://b/src/", "/opt/ml/processing/input/code"]);
  });

  test("an archive of S3 is unpacked", async () => {
    const aws = new FakeAws();
    const { entrypoint, input } = await ran(script(aws), aws, { sourceDir: "s3://b/x y.tar.gz", code: "main.py" });
    expect(entrypoint?.[2]).toContain("cd /opt/ml/processing/input/code && tar -xzf 'x y.tar.gz' && if [ -f");
    expect(input?.S3Uri).toBe("s3://b/x y.tar.gz");
  });

  test("sourceDir is the folder, and code the program in it", async () => {
    const folder = temporaryFiles({ "steps/main.py": "1" });
    const aws = new FakeAws();
    const { entrypoint } = await ran(script(aws), aws, { sourceDir: folder, code: "steps/main.py" });
    expect(entrypoint).toEqual([...inFolder(), "python3", "steps/main.py"]);
  });

  test("dependencies stand beside the code under their own names", async () => {
    const folder = temporaryFiles({ "main.py": "1", "shared/a.py": "2", "requirements.txt": "" });
    const aws = new FakeAws();
    const { entrypoint, keys } = await ran(script(aws), aws, {
      code: `${folder}/main.py`,
      dependencies: [`${folder}/shared`, `${folder}/requirements.txt`],
    });
    expect(entrypoint).toEqual([...inFolder("python3 -m pip install -r requirements.txt"), "python3", "main.py"]);
    expect(keys.map((key) => key.split("/").slice(2).join("/"))).toEqual([
      "main.py",
      "requirements.txt",
      "shared/a.py",
    ]);
  });

  test("two files of one name are refused", async () => {
    const folder = temporaryFiles({ "src/a.py": "1", "other/a.py": "2" });
    const aws = new FakeAws();
    const running = script(aws).run({
      ...quiet,
      sourceDir: `${folder}/src`,
      code: "a.py",
      dependencies: [`${folder}/other/a.py`],
    });
    await expect(running).rejects.toMatchObject({ code: "unreadable_file" });
  });

  test("an entrypoint of the processor's own needs no program", async () => {
    const aws = new FakeAws();
    const folder = temporaryFiles({ "main.sh": "1" });
    expect(await problems(script(aws), { code: folder })).toEqual(["invalid_code entryPoint"]);
  });

  const cases: readonly { readonly name: string; readonly options: RunOptions; readonly found: readonly string[] }[] = [
    {
      name: "a program that is not in the folder",
      options: { code: "src", entryPoint: "nope.py" },
      found: ["missing_file entryPoint"],
    },
    { name: "a program above", options: { code: "src", entryPoint: "../x.py" }, found: ["invalid_code entryPoint"] },
    { name: "an option as program", options: { code: "src", entryPoint: "-c" }, found: ["invalid_code entryPoint"] },
    { name: "a file as folder", options: { sourceDir: "package.json", code: "x" }, found: ["invalid_code sourceDir"] },
    { name: "a folder that is missing", options: { sourceDir: "nope", code: "x" }, found: ["missing_file sourceDir"] },
    { name: "a folder alone", options: { sourceDir: "src" }, found: ["invalid_code code"] },
    {
      name: "a program twice",
      options: { sourceDir: "src", code: "index.ts", entryPoint: "index.ts" },
      found: ["conflicting_options entryPoint"],
    },
    {
      name: "a program in a file",
      options: { code: "package.json", entryPoint: "x.py" },
      found: ["conflicting_options entryPoint"],
    },
    {
      name: "dependencies of code in S3",
      options: { code: "s3://b/x.py", dependencies: ["src"] },
      found: ["invalid_code dependencies"],
    },
    {
      name: "dependencies that are missing, or in S3",
      options: { code: "package.json", dependencies: ["nope", "s3://b/x"] },
      found: ["missing_file dependencies.0", "invalid_code dependencies.1"],
    },
    {
      name: "one dependency",
      options: { code: "package.json", dependencies: "src" as never },
      found: ["invalid_code dependencies"],
    },
    { name: "a program of nothing", options: { entryPoint: "x.py" }, found: ["invalid_code code"] },
  ];
  test.each(cases)("$name is refused", async ({ options, found }) => {
    expect(await problems(script(new FakeAws()), options)).toEqual(found);
  });
});

describe("codeLocation", () => {
  test("code and local inputs go below it, under their hashes", async () => {
    const folder = temporaryFiles({ "main.py": "1" });
    const aws = new FakeAws();
    const processor = script(aws, { codeLocation: "s3://mine/team/code/" });
    const { entrypoint, input } = await ran(processor, aws, { code: `${folder}/main.py` });
    expect(input?.S3Uri).toMatch(/^s3:\/\/mine\/team\/code\/[0-9a-f]{32}\/main\.py$/);
    expect(entrypoint).toEqual(["python3", "/opt/ml/processing/input/code/main.py"]);
    expect(aws.operations).not.toContain("HeadBucket");
  });

  test("what is there already is not uploaded again, and said", async () => {
    const folder = temporaryFiles({ "main.py": "1" });
    const aws = new FakeAws({ HeadObject: () => ({}) });
    const said: string[] = [];
    const onProgress: RunOptions["onProgress"] = ({ kind, uri }) => said.push(`${kind} ${uri.split("/").at(-1)}`);
    await ran(script(aws, { codeLocation: "s3://mine" }), aws, { code: `${folder}/main.py`, onProgress });
    expect([aws.inputsOf("PutObject"), said]).toEqual([[], ["unchanged main.py"]]);
  });

  test.each(["mine/code", "s3://", 3])("%j is refused", async (codeLocation) => {
    const processor = script(new FakeAws(), { codeLocation: codeLocation as never });
    expect(await problems(processor, {})).toEqual(["invalid_code processor.codeLocation"]);
  });
});

describe("uploads of a folder", () => {
  test("are made at the same time, but not too many", async () => {
    const names = Array.from({ length: 40 }, (_, index) => [`f${index}`, String(index)] as const);
    const folder = temporaryFiles({ "main.py": "1", ...Object.fromEntries(names) });
    let now = 0;
    let most = 0;
    const aws = new FakeAws({
      PutObject: async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        now--;
      },
    });
    await ran(script(aws), aws, { code: folder, entryPoint: "main.py" });
    expect([aws.inputsOf("PutObject").length, most]).toEqual([41, 8]);
  });

  test("end with the first failure", async () => {
    const names = Array.from({ length: 40 }, (_, index) => [`f${index}`, String(index)] as const);
    const folder = temporaryFiles({ "main.py": "1", ...Object.fromEntries(names) });
    const aws = new FakeAws({ PutObject: () => awsError("AccessDenied", 403) });
    await expect(ran(script(aws), aws, { code: folder, entryPoint: "main.py" })).rejects.toThrow("AccessDenied");
    expect(aws.inputsOf("PutObject").length).toBeLessThanOrEqual(8);
    expect(aws.operations).not.toContain("CreateProcessingJob");
  });
});

describe("processors of frameworks", () => {
  const framework = (aws: FakeAws, options: Partial<FrameworkProcessorOptions>): FrameworkProcessor =>
    new FrameworkProcessor({ ...base, session: aws.session(), ...options });

  test("take AWS's image of the framework and run Python", async () => {
    const aws = new FakeAws();
    const processor = framework(aws, { framework: "pytorch", frameworkVersion: "2.6", instanceType: "ml.g5.xlarge" });
    const { image, entrypoint } = await ran(processor, aws, { code: "s3://b/x.py" });
    expect(image).toBe("763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.6-gpu-py312");
    expect(entrypoint).toEqual(["python3", "/opt/ml/processing/input/code/x.py"]);
  });

  test("take any image instead", async () => {
    const aws = new FakeAws();
    const { image, entrypoint } = await ran(framework(aws, { imageUri: "mine:1", command: ["python"] }), aws, {
      code: "s3://b/x.py",
    });
    expect([image, entrypoint?.[0]]).toEqual(["mine:1", "python"]);
  });

  test("of scikit-learn name their jobs after the image", async () => {
    const aws = new FakeAws();
    const processor = new SKLearnProcessor({ ...base, session: aws.session(), frameworkVersion: "1.2-1" });
    const job = await processor.run({ wait: false, logs: false, code: "s3://b/x.py" });
    expect(job.name).toBe("sagemaker-scikit-learn-2022-01-21-15-28-38-000");
  });

  const input = new ExecutionInput(z.object({ type: z.string() }));
  const refused: readonly { readonly name: string; readonly options: object; readonly found: readonly string[] }[] = [
    { name: "no image", options: {}, found: ["unknown_image processor.framework"] },
    { name: "no version", options: { framework: "pytorch" }, found: ["unknown_image processor.frameworkVersion"] },
    {
      name: "an unknown version",
      options: { framework: "pytorch", frameworkVersion: "99" },
      found: ["unknown_image processor.frameworkVersion"],
    },
    {
      name: "a version that is a number",
      options: { framework: "pytorch", frameworkVersion: 2 },
      found: ["unknown_image processor.frameworkVersion"],
    },
    {
      name: "an image twice",
      options: { framework: "pytorch", frameworkVersion: "2.6", imageUri: "x" },
      found: ["conflicting_options processor.framework", "conflicting_options processor.frameworkVersion"],
    },
    {
      name: "an instance type that is known only later",
      options: { framework: "pytorch", frameworkVersion: "2.6", instanceType: input.type },
      found: [
        "unknown_image processor.accelerator",
        "invalid_processor ProcessingResources.ClusterConfig.InstanceType",
      ],
    },
  ];
  test.each(refused)("$name is refused", async ({ options, found }) => {
    expect(await problems(framework(new FakeAws(), options), { code: "s3://b/x.py" })).toEqual(found);
  });
});
