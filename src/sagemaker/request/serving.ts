import { described } from "../../expression/described.js";
import { type Path, Problems } from "../../services/problems.js";
import type { Framework } from "../framework-estimator.js";
import type { FrameworkModel, FrameworkModelOptions, HuggingFaceModelOptions } from "../framework-model.js";
import { lowerImageUri } from "../image-uri.js";
import type { Model, ModelOptions } from "../model.js";
import { modelKind } from "../model-kind.js";
import { checkLocation } from "./code-location.js";
import { lowerSource, regionOf } from "./framework.js";
import { withoutUndefined } from "./late-value.js";
import { isPlainData } from "./members.js";
import { asText } from "./settings.js";

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

/** Image and environment of a framework's container that serves a model. */
export function lowerServing(
  model: FrameworkModel,
  instanceType: unknown,
  path: Path,
  problems: Problems,
): { readonly image: unknown; readonly env: unknown } {
  const { options, session } = model;
  checkLocation(options.codeLocation, [...path, "codeLocation"], problems);
  const workers = options.modelServerWorkers;
  const own = withoutUndefined({
    ...lowerScript(model, path, problems),
    SAGEMAKER_CONTAINER_LOG_LEVEL: asText(options.containerLogLevel ?? info),
    SAGEMAKER_REGION: regionOf(session),
    SAGEMAKER_MODEL_SERVER_WORKERS: workers === undefined ? undefined : asText(workers),
  });
  return { image: lowerImage(model, instanceType, path, problems), env: withOwn(own, options.env, path, problems) };
}

function lowerScript(model: FrameworkModel, path: Path, problems: Problems): object {
  const { options, session, framework } = model;
  if (options.entryPoint === undefined && options.sourceDir === undefined && !needScripts.includes(framework))
    return {};
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

/** The image that was given, else AWS's of the framework in its version. */
function lowerImage(model: FrameworkModel, instanceType: unknown, path: Path, problems: Problems): unknown {
  const { options, framework, session } = model;
  if (options.imageUri !== undefined) return options.imageUri;
  const { frameworkVersion, transformersVersion, pytorchVersion, tensorflowVersion, pyVersion } = options;
  if (pytorchVersion !== undefined && tensorflowVersion !== undefined) {
    const message = "pytorchVersion and tensorflowVersion are both set";
    problems.add("conflicting_options", [...path, "tensorflowVersion"], message);
  }
  const isHuggingFace = framework === "huggingface";
  const base =
    pytorchVersion === undefined ? tensorflowVersion && `tensorflow${tensorflowVersion}` : `pytorch${pytorchVersion}`;
  const wanted = withoutUndefined({
    version: isHuggingFace ? transformersVersion : frameworkVersion,
    pyVersion,
    instanceType,
    baseFrameworkVersion: base,
  });
  return lowerImageUri(session, { framework, scope: "inference", ...wanted }, path, problems);
}
