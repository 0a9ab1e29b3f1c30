import type * as z from "zod";
import { described } from "../expression/described.js";
import type { Ref } from "../expression/placeholder.js";
import { invalidSchema, isSchema } from "../expression/schema.js";
import { type IntegrationPattern, integrationArn } from "../language/arn.js";
import { shown } from "../language/errors.js";
import { FlowStep } from "../states/chain.js";
import { givenOptions } from "../states/given-options.js";
import { readResult } from "../states/result-fields.js";
import type {
  OutputPathOption,
  ResultPathOption,
  SelectorOption,
  ShapedOptions,
  StateOutput,
} from "../states/state-output.js";
import { type TaskFields, taskFieldNames, taskFieldsOf } from "../states/task.js";
import { requestOf } from "./check-parameters.js";
import { patternOf } from "./integration-pattern.js";
import { integrationResource } from "./integration-resource.js";
import type { ClientName, OperationOf } from "./operation.js";
import { Problems } from "./problems.js";
import type { AnswerObject, GivenObject } from "./request.js";
import type { Result, ServiceStep } from "./service-step.js";

/** A client's operation, by the names that an integration has for it. */
type SdkOperation<Service, Action extends string> = Service extends ClientName
  ? OperationOf<Service, Capitalize<Action>>
  : undefined;

/** What stands in the place of an action that a client does not have. */
interface NoSuchAction<Message extends string> {
  readonly __typeIssue__: Message;
}

type Known<Service extends string, Action extends string> = [SdkOperation<Service, Action>] extends [never]
  ? NoSuchAction<`${Service} has no action ${Action}`>
  : unknown;

/** The request of any action: in PascalCase, as the SDK for Java names its members; placeholders may stand at any depth. */
export type SdkRequest<Service, Action extends string> =
  SdkOperation<Service, Action> extends { readonly input: infer Input }
    ? GivenObject<Input, Service extends "sfn" ? "Input" | "Output" : never, "java">
    : { readonly [parameter: string]: unknown };

/** The answer of any action: dates as text, `2026-01-31T12:00:00Z`. */
export type SdkAnswer<Service, Action extends string> =
  SdkOperation<Service, Action> extends { readonly output: infer Output }
    ? AnswerObject<Output, never, "java">
    : unknown;

type NeedsRequest<Service, Action extends string> =
  SdkOperation<Service, Action> extends { readonly input: infer Input } ? (object extends Input ? false : true) : false;

type Patterns = "REQUEST_RESPONSE" | "WAIT_FOR_TASK_TOKEN";

/** A call of an action, made by {@link awsSdk}. */
export interface SdkCall<Service extends string, Action extends string> {
  readonly service: Service;
  readonly action: Action;
  readonly parameters: SdkRequest<Service, Action>;
}

/** Options of {@link AwsSdkStep}. */
export interface AwsSdkStepOptions<
  Service extends string = string,
  Action extends string = string,
  Pattern extends Patterns = Patterns,
  Schema = z.core.$ZodType | undefined,
> extends TaskFields {
  /** The service, as the SDK for Java names its package: `s3`, `sfn`, `cloudwatchlogs`. */
  readonly service: Service | ClientName;
  /** The action in camelCase: `getObject`. */
  readonly action: Action & Known<Service, Action>;
  /** The request, with placeholders at any depth. In JSONata a placeholder may stand for the whole of it. */
  readonly parameters?: SdkRequest<Service, Action> | Ref<unknown>;
  /** `REQUEST_RESPONSE` goes on after the service's answer; the default. `WAIT_FOR_TASK_TOKEN` waits until somebody sends `context.task.token` back. */
  readonly integrationPattern?: Pattern;
  /** The result as it comes from the service, for the types of the steps after it. Nothing is checked while the machine runs. */
  readonly outputSchema?: Schema;
  /** The partition of the ARN in `Resource`; default that of the workflow, which is its session's. */
  readonly partition?: string;
}

interface AwsSdkStepConstructor {
  new <
    const Service extends string,
    const Action extends string,
    const Pattern extends Patterns = "REQUEST_RESPONSE",
    Schema extends z.core.SomeType | undefined = undefined,
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<
      AwsSdkStepOptions<Service, Action, Pattern, Schema>,
      Result<Pattern, SdkAnswer<Service, Action>, unknown, Schema>,
      Selector,
      Path,
      Out,
      Made
    >,
  ): ServiceStep<StateOutput<Result<Pattern, SdkAnswer<Service, Action>, unknown, Schema>, Selector, Path, Out, Made>>;
}

/**
 * Calls any action of any service. Where the service's client is installed (`@aws-sdk/client-s3`), request and answer have its types.
 *
 * Members are named as the SDK for Java names them: `DBInstanceIdentifier` of the API is `DbInstanceIdentifier`. Bytes may be given as text or as data.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_argument` for a name that no such integration has, `unknown_option`.
 * @example
 * new AwsSdkStep("Read", awsSdk("s3", "getObject", { Bucket: "b", Key: input.key }));
 * // { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
 * //   "Parameters": { "Bucket": "b", "Key.$": "$$.Execution.Input['key']" }, "End": true }
 */
export const AwsSdkStep: AwsSdkStepConstructor = class AwsSdkStep extends FlowStep {
  constructor(name: string, options: AwsSdkStepOptions) {
    const given = givenOptions("AwsSdkStep", "invalid_argument", options);
    const problems = new Problems();
    problems.addUnknown("AwsSdkStep", given, { ...ownNames, ...taskFieldNames }, []);
    const { outputSchema } = given;
    const parameters = given.parameters === undefined ? {} : requestOf(given.parameters, problems);
    const schema = isSchema(outputSchema) ? outputSchema : undefined;
    if (schema !== outputSchema) problems.issues.push(invalidSchema(outputSchema, ["outputSchema"]));
    const resource = resourceOf(given, problems);
    const fields = { ...taskFieldsOf(given), resource, ...(parameters === undefined ? {} : { parameters }) };
    super(name, "Task", readResult(fields, schema), { outputSchema: schema, problems: problems.issues });
  }
} as AwsSdkStepConstructor;

const ownNames = {
  service: true,
  action: true,
  parameters: true,
  integrationPattern: true,
  outputSchema: true,
  partition: true,
} as const satisfies { [K in Exclude<keyof AwsSdkStepOptions, keyof TaskFields>]-?: true };

/**
 * A call of an action, for {@link AwsSdkStep}: alone, or with other options beside it.
 *
 * @example
 * new AwsSdkStep("Read", { ...awsSdk("s3", "getObject", { Bucket: "b", Key: "k" }), resultPath: "$.object" });
 */
export function awsSdk<const Service extends string, const Action extends string>(
  service: Service | ClientName,
  action: Action & Known<Service, Action>,
  ...parameters: NeedsRequest<Service, Action> extends true
    ? [parameters: SdkRequest<Service, Action>]
    : [parameters?: SdkRequest<Service, Action>]
): SdkCall<Service, Action> {
  return { service, action, parameters: parameters[0] ?? {} } as unknown as SdkCall<Service, Action>;
}

/** Names of services that only optimized integrations have, with those of `aws-sdk`. */
const otherNames: Readonly<Record<string, string>> = {
  elasticmapreduce: "emr",
  "emr-containers": "emrcontainers",
  "emr-serverless": "emrserverless",
  events: "eventbridge",
  logs: "cloudwatchlogs",
  monitoring: "cloudwatch",
  states: "sfn",
  stepfunctions: "sfn",
};

/** Actions that only optimized integrations have, with the steps that call them. */
const otherSteps: Readonly<Record<string, string>> = {
  "http:invoke": "HttpInvokeStep",
  "apigateway:invoke": "ApiGatewayInvokeStep",
  "eks:call": "EksCallStep",
  "eks:runJob": "EksRunJobStep",
};

const patterns: readonly IntegrationPattern[] = ["REQUEST_RESPONSE", "WAIT_FOR_TASK_TOKEN"];

function resourceOf(given: AwsSdkStepOptions, problems: Problems) {
  const service = serviceOf(given.service, problems);
  const action = actionOf(given.service, given.action, problems);
  const pattern = patternOf(given, patterns, undefined, problems);
  const arnIn = (partition: string) => integrationArn({ partition, service: `aws-sdk:${service}`, action, pattern });
  return integrationResource(arnIn, given.partition, problems);
}

function serviceOf(service: unknown, problems: Problems): string {
  const other = typeof service === "string" && Object.hasOwn(otherNames, service) ? otherNames[service] : undefined;
  if (other !== undefined) {
    const message = `aws-sdk has no service ${described(service)}`;
    problems.add("invalid_argument", ["service"], message, `the service is ${shown(other)} there`);
  } else if (typeof service !== "string" || !/^[a-z][a-z0-9]*$/.test(service)) {
    const message = `expected a service in lower case, got ${described(service)}`;
    problems.add(
      "invalid_argument",
      ["service"],
      message,
      'name it as the SDK for Java names its package: "s3", "cloudwatchlogs"',
    );
  } else return service;
  return other ?? "unknown";
}

function actionOf(service: unknown, action: unknown, problems: Problems): string {
  const step = Object.hasOwn(otherSteps, `${service}:${action}`) ? otherSteps[`${service}:${action}`] : undefined;
  if (step !== undefined) {
    problems.add("invalid_argument", ["action"], `aws-sdk has no action ${described(action)}`, `use ${step}`);
  } else if (typeof action === "string" && /^[a-zA-Z0-9]+\./.test(action)) {
    const hint = "leave the suffix out: integrationPattern says how the call waits, and aws-sdk has no RUN_JOB";
    problems.add("invalid_argument", ["action"], `expected an action without a suffix, got ${shown(action)}`, hint);
  } else if (typeof action !== "string" || !/^[a-z][a-zA-Z0-9]*$/.test(action)) {
    const message = `expected an action in camelCase, such as "getObject", got ${described(action)}`;
    problems.add(
      "invalid_argument",
      ["action"],
      message,
      "write the name of the API's action with a small first letter",
    );
  } else return action;
  return "unknown";
}
