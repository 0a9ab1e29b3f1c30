import type { EndpointStatus } from "@aws-sdk/client-sagemaker";
import { described } from "../../expression/described.js";
import { States } from "../../expression/intrinsics.js";
import { isPlaceholder, type Param, type Placeholder, type Ref } from "../../expression/placeholder.js";
import { integrationArn, parseArn } from "../../language/arn.js";
import { DefinitionError, type Issue, issue, shown, throwIssues } from "../../language/errors.js";
import { Chain, FlowStep } from "../../states/chain.js";
import { Choice } from "../../states/choice.js";
import { ChoiceRule } from "../../states/choice-rule.js";
import type { Condition } from "../../states/condition.js";
import { deferred, isDeferred } from "../../states/deferred.js";
import { Fail } from "../../states/fail.js";
import { stepOptions } from "../../states/given-options.js";
import { isPartitioned, partitioned } from "../../states/partitioned.js";
import { Pass } from "../../states/pass.js";
import { authoredState, isStep } from "../../states/step.js";
import { Wait } from "../../states/wait.js";
import { when } from "../../states/when.js";
import type { CreateEndpointResult, DescribeEndpointResult } from "../answer.js";
import { isOfOneState } from "../request/of-one-state.js";
import type { EndpointStep } from "./endpoint-step.js";

/** Options of {@link waitUntilInService}. */
export interface WaitUntilInServiceOptions {
  /** Seconds between two looks at the endpoint, 0 to 99,999,999; default 30. */
  readonly pollSeconds?: Param<number>;
}

/** The states that wait for an endpoint, and what they find. */
export type EndpointInService = {
  /** Comes after the step that creates or updates the endpoint. */
  readonly chain: Chain<DescribeEndpointResult>;
  /** The endpoint as it was when it was in service. */
  readonly output: Placeholder<DescribeEndpointResult>;
};

/**
 * Waits until an endpoint serves the configuration that a step has given it, and fails with the reason if it does not come to that: neither
 * `createEndpoint` nor `updateEndpoint` has a form that waits. It asks until SageMaker has come to an end; give the workflow `timeoutSeconds` for a bound of your own.
 *
 * @param step - the step before it in the chain
 * @throws {@link DefinitionError} `invalid_argument` for what is no EndpointStep, and for names that may be others in each state, such as `uniqueName()`,
 * what is read from a StepInput, and expressions by hand; `unknown_option`.
 * @example
 * const deploy = new EndpointStep("Deploy", { endpointName: input.Name, endpointConfigName: input.Name });
 * const serving = waitUntilInService(deploy, { pollSeconds: 60 });
 * Chain.of(deploy, serving.chain, new Pass("Tell", { parameters: { arn: serving.output.EndpointArn } }));
 * // "Deploy" → "Deploy: wait" → "Deploy: describe" → "Deploy: in service?" → "Deploy: in service" → "Tell"
 * //                  ↑                                    ↓ Creating, …      ↘ "Deploy: failed"
 * //                  └────────────────────────────────────┘
 */
export function waitUntilInService(
  step: EndpointStep<CreateEndpointResult>,
  options: WaitUntilInServiceOptions = {},
): EndpointInService {
  const { endpointName, endpointConfigName, resource } = readStep(step);
  const { pollSeconds = 30 } = knownOptions(options);
  const { name } = step;
  const pause = new Wait(`${name}: wait`, { seconds: pollSeconds });
  const describe = new DescribeEndpointStep(`${name}: describe`, {
    resource: describeResource(resource),
    parameters: { EndpointName: endpointName },
    // A loop asks often: one refusal must not end it.
    retry: { errorEquals: ["States.TaskFailed"], intervalSeconds: 10, maxAttempts: 5 },
  });
  const endpoint = describe.output;
  const reason = endpoint.FailureReason as Ref<string>;
  const status = when(endpoint.EndpointStatus);
  // The name may be of a type that nobody has told, such as that of a step's output.
  const serves = isPlaceholder(endpointConfigName)
    ? ChoiceRule.stringEqualsPath(endpoint.EndpointConfigName, endpointConfigName)
    : when(endpoint.EndpointConfigName).equals(endpointConfigName as string);
  const choice = new Choice(`${name}: in service?`)
    // After an update that failed, the endpoint is in service with its old configuration.
    .when(status.equals("InService").and(serves), new Pass(`${name}: in service`))
    .when(isChanging(status), () => pause)
    .when(
      when(reason).isPresent(),
      new Fail(`${name}: failed`, {
        error,
        cause: States.format(withReason, ...told(endpoint), reason),
      }),
    )
    .otherwise(new Fail(`${name}: not in service`, { error, cause: States.format(withoutReason, ...told(endpoint)) }));
  return { chain: Chain.of(pause, describe, choice) as Chain<DescribeEndpointResult>, output: endpoint };
}

const error = "EndpointNotInService";
const withoutReason = "the endpoint {} is {} with the configuration {}";
const withReason = `${withoutReason}: {}`;

type Texts = readonly [Ref<string>, Ref<string>, Ref<string>];

function told(endpoint: Placeholder<DescribeEndpointResult>): Texts {
  return [endpoint.EndpointName, endpoint.EndpointStatus, endpoint.EndpointConfigName] as unknown as Texts;
}

function isChanging(status: { equals(value: EndpointStatus): Condition }): Condition {
  const [first, ...others] = (["Creating", "Updating", "SystemUpdating", "RollingBack"] as const).map((value) =>
    status.equals(value),
  );
  return (first as Condition).or(...others);
}

/** A call that is no job and makes nothing: there is no step of its own for it. */
class DescribeEndpointStep extends FlowStep<DescribeEndpointResult> {
  constructor(name: string, options: object) {
    super(name, "Task", options);
  }
}

interface EndpointOfStep {
  readonly endpointName: unknown;
  readonly endpointConfigName: unknown;
  readonly resource: unknown;
}

const hint = "give a text, or read it from the execution's input, a variable or an earlier step's output";

function readStep(step: unknown): EndpointOfStep {
  const { resource, parameters = {} } = isStep(step) ? (authoredState(step).options as StepOptions) : {};
  const problems: Issue[] = [];
  for (const [option, member] of Object.entries(members)) {
    if (Object.hasOwn(parameters, `${member}.$`)) refuse(["parameters", `${member}.$`], problems);
    else if (isOfOneState(parameters[member])) refuse([option], problems);
  }
  throwIssues(problems);
  const { EndpointName: endpointName, EndpointConfigName: endpointConfigName } = parameters;
  if (endpointName === undefined || endpointConfigName === undefined) {
    const given = isStep(step) ? `the step ${shown(step.name)}` : described(step);
    throw new DefinitionError([issue("invalid_argument", [], `expected an EndpointStep, got ${given}`)]);
  }
  return { endpointName, endpointConfigName, resource };
}

const members = { endpointName: "EndpointName", endpointConfigName: "EndpointConfigName" } as const;

function refuse(path: readonly string[], problems: Issue[]): void {
  const message = `${path.at(-1)} may be another text in each state that evaluates it, so that no other state can ask for it`;
  problems.push(issue("invalid_argument", path, message, hint));
}

interface StepOptions {
  readonly resource?: unknown;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** In the partition of the step before it. */
function describeResource(resource: unknown): unknown {
  const inPartitionOf = (arn: unknown): string => {
    const { partition = "aws" } = parseArn(String(arn)) ?? {};
    return integrationArn({ partition, service: "aws-sdk:sagemaker", action: "describeEndpoint" });
  };
  if (isPartitioned(resource)) return partitioned((partition) => inPartitionOf(resource.textIn(partition)));
  if (!isDeferred(resource)) return inPartitionOf(resource);
  return deferred("the ARN of the call to SageMaker", async () => inPartitionOf(await resource.resolve()));
}

function knownOptions(options: WaitUntilInServiceOptions): WaitUntilInServiceOptions {
  const given = stepOptions("waitUntilInService()", options);
  const unknown = Object.keys(given).filter((name) => name !== "pollSeconds");
  throwIssues(
    unknown.map((name) =>
      issue("unknown_option", [name], `waitUntilInService() has no option ${shown(name)}; it has "pollSeconds"`),
    ),
  );
  return given;
}
