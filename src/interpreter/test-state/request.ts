import type { Json } from "../../language/json.js";
import type { Data } from "../data.js";

/** What TestState is asked, as it stands in the request: documents are texts of JSON. */
export interface TestStateRequest {
  /** One state; a whole state machine where `stateName` is given. */
  readonly definition: string;
  readonly stateName?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly input?: string | undefined;
  readonly variables?: string | undefined;
  /** Takes the place of the Context Object. */
  readonly context?: string | undefined;
  readonly inspectionLevel?: "INFO" | "DEBUG" | "TRACE" | undefined;
  readonly revealSecrets?: boolean | undefined;
  readonly mock?: Mock | undefined;
  readonly stateConfiguration?: StateConfiguration | undefined;
}

/** What the service answers, or the branches and iterations give; one of the two. */
export interface Mock {
  readonly result?: string | undefined;
  readonly errorOutput?: { readonly error?: string | undefined; readonly cause?: string | undefined } | undefined;
  readonly fieldValidationMode?: "STRICT" | "PRESENT" | "NONE" | undefined;
}

/** How far the state has come when the mock takes effect. */
export interface StateConfiguration {
  /** Attempts that the retrier which matches the error has made already. */
  readonly retrierRetryCount?: number | undefined;
  /** The state within a Map or a Parallel that the error comes from. */
  readonly errorCausedByState?: string | undefined;
  readonly mapIterationFailureCount?: number | undefined;
  /** What stands in the object that `ItemReader` reads. */
  readonly mapItemReaderData?: string | undefined;
}

/** Why a request is refused, in AWS's words. */
export class Refusal {
  readonly code: "InvalidDefinition" | "InvalidExecutionInput" | "ValidationException";
  readonly message: string;

  constructor(code: Refusal["code"], message: string) {
    this.code = code;
    this.message = message;
  }
}

/** A request whose parts do not fit together. */
export function invalidRequest(message: string): Refusal {
  return new Refusal("ValidationException", message);
}

/** A call that the state makes, and for which there is no mock: the caller makes it, and asks again with what was answered. */
export interface NeededCall {
  /** `Resource` of the Task. */
  readonly resource: string;
  readonly parameters: Data;
}

/** What a call gave. */
export type TaskAnswer =
  | { readonly result: Json }
  | { readonly error: string | undefined; readonly cause: string | undefined };

/** What became of the state. Documents are texts of JSON. */
export interface TestStateAnswer {
  readonly status: "SUCCEEDED" | "FAILED" | "RETRIABLE" | "CAUGHT_ERROR";
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** Not at level INFO. */
  readonly inspectionData?: InspectionData;
}

/** The value after each field of data flow that took effect. */
export interface InspectionData {
  readonly input: string;
  readonly afterArguments?: string;
  readonly afterInputPath?: string;
  readonly afterParameters?: string;
  readonly result?: string;
  readonly afterResultSelector?: string;
  readonly afterResultPath?: string;
  readonly variables?: string;
  readonly errorDetails?: ErrorDetails;
  readonly afterItemsPath?: string;
  readonly afterItemSelector?: string;
  readonly afterItemBatcher?: string;
  readonly afterItemsPointer?: string;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly maxConcurrency?: number;
}

/** Which rules of `Retry` and `Catch` matched an error, counted from 0. */
export interface ErrorDetails {
  readonly catchIndex?: number;
  readonly retryIndex?: number;
  /** Not where the retrier is used up. */
  readonly retryBackoffIntervalSeconds?: number;
}
