import type {
  CreateEndpointInput,
  DeploymentConfig,
  UpdateEndpointInput,
  VariantProperty,
} from "@aws-sdk/client-sagemaker";
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
import type { CreateEndpointResult } from "../answer.js";
import type { Overrides } from "../overrides.js";
import { mergeTags, type Tags } from "../request/tags.js";
import { sageMakerTask, sessionOf } from "../sagemaker-call.js";
import { type CallOutput, type CallPattern, type CallPatterns, callPatternOf } from "../sagemaker-task.js";
import type { Session } from "../session/session.js";

interface EndpointFields<Pattern extends CallPatterns = CallPatterns> extends TaskFields, CallPattern<Pattern> {
  /** 1 to 63 letters, digits and inner hyphens, unique in account and region. */
  readonly endpointName: Param<string>;
  /** The configuration that is served. */
  readonly endpointConfigName: Param<string>;
  /** How traffic goes over to new instances, and back. */
  readonly deploymentConfig?: Param<DeploymentConfig>;
  /** In whose partition the endpoint is; default the workflow's. */
  readonly session?: Session;
}

interface Creating {
  /** Whether the endpoint is there and gets another configuration; default false: it is created. */
  readonly update?: false;
  /** Tags of the endpoint, at most 50. */
  readonly tags?: Tags;
  /** Merged over the generated request: objects are merged, everything else, lists too, is replaced. */
  readonly parameters?: Overrides<CreateEndpointInput>;
  readonly retainAllVariantProperties?: never;
  readonly excludeRetainedVariantProperties?: never;
  readonly retainDeploymentConfig?: never;
}

interface Updating {
  readonly update: true;
  /** Whether the variants keep instance counts and weights that they were given while running; default false. */
  readonly retainAllVariantProperties?: Param<boolean>;
  /** What of these they do not keep. */
  readonly excludeRetainedVariantProperties?: Param<readonly VariantProperty[]>;
  /** Whether the last `deploymentConfig` is used again; default false. */
  readonly retainDeploymentConfig?: Param<boolean>;
  /** Merged over the generated request: objects are merged, everything else, lists too, is replaced. */
  readonly parameters?: Overrides<UpdateEndpointInput>;
  /** An endpoint's tags are not changed by an update. */
  readonly tags?: never;
}

/** Options of {@link EndpointStep}. */
export type EndpointStepOptions<Pattern extends CallPatterns = CallPatterns> = EndpointFields<Pattern> &
  (Creating | Updating);

/** A step that creates or updates an endpoint; made by `new EndpointStep(name, options)`. */
export interface EndpointStep<Output = unknown> extends FlowStep<Output> {}

interface EndpointStepConstructor {
  new <
    const Pattern extends CallPatterns = "REQUEST_RESPONSE",
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<
      EndpointFields<Pattern>,
      CallOutput<Pattern, CreateEndpointResult>,
      Selector,
      Path,
      Out,
      Made
    > &
      (Creating | Updating),
  ): EndpointStep<StateOutput<CallOutput<Pattern, CreateEndpointResult>, Selector, Path, Out, Made>>;
}

/**
 * Creates an endpoint, or gives one another configuration. It goes on while SageMaker is still at work: see {@link waitUntilInService}.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_request`, `invalid_argument`, `conflicting_options`, `unknown_option`.
 * @example
 * new EndpointStep("Deploy", { endpointName: "churn", endpointConfigName: input.Name, update: true });
 * // { "Type": "Task", "Resource": "arn:aws:states:::sagemaker:updateEndpoint", "Parameters": { "EndpointName": "churn", "EndpointConfigName.$": "…" } }
 */
export const EndpointStep: EndpointStepConstructor = class EndpointStep extends FlowStep {
  constructor(name: string, options: EndpointStepOptions) {
    const given = givenOptions("EndpointStep", "invalid_request", options as Given);
    const problems = new Problems();
    super(name, "Task", readResult(fieldsOf(given, problems)), { problems: problems.issues });
  }
} as EndpointStepConstructor;

type Given = EndpointFields & { readonly [K in keyof Creating | keyof Updating]?: unknown };

const ofCreating = ["tags"] as const;
const ofUpdating = [
  "retainAllVariantProperties",
  "excludeRetainedVariantProperties",
  "retainDeploymentConfig",
] as const;

const names = {
  endpointName: true,
  endpointConfigName: true,
  deploymentConfig: true,
  session: true,
  update: true,
  tags: true,
  retainAllVariantProperties: true,
  excludeRetainedVariantProperties: true,
  retainDeploymentConfig: true,
  integrationPattern: true,
  parameters: true,
} as const satisfies { [K in Exclude<keyof Given, keyof TaskFields>]-?: true };

function fieldsOf(options: Given, problems: Problems): object {
  const { update = false } = options;
  if (typeof update !== "boolean") {
    problems.add("invalid_argument", ["update"], `expected true or false, got ${described(update)}`);
  }
  const operation = update === true ? "UpdateEndpoint" : "CreateEndpoint";
  for (const option of update === true ? ofCreating : ofUpdating) {
    if (options[option] === undefined) continue;
    problems.add("conflicting_options", [option], `${operation} takes no ${option}`, "leave it out");
  }
  const session = sessionOf(options.session, problems);
  const pattern = callPatternOf(options, problems);
  const request = {
    EndpointName: options.endpointName,
    EndpointConfigName: options.endpointConfigName,
    DeploymentConfig: options.deploymentConfig,
    ...(update === true
      ? {
          RetainAllVariantProperties: options.retainAllVariantProperties,
          ExcludeRetainedVariantProperties: options.excludeRetainedVariantProperties,
          RetainDeploymentConfig: options.retainDeploymentConfig,
        }
      : { Tags: mergeTags(undefined, options.tags, ["Parameters", "Tags"], problems) }),
  };
  return sageMakerTask({ step: "EndpointStep", names, operation, session, pattern }, options, request, problems);
}
