import type { Path, Problems } from "../../services/problems.js";
import type { Deferred } from "../../states/deferred.js";
import { lowerImage } from "../images/image.js";
import { checkText } from "../request/check-value.js";
import { checkJobName } from "../request/job-name.js";
import { type LateText, withoutUndefined } from "../request/late-value.js";
import { mergeTags } from "../request/tags.js";
import { type GivenCode, hasCode, lowerCode } from "./code.js";
import { checkLocation } from "./code-location.js";
import { lowerEntrypoint } from "./entrypoint.js";
import { lowerInputs } from "./inputs.js";
import { lowerOutputs } from "./outputs.js";
import type { Processor } from "./processor.js";
import { processorKind, runsScripts } from "./processor-kind.js";
import { processorNames } from "./processor-names.js";
import {
  lowerArguments,
  lowerEnvironment,
  lowerExperiment,
  lowerNetwork,
  lowerResources,
  lowerRole,
  lowerStopping,
} from "./settings.js";

/** Says where a local file or folder goes in S3. */
export type PlaceFile = (file: { readonly path: string; readonly given: string }, name: unknown) => Deferred<string>;

/** Says where code goes in S3 that is one folder there: its folder, or the file that is run, and what stands beside. */
export type PlaceBundle = (paths: readonly [string, ...string[]], given: string) => Deferred<string>;

/** Says where an output goes that names no destination. */
export type PlaceOutput = (name: unknown) => LateText;

/** A job as its author described it; nothing in it has been checked. */
export interface JobDescription extends GivenCode {
  readonly processor: Processor;
  readonly jobName: unknown;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly arguments?: unknown;
  readonly entrypoint?: unknown;
  readonly kmsKeyId?: unknown;
  readonly experimentConfig?: unknown;
  readonly tags?: unknown;
}

/** What differs between a step and a run: where things are placed, and where issues point. */
export interface RequestPlaces {
  readonly file: PlaceFile;
  readonly bundle: PlaceBundle;
  readonly output: PlaceOutput;
  /** Path of the request: `["Parameters"]` in a state. */
  readonly root: Path;
}

/**
 * Builds the request of CreateProcessingJob, for a step and for a run alike: placeholders and deferred values stand where they were given.
 * Everything that is wrong is added to `problems`.
 */
export function buildProcessingRequest(
  job: JobDescription,
  places: RequestPlaces,
  problems: Problems,
): Record<string, unknown> {
  const { root } = places;
  const { options } = job.processor;
  const kind = job.processor[processorKind];
  problems.addUnknown(kind, options, processorNames[kind], ["processor"]);
  checkJobName(job.jobName, [...root, "ProcessingJobName"], problems);
  if (options.baseJobName !== undefined) {
    checkText(options.baseJobName, 63, { problems, code: "invalid_job_name", path: ["processor", "baseJobName"] });
  }
  checkLocation(options.codeLocation, ["processor", "codeLocation"], problems);
  const outputs = [...root, "ProcessingOutputConfig"];
  const keys = { ofJob: job.kmsKeyId, ofProcessor: options.outputKmsKey };
  const { application, inputs } = lowerApplication(job, places, problems);
  const request = {
    ProcessingJobName: job.jobName,
    ProcessingInputs: inputs,
    ProcessingOutputConfig: lowerOutputs(job.outputs, keys, outputs, places.output, problems),
    AppSpecification: application,
    RoleArn: lowerRole(options.role, job.processor.session, [...root, "RoleArn"], problems),
    Environment: lowerEnvironment(options.env, [...root, "Environment"], problems),
    NetworkConfig: lowerNetwork(options.networkConfig, [...root, "NetworkConfig"], problems),
    ProcessingResources: lowerResources(options, [...root, "ProcessingResources"], problems),
    StoppingCondition: lowerStopping(options.maxRuntimeInSeconds, [...root, "StoppingCondition"], problems),
    ExperimentConfig: lowerExperiment(job.experimentConfig, [...root, "ExperimentConfig"], problems),
    Tags: mergeTags(options.tags, job.tags, [...root, "Tags"], problems),
  };
  return withoutUndefined(request);
}

function lowerApplication(
  job: JobDescription,
  places: RequestPlaces,
  problems: Problems,
): { readonly application: object; readonly inputs: unknown } {
  const { root } = places;
  const { options } = job.processor;
  const path = [...root, "AppSpecification"];
  const code = hasCode(job) ? lowerCode(job, places, problems) : undefined;
  const sources = {
    ofJob: job.entrypoint,
    ofProcessor: options.entrypoint,
    command: options.command,
    defaultCommand: job.processor[processorKind] === "ScriptProcessor" ? undefined : ["python3"],
    runsScripts: runsScripts(job.processor),
    hasCode: hasCode(job),
    code,
  };
  const application = withoutUndefined({
    // A stand-in: what is missing is told once.
    ImageUri: lowerImage(job.processor, [...path, "ImageUri"], problems) ?? "unknown",
    ContainerArguments: lowerArguments(job.arguments, [...path, "ContainerArguments"], problems),
    ContainerEntrypoint: lowerEntrypoint(sources, [...path, "ContainerEntrypoint"], problems),
  });
  const inputs = lowerInputs(job.inputs, code?.input, [...root, "ProcessingInputs"], places.file, problems);
  return { application, inputs };
}
