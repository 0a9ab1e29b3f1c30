import { basename } from "node:path";
import type { CreateProcessingJobRequest, ExperimentConfig } from "@aws-sdk/client-sagemaker";
import { isPlaceholder } from "../../expression/placeholder.js";
import { throwIssues } from "../../language/errors.js";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import { type Path, Problems } from "../../services/problems.js";
import { type Deferred, type DeployProgress, deferred, isDeferred } from "../../states/deferred.js";
import { givenOptions } from "../../states/given-options.js";
import { type AssetOptions, assetUri, bundleUri } from "../assets/asset.js";
import { inParallel } from "../assets/in-parallel.js";
import { listFiles, localKind } from "../assets/local-files.js";
import { joinKey, putFile, uploadsAtOnce } from "../assets/upload.js";
import { knownImage } from "../images/image.js";
import { checkRequest } from "../request/check-request.js";
import { jobNameBase, timedJobName } from "../request/job-name.js";
import { isLate } from "../request/late-value.js";
import type { Session } from "../session/session.js";
import { buildProcessingRequest, type PlaceFile } from "./build-processing-request.js";
import { readLocation } from "./code-location.js";
import { outputPlace } from "./default-output.js";
import type { LogEvent } from "./logs.js";
import type { ProcessingInput } from "./processing-input.js";
import { ProcessingJob } from "./processing-job.js";
import type { ProcessingOutput } from "./processing-output.js";
import type { Processor } from "./processor.js";

/** Options of `Processor.run`. */
export interface RunOptions {
  /**
   * What a processor's command runs: a file or a folder (path or `file://` URL), which is uploaded, or its `s3://` URI.
   * A folder, or an archive `….tar.gz` in S3, has its program in `entryPoint`; it is the working directory, and its `requirements.txt` is installed.
   */
  readonly code?: string;
  /** The program in the folder that `code` names. */
  readonly entryPoint?: string;
  /** The folder of the code, or its `s3://` URI; then `code` is the program in it. */
  readonly sourceDir?: string;
  /** Local files and folders that are put beside the code under their own names. */
  readonly dependencies?: readonly string[];
  readonly inputs?: readonly ProcessingInput[];
  /** A text is the folder of an output in the container, below `/opt/ml/processing`. */
  readonly outputs?: readonly (ProcessingOutput | string)[];
  /** Arguments of the container; numbers and booleans are sent as text. */
  readonly arguments?: readonly (string | number | boolean)[];
  /** Whether to wait for the job's end; default true. */
  readonly wait?: boolean;
  /** Whether to show the job's log, or who is told each line; default: `wait`; lines go to standard output. Needs `wait`. */
  readonly logs?: boolean | ((event: LogEvent) => void);
  /** Whether a stopped job is an ordinary end; default false. */
  readonly allowStopped?: boolean;
  /** Default: the processor's base name with the time, at most 63 characters. */
  readonly jobName?: string;
  readonly experimentConfig?: ExperimentConfig;
  /** KMS key of what is uploaded; default the bucket's own. */
  readonly kmsKey?: string;
  /** Told of each file that is uploaded, or is there already. */
  readonly onProgress?: DeployProgress;
  /** Ends the waiting, not the job; before the job is created, the run. */
  readonly signal?: AbortSignal;
}

const runNames = {
  code: true,
  entryPoint: true,
  sourceDir: true,
  dependencies: true,
  inputs: true,
  outputs: true,
  arguments: true,
  wait: true,
  logs: true,
  allowStopped: true,
  jobName: true,
  experimentConfig: true,
  kmsKey: true,
  onProgress: true,
  signal: true,
} as const satisfies { [K in keyof RunOptions]-?: true };

/** Runs a job: see `Processor.run`. */
export async function runProcessingJob(processor: Processor, given: RunOptions): Promise<ProcessingJob> {
  const options = givenOptions("run()", "invalid_processor", given);
  const { wait = true, logs = wait, allowStopped, signal } = options;
  if (logs !== false && !wait)
    throw new SfnDsError("conflicting_wait", "logs are shown only while waiting: wait is false");
  const { session } = processor;
  const described = requestOf(processor, options);
  throwIfAborted(signal);
  const request = await deployed(described, options.onProgress ?? ignoreProgress);
  throwIfAborted(signal);
  const client = await session.sagemaker();
  const { CreateProcessingJobCommand } = await import("@aws-sdk/client-sagemaker");
  const { ProcessingJobArn: arn } = await client.send(new CreateProcessingJobCommand(request));
  const job = new ProcessingJob(session, { name: String(request.ProcessingJobName), arn: arn ?? "" });
  if (logs === true) await job.showLogs({ signal });
  else if (logs !== false) for await (const event of job.logs({ signal })) logs(event);
  if (wait) await job.wait({ signal, allowStopped });
  return job;
}

/** Nothing has begun yet, so that nothing goes on either. */
function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  const hint = "run it again with a signal that is not aborted";
  throw new SfnDsError("wait_aborted", "the run was aborted before its job was created", {
    cause: signal.reason,
    hint,
  });
}

/** What the names of a processor's runs begin with, where they are not given. */
export function runNamePrefix(processor: Processor): string {
  const { baseJobName } = processor.options;
  const name = timedJobName(jobNameBase(baseJobName, knownImage(processor)), new Date(0));
  return name.slice(0, -"1970-01-01-00-00-00-000".length);
}

function requestOf(processor: Processor, options: RunOptions): Record<string, unknown> {
  const { session } = processor;
  const problems = new Problems();
  problems.addUnknown("run()", options, runNames, []);
  const { baseJobName, codeLocation } = processor.options;
  const base = jobNameBase(baseJobName, knownImage(processor));
  const { kmsKey, jobName = timedJobName(base, session.now()) } = options;
  const assets = { kmsKeyId: kmsKey, location: readLocation(codeLocation) };
  const request = buildProcessingRequest(
    { ...options, processor, jobName },
    {
      root: [],
      file: filePlace(session, String(jobName), assets),
      bundle: (paths, given) => bundleUri(session, paths, `the S3 URI of ${given}`, assets),
      output: outputPlace(session, jobName, base),
    },
    problems,
  );
  checkRequest("CreateProcessingJob", request, [], problems);
  refusePlaceholders(request, problems);
  throwIssues(problems.issues);
  return request;
}

/** Where the files of a run go: the code's location, else as in the Python SDK `{prefix}/{job name}/input/{input name}/…`. */
function filePlace(session: Session, jobName: string, assets: AssetOptions): PlaceFile {
  return ({ path, given }, name) => {
    const label = `the S3 URI of ${given}`;
    if (assets.location !== undefined) return assetUri(session, path, label, assets);
    const folder = joinKey(session.defaultBucketPrefix, jobName, "input", String(name));
    const key = localKind(path).kind === "folder" ? folder : `${folder}/${basename(path)}`;
    const resolve = async (): Promise<string> => `s3://${await session.defaultBucket()}/${key}`;
    const deploy = async (progress: DeployProgress): Promise<void> => {
      const { files } = await listFiles(path);
      const bucket = await session.ensureDefaultBucket();
      await inParallel(files, uploadsAtOnce, async (file) => {
        const target = { bucket, key: `${folder}/${file.name}` };
        await putFile(session, { file, ...target, kmsKeyId: assets.kmsKeyId });
        progress({ kind: "uploaded", uri: `s3://${bucket}/${target.key}`, sizeBytes: file.sizeBytes });
      });
    };
    return deferred(label, resolve, deploy);
  };
}

/** A place in a request that holds a value. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly path: Path;
}

/** Deeper than any request of SageMaker: what an author nested deeper was reported already. */
const maxDepth = 12;

/** The leaves of a request, in its order. */
function leavesOf(request: object): Place[] {
  const leaves: Place[] = [];
  const waiting: Place[] = [{ holder: { request }, key: "request", path: [] }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const value = place.holder[place.key];
    const { path } = place;
    if (typeof value !== "object" || value === null || isLate(value) || path.length > maxDepth) {
      leaves.push(place);
      continue;
    }
    const holder = value as Record<string, unknown>;
    waiting.push(
      ...Object.keys(holder)
        .reverse()
        .map((key) => ({ holder, key, path: [...path, key] })),
    );
  }
  return leaves;
}

function refusePlaceholders(request: object, problems: Problems): void {
  for (const { holder, key, path } of leavesOf(request)) {
    if (!isPlaceholder(holder[key])) continue;
    const hint = "give a value, or use the processor in a ProcessingStep";
    problems.add("invalid_processor", path, "a placeholder has no value outside a state machine", hint);
  }
}

/** Inputs whose files are uploaded at the same time; each has several files on the way. */
const placesAtOnce = 4;

/** Uploads what the request speaks of, then puts in what is known now. */
async function deployed(
  request: Record<string, unknown>,
  progress: DeployProgress,
): Promise<CreateProcessingJobRequest> {
  // They stand in objects that were made with the request, so that it can be changed.
  const late = leavesOf(request).filter(({ holder, key }) => isDeferred(holder[key]));
  const valueAt = ({ holder, key }: Place): Deferred => holder[key] as Deferred;
  await inParallel(late, placesAtOnce, async (place) => {
    await valueAt(place).deploy?.(progress);
    place.holder[place.key] = await valueAt(place).resolve();
  });
  return request as unknown as CreateProcessingJobRequest;
}

function ignoreProgress(): void {}
