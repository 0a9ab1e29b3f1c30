import type { InferenceExecutionConfig } from "@aws-sdk/client-sagemaker";
import type { Param } from "../../expression/placeholder.js";
import { givenOptions } from "../../states/given-options.js";
import type { Session } from "../session/session.js";
import { type Model, type ModelSettings, sessionOf } from "./model.js";
import { modelKind } from "./model-kind.js";

/** Options of {@link PipelineModel}. */
export interface PipelineModelOptions extends ModelSettings {
  /** 2 to 15 models, each a container. What a model is beside its container is said here: their own `name` and `role` do not count. */
  readonly models: readonly Model[];
  /** `{ Mode: "Direct" }` where requests name their container; by default they go through one after the other. */
  readonly inferenceExecutionConfig?: Param<InferenceExecutionConfig>;
}

/**
 * A model of several containers. What one gives is what the next one gets.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_model`, `invalid_request`, `unknown_option`.
 * @example
 * new PipelineModel({ models: [preprocess, predict], role, name: input.ModelName });
 * // "Containers": [{ "Image": "…", … }, { "Image": "…", … }]
 */
export class PipelineModel {
  /** As given. */
  readonly options: PipelineModelOptions;
  readonly session: Session;
  readonly [modelKind] = "PipelineModel";

  constructor(options: PipelineModelOptions) {
    this.options = givenOptions("PipelineModel", "invalid_model", options);
    this.session = sessionOf(options.session);
  }

  /** Whether `value` is a pipeline model, also one of another copy of this package. */
  static is(value: unknown): value is PipelineModel {
    return typeof value === "object" && value !== null && modelKind in value && value[modelKind] === "PipelineModel";
  }
}
