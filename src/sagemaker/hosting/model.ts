import type {
  AdditionalModelDataSource,
  ContainerMetricsConfig,
  ContainerMode,
  ImageConfig,
  ModelDataSource,
  MultiModelConfig,
  VpcConfig,
} from "@aws-sdk/client-sagemaker";
import type { Param } from "../../expression/placeholder.js";
import { DefinitionError, issue, shown } from "../../language/errors.js";
import type { Deferred } from "../../states/deferred.js";
import { givenOptions } from "../../states/given-options.js";
import type { Tags } from "../request/tags.js";
import { Session } from "../session/session.js";
import type { Estimator } from "../training/estimator.js";
import type { FrameworkSettings, SpecialSettings } from "../training/framework-settings.js";
import { modelKind, trainedBy } from "./model-kind.js";

/** What a container of a model is made of. Every value may be a placeholder. */
export interface ContainerOptions {
  /** URI of the container's image, at most 255 characters; needed unless there is a `modelPackageName`. */
  readonly imageUri?: Param<string> | Deferred<string>;
  /** The trained model: the `s3://` URI of a `.tar.gz`, or a local one, which is uploaded at deployment. */
  readonly modelData?: Param<string> | Deferred<string>;
  /** The trained model as SageMaker's own structure: for files that are not in one archive. Instead of `modelData`. */
  readonly modelDataSource?: Param<ModelDataSource>;
  /** More data for the container, at most 5 sources. */
  readonly additionalModelDataSources?: Param<readonly AdditionalModelDataSource[]>;
  /** Environment of the container, at most 100 entries. */
  readonly env?: Param<{ readonly [name: string]: string }>;
  /** How the image is pulled from a private registry. */
  readonly imageConfig?: Param<ImageConfig>;
  /** `MultiModel` where the container serves all models below `modelData`; default `SingleModel`. */
  readonly mode?: Param<ContainerMode>;
  readonly multiModelConfig?: Param<MultiModelConfig>;
  /** Name of the container within the model, 1 to 63 letters, digits and inner hyphens. */
  readonly containerHostname?: Param<string>;
  /** Name or ARN of a model package, which says image and data. */
  readonly modelPackageName?: Param<string>;
  /** Which of the package's ways to serve it is used. */
  readonly inferenceSpecificationName?: Param<string>;
  readonly containerMetricsConfig?: Param<ContainerMetricsConfig>;
}

/** What a model is beside its containers. */
export interface ModelSettings {
  /** ARN or name of the role that the containers run as; a name is looked up at deployment. */
  readonly role?: Param<string>;
  /** 1 to 63 letters, digits and inner hyphens, unique in account and region; needed unless the step has one. */
  readonly name?: Param<string>;
  readonly vpcConfig?: Param<VpcConfig>;
  /** Whether the containers have no network; default false. */
  readonly enableNetworkIsolation?: Param<boolean>;
  /** Tags of the model, at most 50. */
  readonly tags?: Tags;
  /** Default `new Session()`. */
  readonly session?: Session;
}

/** Options of {@link Model}. */
export interface ModelOptions extends ContainerOptions, ModelSettings {}

/** The options of a model of any kind. */
export interface ModelDescription extends ModelOptions, Partial<FrameworkSettings>, Omit<SpecialSettings, "modelDir"> {
  readonly modelServerWorkers?: Param<number>;
  readonly [trainedBy]?: Estimator;
}

/**
 * A model that SageMaker can serve: an image and what was trained. A model never changes; a {@link ModelStep} creates it.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_model`, `invalid_request`, `missing_file`, `unknown_option`.
 * @example
 * new Model({ imageUri, modelData: train.output.ModelArtifacts.S3ModelArtifacts, role, name: input.ModelName });
 * // "PrimaryContainer": { "Image": "…", "ModelDataUrl.$": "$['ModelArtifacts']['S3ModelArtifacts']", "Environment": {} }
 */
export class Model {
  /** As given. */
  readonly options: ModelDescription;
  readonly session: Session;
  readonly [modelKind]: "Model" | "FrameworkModel" = "Model";

  constructor(options: ModelOptions);
  constructor(options: ModelDescription) {
    this.options = givenOptions("Model", "invalid_model", options);
    this.session = sessionOf(options.session);
  }

  /** Whether `value` is a model of one container, also one of another copy of this package. */
  static is(value: unknown): value is Model {
    return typeof value === "object" && value !== null && modelKind in value && value[modelKind] !== "PipelineModel";
  }
}

/** The session of a model; anything else is refused at once, as the step needs its region. */
export function sessionOf(session: Session = new Session()): Session {
  if (Session.is(session)) return session;
  throw new DefinitionError([issue("invalid_model", ["session"], `expected a Session, got ${shown(session)}`)]);
}
