import { context } from "../expression/context.js";
import { described } from "../expression/described.js";
import { isPlaceholder, type Param } from "../expression/placeholder.js";
import { type IntegrationPattern, integrationArn, parseArn } from "../language/arn.js";
import { type Issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import { nameProblem } from "../language/limits.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { FlowStep } from "../states/chain.js";
import { type Deferred, deferred, isDeferred } from "../states/deferred.js";
import { givenOptions } from "../states/given-options.js";
import { partitioned } from "../states/partitioned.js";
import { readResult } from "../states/result-fields.js";
import type {
  OutputPathOption,
  ResultPathOption,
  SelectorOption,
  ShapedOptions,
  StateOutput,
} from "../states/state-output.js";
import { type TaskFields, taskFieldNames, taskFieldsOf } from "../states/task.js";
import { Problems } from "./problems.js";

/** A workflow that another one starts; a `Workflow` of `sfn-ds` is one. */
export interface StartableWorkflow<Input, Output> {
  readonly name: string;
  /** Set once the state machine was created. */
  readonly stateMachineArn: string | undefined;
  /** The ARN that the state machine has, or will have. */
  arn(): Promise<string>;
  execute(input: Input): Promise<{ output(): Promise<Output> }>;
}

/** What `.sync:2` gives: the execution after its end, as DescribeExecution tells it, with input and output as data. */
export interface FinishedExecution<Input = unknown, Output = unknown> {
  readonly ExecutionArn: string;
  readonly Input: Input;
  readonly Name: string;
  readonly Output: Output;
  /** Milliseconds since 1970. */
  readonly StartDate: number;
  readonly StateMachineArn: string;
  /** An execution that ends in another way fails the step. */
  readonly Status: "SUCCEEDED";
  /** Milliseconds since 1970. */
  readonly StopDate: number;
}

/** What StartExecution answers. */
export interface StartedExecution {
  readonly ExecutionArn: string;
  /** Milliseconds since 1970. */
  readonly StartDate: number;
}

interface StartExecutionFields<Pattern extends IntegrationPattern = IntegrationPattern> extends TaskFields {
  /** Name of the execution: 1 to 80 characters that AWS allows, unique in the machine for 90 days; default: a UUID. A retry needs another one. */
  readonly name?: Param<string>;
  /** `RUN_JOB` waits for the end of the execution (`.sync:2`); the default. */
  readonly integrationPattern?: Pattern;
  /** Adds the ARN of this execution to an input that is an object, so that the console links the two; default true. */
  readonly associateWithParent?: boolean;
}

/** What is started: one of the two. */
type Started<Input, Output> =
  | { readonly workflow: StartableWorkflow<Input, Output>; readonly stateMachineArn?: never }
  | {
      /** ARN of a state machine, of one of its versions or aliases. */
      readonly stateMachineArn: Param<string>;
      readonly workflow?: never;
    };

/** The input is needed unless an empty one will do. */
type InputOption<Input> = object extends Input ? { readonly input?: Param<Input> } : { readonly input: Param<Input> };

/** Options of {@link StartExecutionStep}. */
export type StartExecutionStepOptions<
  Input = unknown,
  Output = unknown,
  Pattern extends IntegrationPattern = IntegrationPattern,
> = StartExecutionFields<Pattern> & Started<Input, Output> & InputOption<Input>;

interface Outputs<Input, Output> {
  readonly RUN_JOB: FinishedExecution<Input, Output>;
  readonly REQUEST_RESPONSE: StartedExecution;
  readonly WAIT_FOR_TASK_TOKEN: unknown;
}

/** A step that starts another workflow; made by `new StartExecutionStep(name, options)`. */
export interface StartExecutionStep<Output = unknown> extends FlowStep<Output> {}

interface StartExecutionStepConstructor {
  new <
    Input = unknown,
    Output = unknown,
    const Pattern extends IntegrationPattern = "RUN_JOB",
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<StartExecutionFields<Pattern>, Outputs<Input, Output>[Pattern], Selector, Path, Out, Made> &
      Started<Input, Output> &
      InputOption<NoInfer<Input>>,
  ): StartExecutionStep<StateOutput<Outputs<Input, Output>[Pattern], Selector, Path, Out, Made>>;
}

/**
 * Starts an execution of another workflow and, unless told otherwise, waits for its end and gives on its output.
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @param options.workflow - the other workflow; create it before the one with this step
 * @param options.input - fits the other workflow's input; placeholders at any depth
 * @throws {@link DefinitionError} at `compile()`: `missing_option`, `conflicting_options`, `invalid_argument`, `invalid_name`, `unknown_option`.
 * {@link SfnDsError} `workflow_not_created` when the workflow around it is created before the one that it starts.
 * @example
 * new StartExecutionStep("Clean", { workflow: clean, input: { uri: input.uri } });
 * // { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
 * //   "Parameters": { "StateMachineArn": "arn:…", "Input": { "uri.$": "…", "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id" } } }
 */
export const StartExecutionStep: StartExecutionStepConstructor = class StartExecutionStep extends FlowStep {
  constructor(name: string, options: StartExecutionStepOptions) {
    const given = givenOptions("StartExecutionStep", "invalid_argument", options) as Given;
    const problems = new Problems();
    const fields = { ...taskFieldsOf(given), ...callOf(name, given, problems) };
    super(name, "Task", readResult(fields), { problems: problems.issues as readonly Issue[] });
  }
} as StartExecutionStepConstructor;

interface Given extends StartExecutionFields {
  readonly workflow?: StartableWorkflow<never, unknown>;
  readonly stateMachineArn?: Param<string>;
  readonly input?: unknown;
}

const ownNames = {
  workflow: true,
  stateMachineArn: true,
  input: true,
  name: true,
  integrationPattern: true,
  associateWithParent: true,
} as const satisfies { [K in Exclude<keyof Given, keyof TaskFields>]-?: true };

/** What the console reads to link an execution with the one that started it. */
const startedBy = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID";

function callOf(step: string, given: Given, problems: Problems): { resource: unknown; parameters: object } {
  problems.addUnknown("StartExecutionStep", given, { ...ownNames, ...taskFieldNames }, []);
  const { integrationPattern: pattern = "RUN_JOB", name, input, associateWithParent = true } = given;
  const isPattern = Object.hasOwn(versions, pattern);
  if (!isPattern) {
    problems.add("invalid_argument", ["integrationPattern"], `expected one of ${patterns}, got ${described(pattern)}`);
  }
  const isKnown = name !== undefined && !isPlaceholder(name) && !isDeferred(name);
  const nameIssue = isKnown ? nameProblem(name) : undefined;
  if (nameIssue !== undefined) problems.add("invalid_name", ["Parameters", "Name"], nameIssue);
  if (typeof associateWithParent !== "boolean") {
    const message = `expected true or false, got ${described(associateWithParent)}`;
    problems.add("invalid_argument", ["associateWithParent"], message);
  }
  const machine = machineOf(step, given, problems);
  return {
    resource: resourceOf(machine, isPattern ? pattern : "RUN_JOB"),
    parameters: {
      StateMachineArn: machine,
      ...(name === undefined || nameIssue !== undefined ? {} : { Name: name }),
      ...inputOf(input, associateWithParent),
    },
  };
}

function inputOf(input: unknown, isAssociated: boolean): { readonly Input?: unknown } {
  // A placeholder is sent as it is: what it stands for may be no object.
  const isOpen = input === undefined || (isPlainObject(input) && !isPlaceholder(input) && !isDeferred(input));
  if (isAssociated && isOpen) return { Input: { [startedBy]: context.execution.id, ...input } };
  return input === undefined ? {} : { Input: input };
}

const versions = { RUN_JOB: { version: 2 }, REQUEST_RESPONSE: {}, WAIT_FOR_TASK_TOKEN: {} } as const;
const patterns = Object.keys(versions).join(", ");

/** The partition is that of the state machine; of one that is known only while the workflow runs it is the workflow's. */
function resourceOf(machine: unknown, pattern: IntegrationPattern): unknown {
  const resourceIn = (partition: string): string =>
    integrationArn({ partition, service: "states", action: "startExecution", pattern, ...versions[pattern] });
  const partition = (arn: unknown) => (typeof arn === "string" ? parseArn(arn)?.partition : undefined);
  if (!isDeferred(machine)) {
    const known = partition(machine);
    return known === undefined ? partitioned(resourceIn) : resourceIn(known);
  }
  const resolved = async () => resourceIn(partition(await machine.resolve()) ?? "aws");
  return deferred("the ARN of the integration with Step Functions", resolved);
}

function machineOf(step: string, { workflow, stateMachineArn }: Given, problems: Problems): unknown {
  if (workflow !== undefined && stateMachineArn !== undefined) {
    problems.add("conflicting_options", ["stateMachineArn"], "workflow and stateMachineArn are both set");
  }
  if (isStartable(workflow)) return arnOf(step, workflow);
  if (workflow !== undefined) {
    problems.add("invalid_argument", ["workflow"], `expected a Workflow, got ${shown(workflow)}`);
  } else if (stateMachineArn === undefined) {
    problems.add("missing_option", ["workflow"], "StartExecutionStep needs workflow or stateMachineArn");
  } else if (!isPlaceholder(stateMachineArn) && !isDeferred(stateMachineArn) && !isMachineArn(stateMachineArn)) {
    const message = `expected the ARN of a state machine, got ${shown(stateMachineArn)}`;
    problems.add("invalid_argument", ["Parameters", "StateMachineArn"], message);
  }
  return stateMachineArn ?? "";
}

function isStartable(value: unknown): value is StartableWorkflow<never, unknown> {
  return typeof value === "object" && value !== null && "arn" in value && "stateMachineArn" in value;
}

function isMachineArn(value: unknown): boolean {
  const arn = typeof value === "string" ? parseArn(value) : undefined;
  return arn?.service === "states" && arn.resource.startsWith("stateMachine:");
}

/** The ARN is known before the machine is: definitions can be looked at. What starts a machine is deployed after it. */
function arnOf(step: string, workflow: StartableWorkflow<never, unknown>): Deferred<string> {
  const what = `the workflow ${shown(workflow.name)}`;
  return deferred(
    `the ARN of ${what}`,
    () => workflow.arn(),
    async () => {
      if (workflow.stateMachineArn !== undefined) return;
      const message = `${what}, which ${shown(step)} starts, does not point at a state machine`;
      throw new SfnDsError("workflow_not_created", message);
    },
  );
}
