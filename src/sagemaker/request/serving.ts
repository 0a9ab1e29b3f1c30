import { described } from "../../expression/described.js";
import { type Path, Problems } from "../../services/problems.js";
import type { Framework } from "../framework-estimator.js";
import type { FrameworkModel, FrameworkModelOptions, HuggingFaceModelOptions } from "../framework-model.js";
import type { Model, ModelOptions } from "../model.js";
import { modelKind } from "../model-kind.js";
import { checkLocation } from "./code-location.js";
import { imageOf, lowerSource, regionOf } from "./framework.js";
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
  const image = imageOf(
    { framework: model.framework, session, options: { ...options, instanceType } },
    path,
    problems,
    "inference",
  );
  return { image, env: withOwn(own, options.env, path, problems) };
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
