import type { CreateModelInput, ProductionVariantInstanceType } from "@aws-sdk/client-sagemaker";
import { described } from "../../expression/described.js";
import type { Param } from "../../expression/placeholder.js";
import { Problems } from "../../services/problems.js";
import { FlowStep } from "../../states/chain.js";
import { givenOptions } from "../../states/given-options.js";
import { readResult } from "../../states/result-fields.js";
import type {
  OutputPathOption,
  ResultPathOption,
  SelectorOption,
  ShapedOptions,
  StateOutput,
} from "../../states/state-output.js";
import type { TaskFields } from "../../states/task.js";
import type { CreateModelResult } from "../answer.js";
import type { Overrides } from "../overrides.js";
import type { Tags } from "../request/tags.js";
import { sageMakerTask } from "../sagemaker-call.js";
import { type CallOutput, type CallPattern, type CallPatterns, callPatternOf } from "../sagemaker-task.js";
import { Session } from "../session/session.js";
import { buildModelRequest, isAnyModel } from "./build-model-request.js";
import type { Model } from "./model.js";
import type { PipelineModel } from "./pipeline-model.js";

/** Options of {@link ModelStep}. */
export interface ModelStepOptions<Pattern extends CallPatterns = CallPatterns>
  extends TaskFields,
    CallPattern<Pattern> {
  readonly model: Model | PipelineModel;
  /** 1 to 63 letters, digits and inner hyphens, unique in account and region; default the model's own. */
  readonly modelName?: Param<string>;
  /** What will serve the model: says which of AWS's images a framework's model takes, that for GPUs or the other. Refused where the model has its image. */
  readonly instanceType?: Param<ProductionVariantInstanceType | (string & {})>;
  /** Tags of the model, beside its own; the step's value of a key counts. */
  readonly tags?: Tags;
  /** Merged over the generated request: objects are merged, everything else, lists too, is replaced. */
  readonly parameters?: Overrides<CreateModelInput>;
}

/** A step that creates a model in SageMaker; made by `new ModelStep(name, options)`. */
export interface ModelStep<Output = unknown> extends FlowStep<Output> {}

interface ModelStepConstructor {
  new <
    const Pattern extends CallPatterns = "REQUEST_RESPONSE",
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<
      ModelStepOptions<Pattern>,
      CallOutput<Pattern, CreateModelResult>,
      Selector,
      Path,
      Out,
      Made
    >,
  ): ModelStep<StateOutput<CallOutput<Pattern, CreateModelResult>, Selector, Path, Out, Made>>;
}

/**
 * Creates a model in SageMaker.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_model`, `missing_option`, `invalid_request`, `missing_file`, `unknown_image`, `conflicting_options`, `unknown_option`.
 * @example
 * new ModelStep("Save model", { model, modelName: input.ModelName });
 * // { "Type": "Task", "Resource": "arn:aws:states:::sagemaker:createModel", "Parameters": { "ModelName.$": "…", "PrimaryContainer": { … }, … } }
 */
export const ModelStep: ModelStepConstructor = class ModelStep extends FlowStep {
  constructor(name: string, options: ModelStepOptions) {
    const given = givenOptions("ModelStep", "invalid_model", options);
    const problems = new Problems();
    super(name, "Task", readResult(fieldsOf(given, problems)), { problems: problems.issues });
  }
} as ModelStepConstructor;

const names = {
  model: true,
  modelName: true,
  instanceType: true,
  tags: true,
  integrationPattern: true,
  parameters: true,
} as const satisfies { [K in Exclude<keyof ModelStepOptions, keyof TaskFields>]-?: true };

function fieldsOf(options: ModelStepOptions, problems: Problems): object {
  const { model } = options;
  const isModel = isAnyModel(model);
  if (!isModel)
    problems.add("invalid_model", ["model"], `expected a Model or a PipelineModel, got ${described(model)}`);
  const request = isModel ? buildModelRequest(model, options, ["Parameters"], problems) : undefined;
  const session = isModel ? model.session : new Session();
  const pattern = callPatternOf(options, problems);
  return sageMakerTask(
    { step: "ModelStep", names, operation: "CreateModel", session, pattern },
    options,
    request,
    problems,
  );
}
