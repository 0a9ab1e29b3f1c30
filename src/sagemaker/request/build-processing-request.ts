import type { Path, Problems } from "../../services/problems.js";
import type { Deferred } from "../../states/deferred.js";
import type { Processor, ProcessorOptions } from "../processor.js";
import { runsScripts } from "../processor-kind.js";
import type { ScriptProcessorOptions } from "../script-processor.js";
import { checkText } from "./check-value.js";
import { lowerCode, lowerEntrypoint } from "./code.js";
import { lowerInputs } from "./inputs.js";
import { checkJobName } from "./job-name.js";
import { type LateText, withoutUndefined } from "./late-value.js";
import { withParameters } from "./merge-parameters.js";
import { lowerOutputs } from "./outputs.js";
import {
  checkImage,
  lowerArguments,
  lowerEnvironment,
  lowerExperiment,
  lowerNetwork,
  lowerResources,
  lowerRole,
  lowerStopping,
} from "./settings.js";
import { mergeTags } from "./tags.js";

/** Says where a local file or folder goes in S3. */
export type PlaceFile = (file: { readonly path: string; readonly given: string }, name: unknown) => Deferred<string>;

/** Says where an output goes that names no destination. */
export type PlaceOutput = (name: unknown) => LateText;

/** A job as its author described it; nothing in it has been checked. */
export interface JobDescription {
  readonly processor: Processor;
  readonly jobName: unknown;
  readonly code?: unknown;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly arguments?: unknown;
  readonly entrypoint?: unknown;
  readonly kmsKeyId?: unknown;
  readonly experimentConfig?: unknown;
  readonly tags?: unknown;
  readonly parameters?: unknown;
}

/** What differs between a step and a run: where things are placed, and where issues point. */
export interface RequestPlaces {
  readonly file: PlaceFile;
  readonly output: PlaceOutput;
  /** Path of the request: `["Parameters"]` in a state. */
  readonly root: Path;
}

const processorNames = {
  role: true,
  imageUri: true,
  instanceCount: true,
  instanceType: true,
  entrypoint: true,
  volumeSizeInGb: true,
  volumeKmsKey: true,
  outputKmsKey: true,
  maxRuntimeInSeconds: true,
  baseJobName: true,
  session: true,
  env: true,
  tags: true,
  networkConfig: true,
} as const satisfies { [K in keyof ProcessorOptions]-?: true };

const { entrypoint: _, ...sharedNames } = processorNames;
const scriptProcessorNames = { ...sharedNames, command: true } as const satisfies {
  [K in keyof ScriptProcessorOptions]-?: true;
};

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
  const kind = runsScripts(job.processor) ? "ScriptProcessor" : "Processor";
  problems.addUnknown(kind, options, runsScripts(job.processor) ? scriptProcessorNames : processorNames, ["processor"]);
  checkJobName(job.jobName, [...root, "ProcessingJobName"], problems);
  if (options.baseJobName !== undefined) {
    checkText(options.baseJobName, 63, { problems, code: "invalid_job_name", path: ["processor", "baseJobName"] });
  }
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
  return withParameters(withoutUndefined(request), job.parameters, root, problems);
}

function lowerApplication(
  job: JobDescription,
  places: RequestPlaces,
  problems: Problems,
): { readonly application: object; readonly inputs: unknown } {
  const { root } = places;
  const { options } = job.processor;
  const path = [...root, "AppSpecification"];
  const hasCode = job.code !== undefined;
  const code = hasCode ? lowerCode(job.code, ["code"], places.file, problems) : undefined;
  const sources = {
    ofJob: job.entrypoint,
    ofProcessor: options.entrypoint,
    command: options.command,
    runsScripts: runsScripts(job.processor),
    hasCode,
    code,
  };
  checkImage(options.imageUri, [...path, "ImageUri"], problems);
  const application = withoutUndefined({
    ImageUri: options.imageUri,
    ContainerArguments: lowerArguments(job.arguments, [...path, "ContainerArguments"], problems),
    ContainerEntrypoint: lowerEntrypoint(sources, [...path, "ContainerEntrypoint"], ["code"], problems),
  });
  const inputs = lowerInputs(job.inputs, code?.input, [...root, "ProcessingInputs"], places.file, problems);
  return { application, inputs };
}
