import { described } from "../../expression/described.js";
import { type Path, Problems } from "../../services/problems.js";
import { checkLocation } from "../processing/code-location.js";
import { asText } from "../processing/settings.js";
import { withoutUndefined } from "../request/late-value.js";
import { isPlainData } from "../request/members.js";
import type { Session } from "../session/session.js";
import { isFramework } from "../training/estimator-kind.js";
import { refuseVersions } from "../training/estimator-names.js";
import { imageOf, lowerSource, regionOf } from "../training/framework.js";
import type { Framework, FrameworkEstimator } from "../training/framework-estimator.js";
import type { FrameworkSettings } from "../training/framework-settings.js";
import type { FrameworkModel, FrameworkModelOptions, HuggingFaceModelOptions } from "./framework-model.js";
import type { Model, ModelDescription, ModelOptions } from "./model.js";
import { modelKind, trainedBy } from "./model-kind.js";

const frameworkNames = {
  entryPoint: true,
  sourceDir: true,
  dependencies: true,
  frameworkVersion: true,
  pyVersion: true,
  codeLocation: true,
  containerLogLevel: true,
  modelServerWorkers: true,
} as const satisfies { [K in Exclude<keyof FrameworkModelOptions, keyof ModelOptions>]-?: true };

const { frameworkVersion: _, ...namesWithoutVersion } = frameworkNames;
const huggingFaceNames = {
  ...namesWithoutVersion,
  transformersVersion: true,
  pytorchVersion: true,
  tensorflowVersion: true,
} as const satisfies { [K in Exclude<keyof HuggingFaceModelOptions, keyof ModelOptions>]-?: true };

/** What a framework's model takes beside a model's options. */
export function servingNames(framework: Framework): { readonly [name: string]: true } {
  return framework === "huggingface" ? huggingFaceNames : frameworkNames;
}

/** Whether a framework's container serves the model; also of another copy of this package. */
export function isFrameworkModel(model: Model): model is FrameworkModel {
  return model[modelKind] === "FrameworkModel";
}

const info = 20;
const needScripts: readonly Framework[] = ["sklearn", "xgboost"];

interface Served {
  readonly image: unknown;
  readonly env: unknown;
}

/** Image and environment of a framework's container that serves a model. */
function lowerServing(model: FrameworkModel, instanceType: unknown, path: Path, problems: Problems): Served {
  const { options, session, framework } = model;
  checkLocation(options.codeLocation, [...path, "codeLocation"], problems);
  if (options.imageUri !== undefined) refuseVersions(options, path, problems);
  const workers = options.modelServerWorkers;
  const hasScript =
    options.entryPoint !== undefined || options.sourceDir !== undefined || needScripts.includes(framework);
  const own = withoutUndefined({
    ...(hasScript ? lowerScript(options, session, path, problems) : {}),
    SAGEMAKER_CONTAINER_LOG_LEVEL: asText(options.containerLogLevel ?? info),
    SAGEMAKER_REGION: regionOf(session),
    SAGEMAKER_MODEL_SERVER_WORKERS: workers === undefined ? undefined : asText(workers),
  });
  const image = imageOf({ framework, session, options: { ...options, instanceType } }, path, problems, "inference");
  return { image, env: withOwn(own, options.env, path, problems) };
}

/** The estimator of a framework that has trained a model; nothing for other models. */
function frameworkOf({ options }: Model): FrameworkEstimator | undefined {
  const estimator = options[trainedBy];
  return estimator !== undefined && isFramework(estimator) ? (estimator as FrameworkEstimator) : undefined;
}

/** Whether the image of a model may depend on what serves it; whoever takes a model from any estimator need not know which. */
export function takesInstanceType(model: Model): boolean {
  return model.options[trainedBy] !== undefined || (isFrameworkModel(model) && model.options.imageUri === undefined);
}

/** What a container of a model runs, and its environment; `image` is `undefined` where nothing says one. */
export function lowerServed(model: Model, instanceType: unknown, path: Path, problems: Problems): Served {
  if (isFrameworkModel(model)) return lowerServing(model, instanceType, path, problems);
  const estimator = frameworkOf(model);
  const { imageUri, env } = model.options;
  if (estimator === undefined) return { image: imageUri, env };
  return lowerTrained(estimator, model.options, instanceType, path, problems);
}

/** As {@link lowerServing}, for what a framework's estimator has trained. */
function lowerTrained(
  { framework, session, options }: FrameworkEstimator,
  { imageUri, env }: ModelDescription,
  instanceType: unknown,
  path: Path,
  problems: Problems,
): Served {
  const choice = { framework, session, options: { ...options, imageUri, instanceType } };
  const image = imageOf(choice, path, problems, "inference");
  // TensorFlow's models are served without a script.
  if (framework === "tensorflow") return { image, env: env ?? {} };
  checkLocation(options.codeLocation, [...path, "codeLocation"], problems);
  const own = {
    ...lowerScript(options, session, path, problems),
    SAGEMAKER_CONTAINER_LOG_LEVEL: asText(options.containerLogLevel ?? info),
    SAGEMAKER_REGION: regionOf(session),
  };
  return { image, env: withOwn(own, env, path, problems) };
}

function lowerScript(options: Partial<FrameworkSettings>, session: Session, path: Path, problems: Problems): object {
  const found = new Problems();
  const { program, uri } = lowerSource(options, session, path, found);
  for (const { code, path: at, message, hint } of found.issues) {
    if (code === "invalid_estimator") problems.add("invalid_model", at, message);
    else problems.add(code, at, message, hint);
  }
  return { SAGEMAKER_PROGRAM: program, SAGEMAKER_SUBMIT_DIRECTORY: uri };
}

function withOwn(own: object, given: unknown, path: Path, problems: Problems): unknown {
  if (given === undefined) return own;
  if (isPlainData(given)) return { ...own, ...given };
  const message = `expected an object of texts, which those of the framework are added to; got ${described(given)}`;
  problems.add("invalid_model", [...path, "env"], message, "give each value as a placeholder, or take a Model");
  return own;
}
