import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import { VirtualClock } from "../../src/local/clock.js";
import { chooseIsolation, type IsolationKind } from "../../src/local/jobs/isolation.js";
import { processingLogGroup } from "../../src/local/jobs/job-log.js";
import { namedCommands } from "../../src/local/jobs/local-commands.js";
import { openRoot } from "../../src/local/root.js";
import { inputAndOutput, shellJob } from "./processing-job-request.js";
import { openRunner } from "./processing-runner.js";

const ml = "$SFN_DS_ML_ROOT";

const probeFolder = await mkdtemp(join(tmpdir(), "sfn-ds-"));
const available = await chooseIsolation(await openRoot(probeFolder), "auto");
await rm(probeFolder, { recursive: true });

const kinds: readonly { isolation: IsolationKind; skip: boolean; why: string }[] = [
  { isolation: "namespace", skip: available.kind !== "namespace", why: available.reason },
  { isolation: "scratch", skip: false, why: "" },
];

for (const { isolation, skip, why } of kinds) {
  describe.skipIf(skip)(`a processing job, isolation ${isolation}${skip ? ` (skipped: ${why})` : ""}`, () => {
    const open = (options = {}) => openRunner({ isolation, ...options });

    test("is Completed when its command ends with 0", async () => {
      expect(await (await open()).run(shellJob("exit 0"))).toMatchObject({ ProcessingJobStatus: "Completed" });
    });

    test("sees its inputs and leaves its outputs in S3", async () => {
      const runner = await open();
      await runner.put("in/a/b.txt", "hello");
      const script = `tr a-z A-Z < ${ml}/processing/input/a/b.txt > ${ml}/processing/output/c.txt`;
      await runner.run(shellJob(script, inputAndOutput));
      expect(await runner.get("out/c.txt")).toBe("HELLO");
    });

    test("finds /opt/ml in its arguments", async () => {
      const runner = await open();
      await runner.put("in/a", "hello");
      const command = { ContainerEntrypoint: ["cat"], ContainerArguments: ["/opt/ml/processing/input/a"] };
      await runner.run(shellJob("", { ...inputAndOutput, AppSpecification: { ImageUri: "i", ...command } }));
      expect(runner.lines()).toEqual(["hello"]);
    });

    test("finds /opt/ml in its environment", async () => {
      const runner = await open();
      await runner.put("in/a", "hello");
      const Environment = { INPUT: "/opt/ml/processing/input" };
      await runner.run(shellJob('cat "$INPUT/a"', { ...inputAndOutput, Environment }));
      expect(runner.lines()).toEqual(["hello"]);
    });

    test("finds its configuration files", async () => {
      const runner = await open();
      await runner.run(shellJob(`cat ${ml}/config/resourceconfig.json`));
      expect(runner.lines()).toEqual(['{"current_host":"algo-1","hosts":["algo-1"]}']);
    });

    test("is Failed with the exit code", async () => {
      expect(await (await open()).run(shellJob("exit 3"))).toMatchObject({
        ProcessingJobStatus: "Failed",
        FailureReason: "AlgorithmError: , exit code: 3",
      });
    });

    test("leaves nothing in S3 when it fails", async () => {
      const runner = await open();
      await runner.put("in/a", "x");
      await runner.run(shellJob(`echo half > ${ml}/processing/output/b; exit 1`, inputAndOutput));
      expect(await runner.keys("out")).toEqual([]);
    });

    test("hands over its message", async () => {
      const done = await (await open()).run(shellJob(`printf 'no rows' > ${ml}/output/message; exit 1`));
      expect(done).toMatchObject({ ExitMessage: "no rows" });
    });

    test("names a command that this machine does not have", async () => {
      const AppSpecification = { ImageUri: "i", ContainerEntrypoint: ["no-such-python"] };
      const { FailureReason } = await (await open()).run(shellJob("", { AppSpecification }));
      expect(FailureReason).toBe(
        'AlgorithmError: the command "no-such-python" was not found on this machine: install it, or give a ContainerEntrypoint that this machine has, exit code: 127',
      );
    });

    test("runs the command that is named for its image, with its own arguments, where that command lives", async () => {
      const directory = await realpath(await mkdtemp(join(tmpdir(), "sfn-ds-")));
      onTestFinished(() => rm(directory, { recursive: true }));
      const findCommand = namedCommands({ "image:*": { command: ["sh", "-c", 'pwd; echo "$0"'], directory } });
      const runner = await open({ findCommand });
      const AppSpecification = { ImageUri: "image:1", ContainerArguments: ["/opt/mlx"] };
      await runner.run(shellJob("", { AppSpecification }));
      expect(runner.lines()).toEqual([directory, "/opt/mlx"]);
    });

    test("runs its own entrypoint where another command is named for its image", async () => {
      const runner = await open({ findCommand: namedCommands({ "*": ["false"] }) });
      expect(await runner.run(shellJob("exit 0"))).toMatchObject({ ProcessingJobStatus: "Completed" });
    });

    test("is Stopped when that is asked for", async () => {
      const runner = await open();
      const up = runner.lineSeen("up");
      await runner.jobs.create(shellJob("echo up; while :; do sleep 1; done"));
      await up;
      runner.jobs.stop("job-1");
      expect(runner.jobs.describe("job-1")["ProcessingJobStatus"]).toBe("Stopping");
      expect(await runner.jobs.ended("job-1")).toMatchObject({ ProcessingJobStatus: "Stopped" });
    });

    test("gets SIGTERM first", async () => {
      const runner = await open();
      const up = runner.lineSeen("up");
      await runner.jobs.create(shellJob("trap 'echo asked; exit 0' TERM; echo up; while :; do sleep 0.01; done"));
      await up;
      runner.jobs.stop("job-1");
      await runner.jobs.ended("job-1");
      expect(runner.lines()).toContain("asked");
    });

    test("is killed when it does not heed SIGTERM", async () => {
      const clock = new VirtualClock();
      const runner = await open({ clock, graceSeconds: 9 });
      const up = runner.lineSeen("up");
      await runner.jobs.create(shellJob("trap '' TERM; echo up; while :; do sleep 1; done"));
      await up;
      runner.jobs.stop("job-1");
      clock.advance(9000);
      expect(await runner.jobs.ended("job-1")).toMatchObject({ ProcessingJobStatus: "Stopped" });
    });

    test("is Stopped when its time is over", async () => {
      const clock = new VirtualClock();
      const runner = await open({ clock });
      const up = runner.lineSeen("up");
      const StoppingCondition = { MaxRuntimeInSeconds: 60 };
      await runner.jobs.create(shellJob("echo up; while :; do sleep 1; done", { StoppingCondition }));
      await up;
      clock.advance(60_000);
      expect(await runner.jobs.ended("job-1")).toMatchObject({ ProcessingJobStatus: "Stopped" });
    });

    test("shares its objects among its hosts", async () => {
      const runner = await open();
      for (const key of ["in/a", "in/b", "in/c"]) await runner.put(key, key);
      const request = shellJob(`ls ${ml}/processing/input`, {
        ...hosts(2),
        ProcessingInputs: [s3Input({ S3DataDistributionType: "ShardedByS3Key" })],
      });
      await runner.run(request);
      expect(runner.lines()).toEqual(["a", "c", "b"]);
    });

    test("ends all hosts when one fails", async () => {
      const runner = await open();
      const script = `if grep -q '"current_host":"algo-2"' ${ml}/config/resourceconfig.json; then exit 4; fi; while :; do sleep 1; done`;
      const { FailureReason } = await runner.run(shellJob(script, hosts(2)));
      expect(FailureReason).toBe("AlgorithmError: , exit code: 4");
    });

    test("does not see the variables of the service", async () => {
      process.env["SFN_DS_TEST_SECRET"] = "secret";
      const runner = await open({ environment: { AWS_ENDPOINT_URL: "http://localhost:1" } });
      await runner.run(shellJob('echo "$SFN_DS_TEST_SECRET/$AWS_ENDPOINT_URL"'));
      expect(runner.lines()).toEqual(["/http://localhost:1"]);
    });

    test("leaves no scratch folder", async () => {
      const runner = await open();
      await runner.run(shellJob("exit 1"));
      expect(await runner.scratchFolders()).toEqual([]);
    });
  });
}

function hosts(count: number): JsonObject {
  return {
    ProcessingResources: { ClusterConfig: { InstanceCount: count, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } },
  };
}

function s3Input(more: JsonObject = {}): JsonObject {
  const LocalPath = "/opt/ml/processing/input";
  return { InputName: "in", S3Input: { S3Uri: "s3://data/in/", LocalPath, S3DataType: "S3Prefix", ...more } };
}

const list = `cd ${ml}/processing/input && find . -type f | sort`;
const open = () => openRunner({ isolation: "scratch" });

describe("inputs of a processing job", () => {
  const layouts = [
    {
      name: "a folder",
      uri: "s3://data/in/",
      keys: ["in/a.csv", "in/b/c.csv", "other"],
      files: ["./a.csv", "./b/c.csv"],
    },
    { name: "one object", uri: "s3://data/in/a.csv", keys: ["in/a.csv", "in/b.csv"], files: ["./a.csv"] },
    { name: "a folder without a slash", uri: "s3://data/in", keys: ["in/a/b", "in/c"], files: ["./a/b", "./c"] },
    { name: "a prefix in a name", uri: "s3://data/in/part-", keys: ["in/part-1", "in/x"], files: ["./part-1"] },
    { name: "a whole bucket", uri: "s3://data", keys: ["a", "b/c"], files: ["./a", "./b/c"] },
  ];
  test.each(layouts)("lays out $name", async ({ uri, keys, files }) => {
    const runner = await open();
    for (const key of keys) await runner.put(key, key);
    await runner.run(shellJob(list, { ProcessingInputs: [s3Input({ S3Uri: uri })] }));
    expect(runner.lines()).toEqual(files);
  });

  test("lays out what a manifest names", async () => {
    const runner = await open();
    await runner.put("p/x/1", "1");
    await runner.put("p/2", "2");
    await runner.put("m.json", '[{"prefix": "s3://data/p/"}, "x/1", "2"]');
    const input = s3Input({ S3Uri: "s3://data/m.json", S3DataType: "ManifestFile" });
    await runner.run(shellJob(list, { ProcessingInputs: [input] }));
    expect(runner.lines()).toEqual(["./2", "./x/1"]);
  });

  const failures = [
    { name: "there is no object", keys: [], reason: /No S3 objects found under S3 URL "s3:\/\/data\/in\/"/ },
    { name: "a key leaves the folder", keys: ["in/../../../a"], reason: /its path leaves the folder/ },
    { name: "a file and a folder have one name", keys: ["in/a", "in/a/b"], reason: /another file or folder/ },
  ];
  test.each(failures)("fail the job when $name", async ({ keys, reason }) => {
    const runner = await open();
    for (const key of keys) await runner.put(key, key);
    const { FailureReason } = await runner.run(shellJob("exit 0", { ProcessingInputs: [s3Input()] }));
    expect(FailureReason).toMatch(reason);
  });

  test("fail the job when the bucket does not exist", async () => {
    const input = s3Input({ S3Uri: "s3://no-bucket/in/" });
    const { FailureReason } = await (await open()).run(shellJob("exit 0", { ProcessingInputs: [input] }));
    expect(FailureReason).toMatch(/^ClientError: Data download failed:NoSuchBucket/);
  });

  test.each(["not JSON", "{}", '["a"]', '[{"prefix": "s3://data/"}, 1]'])(
    "fail the job with manifest %s",
    async (text) => {
      const runner = await open();
      await runner.put("m.json", text);
      const input = s3Input({ S3Uri: "s3://data/m.json", S3DataType: "ManifestFile" });
      const { FailureReason } = await runner.run(shellJob("exit 0", { ProcessingInputs: [input] }));
      expect(FailureReason).toMatch(/^ClientError: expected .* manifest s3:\/\/data\/m.json/);
    },
  );
});

describe("outputs of a processing job", () => {
  const output = { ProcessingOutputConfig: inputAndOutput["ProcessingOutputConfig"] ?? null };

  test("keep their folders", async () => {
    const runner = await open();
    const script = `cd ${ml}/processing/output && mkdir -p a/b && echo 1 > a/b/c && echo 2 > d`;
    await runner.run(shellJob(script, output));
    expect(await runner.keys()).toEqual(["out/a/b/c", "out/d"]);
  });

  test("leave symbolic links out, and say so", async () => {
    const runner = await open();
    await runner.run(shellJob(`ln -s /etc/passwd ${ml}/processing/output/link`, output));
    expect(runner.notes()).toContain('[sfn-ds] output "out": link is a symbolic link and was not uploaded');
  });

  test("are not taken from a folder that leads elsewhere", async () => {
    const runner = await open();
    await runner.run(shellJob(`rmdir ${ml}/processing/output && ln -s /etc ${ml}/processing/output`, output));
    expect(await runner.keys()).toEqual([]);
  });

  test("fail the job when the bucket does not exist", async () => {
    const runner = await open();
    const s3 = { S3Uri: "s3://no-bucket/x", LocalPath: "/opt/ml/processing/output", S3UploadMode: "EndOfJob" };
    const config = { Outputs: [{ OutputName: "out", S3Output: s3 }] };
    const script = `echo 1 > ${ml}/processing/output/a`;
    const { FailureReason } = await runner.run(shellJob(script, { ProcessingOutputConfig: config }));
    expect(FailureReason).toMatch(/^ClientError: Failed to upload s3:\/\/no-bucket\/x\/a: NoSuchBucket/);
  });

  test("come with a note of what does nothing here", async () => {
    const runner = await open();
    const more = {
      NetworkConfig: { EnableInterContainerTrafficEncryption: true, EnableNetworkIsolation: false },
      ExperimentConfig: { ExperimentName: "e" },
    };
    await runner.run(shellJob("exit 0", more));
    const told = runner.notes().flatMap((line) => /(\w+) has no effect locally/.exec(line)?.[1] ?? []);
    expect(told).toEqual(["ExperimentConfig", "EnableInterContainerTrafficEncryption"]);
  });

  test("fail the job where a file stands in the folder's place, with the path that the job knows", async () => {
    const folder = `${ml}/processing/output`;
    const { FailureReason } = await (await open()).run(shellJob(`rmdir ${folder} && echo x > ${folder}`, output));
    expect(FailureReason).toMatch(
      /^ClientError: Artifact upload failed: ENOTDIR.*algo-1:\/opt\/ml\/processing\/output/,
    );
  });
});

describe("the message of a processing job", () => {
  test("is cut to 1 KB without half a character", async () => {
    const script = `head -c 1023 /dev/zero | tr '\\0' x > ${ml}/output/message; printf 'ä' >> ${ml}/output/message`;
    expect((await (await open()).run(shellJob(script)))["ExitMessage"]).toBe("x".repeat(1023));
  });

  test("fails the job when it is no UTF-8", async () => {
    const done = await (await open()).run(shellJob(`printf '\\377' > ${ml}/output/message`));
    expect(done["FailureReason"]).toBe("ClientError: expected UTF-8 in /opt/ml/output/message");
  });

  test("is none when it is a pipe", async () => {
    const done = await (await open()).run(shellJob(`mkfifo ${ml}/output/message`));
    expect(done).not.toHaveProperty("ExitMessage");
  });
});

describe("the log of a processing job", () => {
  test("has a stream for each host", async () => {
    const runner = await openRunner({ isolation: "scratch", clock: new VirtualClock() });
    await runner.run(shellJob("exit 0", hosts(2)));
    const names = runner.logs.streams(processingLogGroup)?.map(({ name }) => name);
    expect(names).toEqual(["job-1/algo-1-1767225600", "job-1/algo-2-1767225600"]);
  });

  test("says which isolation was chosen and why", async () => {
    const runner = await open();
    await runner.run(shellJob("exit 0"));
    expect(runner.notes()[0]).toBe('[sfn-ds] isolation "scratch": it was asked for');
  });

  const scripts = [
    {
      name: "a script that speaks of /opt/ml",
      key: "in/run.py",
      text: 'open("/opt/ml/processing/input/a")',
      isWarned: true,
    },
    { name: "a script in a folder", key: "in/lib/run.R", text: 'read("/opt/ml/a")', isWarned: true },
    {
      name: "a script that asks for the folder",
      key: "in/run.sh",
      text: "cd $SFN_DS_ML_ROOT # on AWS /opt/ml/",
      isWarned: false,
    },
    { name: "a script that has nothing to do with it", key: "in/run.py", text: "print(1)", isWarned: false },
    { name: "data", key: "in/data.csv", text: "/opt/ml/a", isWarned: false },
  ];
  test.each(scripts)("warns of $name: $isWarned", async ({ key, text, isWarned }) => {
    const runner = await open();
    await runner.put(key, text);
    await runner.run(shellJob("exit 0", inputAndOutput));
    const place = key.replace("in/", "/opt/ml/processing/input/");
    const warning = `[sfn-ds] warning: the script ${place} names /opt/ml, which this machine cannot show it: read the folder from the variable SFN_DS_ML_ROOT`;
    expect(runner.notes().filter((note) => note.includes("warning"))).toEqual(isWarned ? [warning] : []);
  });

  test("has standard output and standard error", async () => {
    const runner = await open();
    await runner.run(shellJob("echo out; echo err >&2"));
    expect(runner.lines().sort()).toEqual(["err", "out"]);
  });

  test("has a last line without a line end", async () => {
    const runner = await open();
    await runner.run(shellJob("printf last"));
    expect(runner.lines()).toEqual(["last"]);
  });
});

describe("the runner of processing jobs", () => {
  test("refuses a name that is taken", async () => {
    const { jobs } = await open();
    await jobs.create(shellJob("exit 0"));
    await expect(jobs.create(shellJob("exit 0"))).rejects.toMatchObject({ code: "ResourceInUse" });
  });

  test("ends its jobs when it closes", async () => {
    const runner = await open();
    const up = runner.lineSeen("up");
    await runner.jobs.create(shellJob("echo up; while :; do sleep 1; done"));
    await up;
    await runner.jobs.close();
    expect(runner.jobs.describe("job-1")["ProcessingJobStatus"]).toBe("Stopped");
  });

  test("takes no job when it is closed", async () => {
    const { jobs } = await open();
    await jobs.close();
    await expect(jobs.create(shellJob("exit 0"))).rejects.toMatchObject({ code: "ServiceUnavailable" });
  });
});
