import type { Path, Problems } from "../../services/problems.js";
import { checkText } from "../request/check-value.js";
import { isLate } from "../request/late-value.js";
import type { Estimator, EstimatorDescription, EstimatorOptions } from "./estimator.js";
import { isFramework } from "./estimator-kind.js";
import type {
  Framework,
  FrameworkEstimator,
  FrameworkEstimatorOptions,
  HuggingFaceOptions,
  TensorFlowOptions,
} from "./framework-estimator.js";

const estimatorNames = {
  role: true,
  imageUri: true,
  instanceCount: true,
  instanceType: true,
  session: true,
  hyperparameters: true,
  outputPath: true,
  outputKmsKey: true,
  outputCompressionType: true,
  baseJobName: true,
  volumeSizeInGb: true,
  volumeKmsKey: true,
  maxRunSeconds: true,
  maxWaitSeconds: true,
  useSpotInstances: true,
  checkpointS3Uri: true,
  checkpointLocalPath: true,
  subnets: true,
  securityGroupIds: true,
  inputMode: true,
  modelUri: true,
  modelChannelName: true,
  tags: true,
  metricDefinitions: true,
  enableSageMakerMetrics: true,
  environment: true,
  maxRetryAttempts: true,
  debuggerHookConfig: true,
  rules: true,
  profilerConfig: true,
  tensorBoardOutputConfig: true,
  enableNetworkIsolation: true,
  encryptInterContainerTraffic: true,
  containerEntrypoint: true,
  containerArguments: true,
  keepAlivePeriodInSeconds: true,
} as const satisfies { [K in keyof EstimatorOptions]-?: true };

const frameworkNames = {
  ...estimatorNames,
  entryPoint: true,
  sourceDir: true,
  dependencies: true,
  frameworkVersion: true,
  pyVersion: true,
  codeLocation: true,
  containerLogLevel: true,
  distribution: true,
} as const satisfies { [K in keyof FrameworkEstimatorOptions]-?: true };

const tensorFlowNames = { ...frameworkNames, modelDir: true } as const satisfies {
  [K in keyof TensorFlowOptions]-?: true;
};

const { frameworkVersion: _, ...ofHuggingFace } = frameworkNames;
const huggingFaceNames = {
  ...ofHuggingFace,
  transformersVersion: true,
  pytorchVersion: true,
  tensorflowVersion: true,
} as const satisfies { [K in keyof HuggingFaceOptions]-?: true };

const namesOf: { readonly [K in Framework]: Partial<Record<keyof EstimatorDescription, true>> } = {
  tensorflow: tensorFlowNames,
  pytorch: frameworkNames,
  sklearn: frameworkNames,
  xgboost: frameworkNames,
  mxnet: frameworkNames,
  huggingface: huggingFaceNames,
};

/** Names the options that an estimator does not have, and what the API does not say that it demands. */
export function checkEstimator(estimator: Estimator, path: Path, problems: Problems): void {
  const { options } = estimator;
  const runsScripts = isFramework(estimator);
  const names = runsScripts ? namesOf[(estimator as FrameworkEstimator).framework] : estimatorNames;
  problems.addUnknown(runsScripts ? "the estimator of a framework" : "Estimator", options, names, path);
  const needed = [...(runsScripts ? ([] as const) : (["imageUri"] as const)), "instanceCount", "instanceType"] as const;
  for (const name of needed) {
    if (options[name] !== undefined) continue;
    problems.add(
      "invalid_estimator",
      [...path, name],
      `expected ${name}, got nothing`,
      "set the option of the estimator",
    );
  }
  checkWithoutEffect(options, path, problems);
}

/** Options that would say nothing, beside what is given. */
function checkWithoutEffect(options: EstimatorDescription, path: Path, problems: Problems): void {
  const { baseJobName, modelUri, modelChannelName, imageUri } = options;
  if (baseJobName !== undefined) {
    checkText(baseJobName, 63, { problems, code: "invalid_job_name", path: [...path, "baseJobName"] });
    if (isLate(baseJobName)) {
      const message = "expected a text that is known now, got a placeholder";
      problems.add("invalid_job_name", [...path, "baseJobName"], message, "give the step a jobName");
    }
  }
  if (modelChannelName !== undefined && modelUri === undefined) {
    const message = "modelChannelName names the channel of modelUri, which is not set";
    problems.add("invalid_estimator", [...path, "modelChannelName"], message, "set modelUri, or leave it out");
  }
  if (imageUri !== undefined) refuseVersions(options, path, problems);
}

const versionNames = [
  "frameworkVersion",
  "pyVersion",
  "transformersVersion",
  "pytorchVersion",
  "tensorflowVersion",
] as const satisfies readonly (keyof EstimatorDescription)[];

/** Versions choose an image of AWS, so they say nothing of one that is given. */
export function refuseVersions(options: object, path: Path, problems: Problems): void {
  for (const name of versionNames) {
    if ((options as Partial<Record<string, unknown>>)[name] === undefined) continue;
    problems.add("conflicting_options", [...path, name], `imageUri and ${name} are both set`);
  }
}
