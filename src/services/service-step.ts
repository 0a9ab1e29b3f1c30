import type * as z from "zod";
import type { InputOf } from "../expression/input-of.js";
import type { Ref } from "../expression/placeholder.js";
import { invalidSchema, isSchema } from "../expression/schema.js";
import { type IntegrationPattern, integrationArn } from "../language/arn.js";
import {
  findIntegration,
  type Integration,
  type IntegrationAction,
  type IntegrationService,
  type PatternOf,
} from "../language/integrations.js";
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
import { type CheckRequest, checkParameters, requestOf } from "./check-parameters.js";
import { type PatternAlias, patternOf } from "./integration-pattern.js";
import { integrationResource } from "./integration-resource.js";
import type { ClientName, RequestOf, ResponseOf } from "./operation.js";
import { Problems } from "./problems.js";

/** What every step with a service integration takes. */
export interface ServiceStepFields extends TaskFields {
  /** The partition of the ARN in `Resource`: `aws-cn`, `aws-us-gov`, …; default that of the workflow, which is its session's. */
  readonly partition?: string;
  /** Whether `parameters` are held to what is known of the integration; default true. `false` takes what AWS has taken up since. */
  readonly checkParameters?: boolean;
}

/** Options of a step with a service integration. */
export interface ServiceStepOptions<
  Parameters = object,
  Pattern extends IntegrationPattern | undefined = IntegrationPattern | undefined,
  Schema = z.core.$ZodType | undefined,
> extends ServiceStepFields {
  /** The request, in the service's own words and in PascalCase, with placeholders at any depth. In JSONata a placeholder may stand for the whole of it. */
  readonly parameters: Parameters | Ref<unknown>;
  /**
   * `REQUEST_RESPONSE` goes on after the service's answer, `RUN_JOB` waits for the job's end, `WAIT_FOR_TASK_TOKEN` until somebody sends `context.task.token` back.
   * Default `RUN_JOB` where the action has it.
   */
  readonly integrationPattern?: Pattern;
  /** The result as it comes from the service, for the types of the steps after it. Nothing is checked while the machine runs. */
  readonly outputSchema?: Schema;
}

/** A step with a service integration; made by `new LambdaStep(name, options)` and the like. */
export interface ServiceStep<Output = unknown> extends FlowStep<Output> {}

/** The pattern that the options name. */
type Chosen<Patterns, Pattern, Alias extends string, Flag> = [Pattern] extends [undefined]
  ? [Flag] extends [undefined]
    ? "RUN_JOB" extends Patterns
      ? "RUN_JOB"
      : "REQUEST_RESPONSE"
    : Flag extends true
      ? Alias extends "waitForCompletion"
        ? "RUN_JOB"
        : "WAIT_FOR_TASK_TOKEN"
      : "REQUEST_RESPONSE"
  : Pattern;

/** What comes from the service: what the schema says, or by the pattern. */
export type Result<Pattern, Answered, Ended, Schema> = Schema extends z.core.SomeType
  ? InputOf<Schema>
  : Pattern extends "REQUEST_RESPONSE"
    ? Answered
    : Pattern extends "RUN_JOB"
      ? Ended
      : unknown;

/** Makes steps of one integration: see {@link StepsOf}. */
export interface ServiceStepConstructor<
  Patterns extends IntegrationPattern,
  Parameters,
  Answered,
  Ended = unknown,
  Alias extends PatternAlias = never,
> {
  new <
    const Pattern extends Patterns | undefined = undefined,
    const Flag extends boolean | undefined = undefined,
    Schema extends z.core.SomeType | undefined = undefined,
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<
      ServiceStepOptions<Parameters, Pattern, Schema> & { readonly [K in Alias]?: Flag },
      Result<Chosen<Patterns, Pattern, Alias, Flag>, Answered, Ended, Schema>,
      Selector,
      Path,
      Out,
      Made
    >,
  ): ServiceStep<
    StateOutput<Result<Chosen<Patterns, Pattern, Alias, Flag>, Answered, Ended, Schema>, Selector, Path, Out, Made>
  >;
}

const ownNames = {
  parameters: true,
  integrationPattern: true,
  outputSchema: true,
  partition: true,
  checkParameters: true,
} as const satisfies { [K in Exclude<keyof ServiceStepOptions, keyof TaskFields>]-?: true };

interface Given extends ServiceStepOptions {
  readonly waitForCompletion?: unknown;
  readonly waitForCallback?: unknown;
}

/** Clients that have another name than the service has in optimized integrations. */
interface RenamedClients {
  readonly elasticmapreduce: "emr";
  readonly "emr-containers": "emrcontainers";
  readonly "emr-serverless": "emrserverless";
  readonly events: "eventbridge";
  readonly states: "sfn";
}
type ClientOf<Service> = Service extends keyof RenamedClients
  ? RenamedClients[Service]
  : Service extends ClientName
    ? Service
    : never;

/**
 * The class of the steps of one integration.
 *
 * @typeParam Answered - what the service answers
 * @typeParam Ended - what is known of a job at its end
 * @typeParam Alias - the Python SDK's name for one of two patterns
 */
export type StepsOf<
  Service extends IntegrationService,
  Action extends IntegrationAction<Service>,
  Answered = ResponseOf<ClientOf<Service>, Capitalize<Action>>,
  Ended = unknown,
  Alias extends PatternAlias = never,
  Parameters = RequestOf<ClientOf<Service>, Capitalize<Action>>,
> = ServiceStepConstructor<PatternOf<Service, Action>, Parameters, Answered, Ended, Alias>;

/** Makes the class of the steps of one integration; its types are those of whoever names it. */
export function makeSteps<Steps>(
  className: string,
  service: string,
  action: string,
  alias?: PatternAlias,
  check?: CheckRequest,
): Steps {
  const integration = findIntegration(service, action);
  if (integration === undefined) throw new Error(`no integration ${service}:${action}`);
  const call: Call = { className, service, action, alias, integration, check };
  const made = class extends FlowStep {
    constructor(name: string, options: ServiceStepOptions) {
      const { fields, schema, problems } = authored(call, givenOptions(className, "invalid_argument", options));
      super(name, "Task", readResult(fields, schema), { outputSchema: schema, problems });
    }
  };
  Object.defineProperty(made, "name", { value: className });
  return made as Steps;
}

interface Call {
  readonly className: string;
  readonly service: string;
  readonly action: string;
  readonly alias: PatternAlias | undefined;
  readonly integration: Integration;
  readonly check: CheckRequest | undefined;
}

function authored({ className, service, action, alias, integration, check }: Call, given: Given) {
  const problems = new Problems();
  const known = { ...ownNames, ...taskFieldNames, ...(alias === undefined ? {} : { [alias]: true as const }) };
  problems.addUnknown(className, given, known, []);
  const pattern = patternOf(given, integration.patterns, alias, problems);
  const { outputSchema, partition } = given;
  const schema = isSchema(outputSchema) ? outputSchema : undefined;
  if (schema !== outputSchema) problems.issues.push(invalidSchema(outputSchema, ["outputSchema"]));
  const parameters = requestOf(given.parameters, problems);
  checkParameters(`${service}:${action}`, integration, given, problems, check);
  const version = pattern === "RUN_JOB" ? integration.jobVersion : undefined;
  const arnIn = (inPartition: string) => integrationArn({ partition: inPartition, service, action, pattern, version });
  const resource = integrationResource(arnIn, partition, problems);
  const fields = { ...taskFieldsOf(given), resource, ...(parameters === undefined ? {} : { parameters }) };
  return { fields, schema, problems: problems.issues };
}
