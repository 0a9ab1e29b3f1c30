import type {
  AsyncInferenceConfig,
  CreateEndpointConfigInput,
  ExplainerConfig,
  MetricsConfig,
  VpcConfig,
} from "@aws-sdk/client-sagemaker";
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
import type { CreateEndpointConfigResult } from "../answer.js";
import type { Overrides } from "../overrides.js";
import type { Tags } from "../request/tags.js";
import { sageMakerTask, sessionOf } from "../sagemaker-call.js";
import { type CallOutput, type CallPattern, type CallPatterns, callPatternOf } from "../sagemaker-task.js";
import { Session } from "../session/session.js";
import { buildEndpointConfigRequest } from "./build-endpoint-config-request.js";
import type { DataCaptureConfig } from "./data-capture-config.js";
import { type ProductionVariant, variantMembers } from "./production-variant.js";

/** Options of {@link EndpointConfigStep}. Those of a {@link ProductionVariant} describe the only variant, unless there are `productionVariants`. */
export interface EndpointConfigStepOptions<Pattern extends CallPatterns = CallPatterns>
  extends TaskFields,
    CallPattern<Pattern>,
    ProductionVariant {
  /** 1 to 63 letters, digits and inner hyphens, unique in account and region. */
  readonly endpointConfigName: Param<string>;
  /** 1 to 10 variants, between which requests are shared out. */
  readonly productionVariants?: readonly ProductionVariant[];
  /** Variants that get copies of the requests and whose answers nobody sees. */
  readonly shadowProductionVariants?: readonly ProductionVariant[];
  readonly dataCaptureConfig?: DataCaptureConfig;
  /** Set for an endpoint that writes its answers to S3. */
  readonly asyncInferenceConfig?: Param<AsyncInferenceConfig>;
  readonly explainerConfig?: Param<ExplainerConfig>;
  /** KMS key of the instances' volumes. */
  readonly kmsKeyId?: Param<string>;
  /** ARN or name of the role that the endpoint runs as where its variants name no models. */
  readonly role?: Param<string>;
  /** Network of an endpoint whose variants name no models. */
  readonly vpcConfig?: Param<VpcConfig>;
  readonly enableNetworkIsolation?: Param<boolean>;
  readonly metricsConfig?: Param<MetricsConfig>;
  /** Tags of the configuration, at most 50. */
  readonly tags?: Tags;
  /** Whose role and bucket are meant; default `new Session()`, and the partition of the workflow. */
  readonly session?: Session;
  /** Merged over the generated request: objects are merged, everything else, lists too, is replaced. */
  readonly parameters?: Overrides<CreateEndpointConfigInput>;
}

/** A step that creates the configuration of an endpoint; made by `new EndpointConfigStep(name, options)`. */
export interface EndpointConfigStep<Output = unknown> extends FlowStep<Output> {}

interface EndpointConfigStepConstructor {
  new <
    const Pattern extends CallPatterns = "REQUEST_RESPONSE",
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<
      EndpointConfigStepOptions<Pattern>,
      CallOutput<Pattern, CreateEndpointConfigResult>,
      Selector,
      Path,
      Out,
      Made
    >,
  ): EndpointConfigStep<StateOutput<CallOutput<Pattern, CreateEndpointConfigResult>, Selector, Path, Out, Made>>;
}

/**
 * Creates the configuration of an endpoint: which models it serves, on what.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_request`, `conflicting_options`, `unknown_option`.
 * @example
 * new EndpointConfigStep("Configure", { endpointConfigName: input.Name, modelName: input.Name, initialInstanceCount: 1, instanceType: "ml.m5.large" });
 * // { "Type": "Task", "Resource": "arn:aws:states:::sagemaker:createEndpointConfig",
 * //   "Parameters": { "EndpointConfigName.$": "…", "ProductionVariants": [{ "ModelName.$": "…", "VariantName": "AllTraffic", … }] } }
 */
export const EndpointConfigStep: EndpointConfigStepConstructor = class EndpointConfigStep extends FlowStep {
  constructor(name: string, options: EndpointConfigStepOptions) {
    const given = givenOptions("EndpointConfigStep", "invalid_request", options);
    const problems = new Problems();
    super(name, "Task", readResult(fieldsOf(given, problems)), { problems: problems.issues });
  }
} as EndpointConfigStepConstructor;

const names = {
  ...variantMembers,
  endpointConfigName: true,
  productionVariants: true,
  shadowProductionVariants: true,
  dataCaptureConfig: true,
  asyncInferenceConfig: true,
  explainerConfig: true,
  kmsKeyId: true,
  role: true,
  vpcConfig: true,
  enableNetworkIsolation: true,
  metricsConfig: true,
  tags: true,
  session: true,
  integrationPattern: true,
  parameters: true,
} as const satisfies { [K in Exclude<keyof EndpointConfigStepOptions, keyof TaskFields>]-?: unknown };

function fieldsOf(options: EndpointConfigStepOptions, problems: Problems): object {
  const session = sessionOf(options.session, problems);
  const pattern = callPatternOf(options, problems);
  const call = { step: "EndpointConfigStep", names, operation: "CreateEndpointConfig", session, pattern } as const;
  const request = buildEndpointConfigRequest(options, session ?? new Session(), problems);
  return sageMakerTask(call, options, request, problems);
}
