import { Estimator, type EstimatorOptions } from "./estimator.js";
import { estimatorKind } from "./estimator-kind.js";
import type { Distribution, FrameworkSettings, SpecialSettings } from "./framework-settings.js";

/** Options of a framework's estimator. */
export interface FrameworkEstimatorOptions extends Omit<EstimatorOptions, "imageUri">, FrameworkSettings {
  /** Default AWS's image of the framework in its version. */
  readonly imageUri?: EstimatorOptions["imageUri"];
  /** How the training is spread over instances. */
  readonly distribution?: Distribution;
}

/** Options of {@link TensorFlow}. */
export interface TensorFlowOptions extends FrameworkEstimatorOptions, Pick<SpecialSettings, "modelDir"> {}

/** Options of {@link HuggingFace}; one of the two versions below Transformers. */
export interface HuggingFaceOptions
  extends Omit<FrameworkEstimatorOptions, "frameworkVersion">,
    Omit<SpecialSettings, "modelDir"> {}

/** Frameworks that run scripts. */
export type Framework = "tensorflow" | "pytorch" | "sklearn" | "xgboost" | "mxnet" | "huggingface";

/**
 * An estimator that runs a script in the container of a framework. The source is packed and uploaded when the workflow is created or updated,
 * under a key that is made from its contents. Hyperparameters are written as JSON, which these containers read.
 */
export abstract class FrameworkEstimator extends Estimator {
  override readonly [estimatorKind] = "FrameworkEstimator";
  abstract readonly framework: Framework;

  constructor(options: FrameworkEstimatorOptions | HuggingFaceOptions) {
    // Which image it is, is known when the job is described.
    super(options as EstimatorOptions);
  }
}

/**
 * Runs a script with TensorFlow.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_estimator`, `invalid_request`, `invalid_code`, `missing_file`, `unknown_image`, `unknown_option`.
 * @example
 * new TensorFlow({ role, instanceCount: 1, instanceType: "ml.m5.xlarge", entryPoint: "train.py", sourceDir: "./src", frameworkVersion: "2.16", pyVersion: "py310" });
 * // "HyperParameters": { "sagemaker_program": "\"train.py\"", "sagemaker_submit_directory": "\"s3://…/sourcedir.tar.gz\"", … }
 */
export class TensorFlow extends FrameworkEstimator {
  readonly framework = "tensorflow";

  constructor(options: TensorFlowOptions) {
    super(options);
  }
}

/** Runs a script with PyTorch; see {@link TensorFlow}. */
export class PyTorch extends FrameworkEstimator {
  readonly framework = "pytorch";
}

/** Runs a script with scikit-learn; see {@link TensorFlow}. */
export class SKLearn extends FrameworkEstimator {
  readonly framework = "sklearn";
}

/** Runs a script with XGBoost; see {@link TensorFlow}. For the algorithm of SageMaker without a script, take an Estimator. */
export class XGBoost extends FrameworkEstimator {
  readonly framework = "xgboost";
}

/** Runs a script with MXNet; see {@link TensorFlow}. */
export class MXNet extends FrameworkEstimator {
  readonly framework = "mxnet";
}

/** Runs a script with Transformers of Hugging Face; see {@link TensorFlow}. */
export class HuggingFace extends FrameworkEstimator {
  readonly framework = "huggingface";

  constructor(options: HuggingFaceOptions) {
    super(options);
  }
}
