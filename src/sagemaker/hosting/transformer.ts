import type { AssemblyType, BatchStrategy, TransformInstanceType, TransformResources } from "@aws-sdk/client-sagemaker";
import { described } from "../../expression/described.js";
import type { Param } from "../../expression/placeholder.js";
import { DefinitionError, issue } from "../../language/errors.js";
import { givenOptions } from "../../states/given-options.js";
import type { Tags } from "../request/tags.js";
import { Session } from "../session/session.js";

/** Options of {@link Transformer}. Every value may be a placeholder. */
export interface TransformerOptions {
  /** The model that the jobs use; needed unless the step names one. */
  readonly modelName?: Param<string>;
  /** 1 or more. */
  readonly instanceCount: Param<number>;
  /** A type of SageMaker's, which starts with `ml.`: for example `ml.m5.xlarge`. */
  readonly instanceType: Param<TransformInstanceType | (string & {})>;
  /** `SingleRecord`, or `MultiRecord` for as many records in a request as `maxPayload` lets in. */
  readonly strategy?: Param<BatchStrategy>;
  /** How results are put together: `Line` puts a line break between them; default `None`. */
  readonly assembleWith?: Param<AssemblyType>;
  /** Where results go: an S3 URI; default `s3://{bucket}/{job name}`. */
  readonly outputPath?: Param<string>;
  /** KMS key of the results. */
  readonly outputKmsKey?: Param<string>;
  /** MIME type that the model is asked to answer with. */
  readonly accept?: Param<string>;
  /** Requests at the same time on an instance; default what the container says, or 1. */
  readonly maxConcurrentTransforms?: Param<number>;
  /** Megabytes of the largest request, at most 100; SageMaker's default is 6. */
  readonly maxPayload?: Param<number>;
  /** Environment of the container, at most 16 entries. */
  readonly env?: Param<{ readonly [name: string]: string }>;
  /** KMS key of the instances' volumes. */
  readonly volumeKmsKey?: Param<string>;
  /** The machine image of the instances, where SageMaker offers several. */
  readonly transformAmiVersion?: Param<NonNullable<TransformResources["TransformAmiVersion"]>>;
  /** Tags of the jobs, at most 50. */
  readonly tags?: Tags;
  /** What generated job names begin with; default the model's name, where that is known. */
  readonly baseTransformJobName?: string;
  /** Default `new Session()`. */
  readonly session?: Session;
}

const brand = Symbol.for("sfn-ds.transformer");

/**
 * What SageMaker runs batch transform jobs on and with. A transformer never changes; a {@link TransformStep} runs its jobs.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_model`, `invalid_request`, `unknown_option`.
 * @example
 * new Transformer({ modelName: input.ModelName, instanceCount: 1, instanceType: "ml.m5.xlarge", outputPath: "s3://b/out" });
 */
export class Transformer {
  readonly [brand] = true;
  /** As given. */
  readonly options: TransformerOptions;
  readonly session: Session;

  constructor(options: TransformerOptions) {
    this.options = givenOptions("Transformer", "invalid_model", options);
    const { session = new Session() } = options;
    if (!Session.is(session)) {
      const message = `expected a Session, got ${described(session)}`;
      throw new DefinitionError([issue("invalid_model", ["session"], message)]);
    }
    this.session = session;
  }

  /** Whether `value` is a transformer, also one of another copy of this package. */
  static is(value: unknown): value is Transformer {
    return typeof value === "object" && value !== null && brand in value;
  }
}
