import type { Json, JsonObject } from "./json.js";

/**
 * Amazon States Language as plain data.
 *
 * Field names are AWS's own. Source: the Amazon States Language specification, and the Step Functions developer guide where AWS adds to it.
 */
export interface StateMachineDefinition extends Scope {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
  readonly Version?: string;
  /** Seconds for the whole execution. */
  readonly TimeoutSeconds?: number;
}

/** A `StartAt` with its `States`: a machine, a branch of a Parallel, the processor of a Map. */
export interface Scope {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

export type QueryLanguage = "JSONPath" | "JSONata";

/** Whether `value` is the name of a query language. */
export function isQueryLanguage(value: unknown): value is QueryLanguage {
  return value === "JSONPath" || value === "JSONata";
}

interface Common {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
}

interface Transition {
  readonly Next?: string;
  readonly End?: true;
}

interface Paths {
  /** `null` stands for an empty object. */
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  /** JSONata. */
  readonly Output?: Json;
}

interface Result {
  readonly Parameters?: Json;
  /** `null` drops the result and keeps the input. */
  readonly ResultPath?: string | null;
}

interface Recovery {
  readonly ResultSelector?: JsonObject;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

interface Assigning {
  readonly Assign?: JsonObject;
}

export interface Retrier {
  readonly Comment?: string;
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL" | "NONE";
}

export interface Catcher extends Assigning {
  readonly Comment?: string;
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
  readonly Output?: Json;
}

export interface PassState extends Common, Transition, Paths, Result, Assigning {
  readonly Type: "Pass";
  readonly Result?: Json;
}

export interface TaskState extends Common, Transition, Paths, Result, Recovery, Assigning {
  readonly Type: "Task";
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly Credentials?: JsonObject;
  readonly TimeoutSeconds?: number | string;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | string;
  readonly HeartbeatSecondsPath?: string;
}

export interface ChoiceState extends Common, Paths, Assigning {
  readonly Type: "Choice";
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}

/** A rule of a Choice state: a comparison or a combination of them, in JSONata a `Condition`. */
export interface ChoiceRule extends JsonObject {
  readonly Next: string;
}

export interface WaitState extends Common, Transition, Paths, Assigning {
  readonly Type: "Wait";
  readonly Seconds?: number | string;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
}

export interface SucceedState extends Common, Paths {
  readonly Type: "Succeed";
}

export interface FailState extends Common {
  readonly Type: "Fail";
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

export interface ParallelState extends Common, Transition, Paths, Result, Recovery, Assigning {
  readonly Type: "Parallel";
  readonly Branches: readonly Scope[];
  readonly Arguments?: Json;
}

export interface MapState extends Common, Transition, Paths, Result, Recovery, Assigning {
  readonly Type: "Map";
  readonly ItemProcessor?: MapProcessor;
  /** The name of `ItemProcessor` before 2022: read, never written. */
  readonly Iterator?: MapProcessor;
  readonly ItemsPath?: string;
  readonly Items?: Json;
  readonly ItemSelector?: Json;
  readonly ItemReader?: JsonObject;
  readonly ItemBatcher?: JsonObject;
  readonly ResultWriter?: JsonObject;
  readonly MaxConcurrency?: number | string;
  readonly MaxConcurrencyPath?: string;
  readonly ToleratedFailurePercentage?: number | string;
  readonly ToleratedFailurePercentagePath?: string;
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailureCountPath?: string;
  readonly Label?: string;
}

export interface MapProcessor extends Scope {
  readonly ProcessorConfig?: {
    readonly Mode?: "INLINE" | "DISTRIBUTED";
    readonly ExecutionType?: "STANDARD" | "EXPRESS";
  };
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

export type StateType = State["Type"];

/** Whether states of a kind have a result of their own; the others give on their input, or what they make of it. */
export function hasResult(type: StateType): boolean {
  return type === "Task" || type === "Parallel" || type === "Map";
}

/** Stops the compiler where a kind is not handled, and the program should untyped data bring one all the same. */
export function unreachable(value: never, what: string): never {
  throw new Error(`unhandled ${what}: ${JSON.stringify(value)}`);
}
