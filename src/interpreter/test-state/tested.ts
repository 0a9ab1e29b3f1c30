import type { QueryLanguage } from "../../language/asl.js";
import type { Given } from "./check-request.js";
import type { TaskAnswer, TestStateRequest } from "./request.js";
import type { Subject } from "./subject.js";

/** Where and when the state runs. */
export interface Surroundings {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A new UUID. */
  newId(): string;
}

/** A state with all that it is tested with. */
export interface Tested {
  readonly request: TestStateRequest;
  readonly subject: Subject;
  readonly given: Given;
  readonly around: Surroundings;
  /** What the call gave that has no mock. */
  readonly called: TaskAnswer | undefined;
}

/** What is to be taken for the answer of what the state calls or holds. */
export function answerTo({ request, given, called }: Tested): TaskAnswer | undefined {
  if (given.result !== undefined) return { result: given.result.value };
  const { errorOutput } = request.mock ?? {};
  return errorOutput === undefined ? called : { error: errorOutput.error, cause: errorOutput.cause };
}

/** The query language of the state. */
export function languageOf({ machine, state }: Subject): QueryLanguage {
  return (state["QueryLanguage"] ?? machine["QueryLanguage"]) === "JSONata" ? "JSONata" : "JSONPath";
}
