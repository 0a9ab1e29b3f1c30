import type { Param } from "../../expression/placeholder.js";
import type { Framework } from "../training/framework-estimator.js";
import type { FrameworkSettings, SpecialSettings } from "../training/framework-settings.js";
import { Model, type ModelOptions } from "./model.js";
import { modelKind } from "./model-kind.js";

/** Options of a framework's model. */
export interface FrameworkModelOptions extends ModelOptions, Omit<FrameworkSettings, "entryPoint"> {
  /** The script that loads the model and answers requests: a file in `sourceDir`; without one, a file on this machine. */
  readonly entryPoint?: Param<string>;
  /** Processes that answer requests; default what the container takes, mostly one for each processor. */
  readonly modelServerWorkers?: Param<number>;
}

/** Options of a model whose container serves nothing without a script. */
export interface ScriptModelOptions extends FrameworkModelOptions {
  readonly entryPoint: Param<string>;
}

/** Options of {@link HuggingFaceModel}; one of the two versions below Transformers. */
export interface HuggingFaceModelOptions
  extends Omit<FrameworkModelOptions, "frameworkVersion">,
    Omit<SpecialSettings, "modelDir"> {}

/**
 * A model that a framework's container serves: AWS's image, chosen by version and by the step's `instanceType`, and what tells it its script.
 * The script is packed and uploaded when the workflow is created or updated, under a key that is made from its contents.
 * Entries of `env` with the same names as those for the script count.
 */
export abstract class FrameworkModel extends Model {
  override readonly [modelKind] = "FrameworkModel";
  abstract readonly framework: Framework;

  constructor(options: FrameworkModelOptions | HuggingFaceModelOptions) {
    super(options);
  }
}

/**
 * Serves a model of scikit-learn.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_model`, `invalid_request`, `invalid_code`, `missing_file`, `unknown_image`, `unknown_option`.
 * @example
 * new SKLearnModel({ modelData, role, entryPoint: "serve.py", sourceDir: "./src", frameworkVersion: "1.2-1", name: input.ModelName });
 * // "PrimaryContainer": { "Image": "…/sagemaker-scikit-learn:1.2-1-cpu-py3", "Environment": { "SAGEMAKER_PROGRAM": "serve.py", … }, "ModelDataUrl": "…" }
 */
export class SKLearnModel extends FrameworkModel {
  readonly framework = "sklearn";

  constructor(options: ScriptModelOptions) {
    super(options);
  }
}

/** Serves a model of XGBoost with a script; see {@link SKLearnModel}. */
export class XGBoostModel extends FrameworkModel {
  readonly framework = "xgboost";

  constructor(options: ScriptModelOptions) {
    super(options);
  }
}

/**
 * Serves a model of PyTorch; see {@link SKLearnModel}. From PyTorch 1.2 on the container reads the script from `code/` in the model's archive alone:
 * put it there when training, and give `env: { SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code" }`.
 */
export class PyTorchModel extends FrameworkModel {
  readonly framework = "pytorch";
}

/** Serves a saved model of TensorFlow, for which it needs no script; one that is to be used stands in `code/` in the model's archive. See {@link SKLearnModel}. */
export class TensorFlowModel extends FrameworkModel {
  readonly framework = "tensorflow";
}

/** Serves a model of MXNet; see {@link SKLearnModel}, and {@link PyTorchModel} for where the script is. */
export class MXNetModel extends FrameworkModel {
  readonly framework = "mxnet";
}

/** Serves a model of Transformers; see {@link SKLearnModel}, and {@link PyTorchModel} for where a script is. `env: { HF_TASK: … }` serves without one. */
export class HuggingFaceModel extends FrameworkModel {
  readonly framework = "huggingface";

  constructor(options: HuggingFaceModelOptions) {
    super(options);
  }
}
