import type { Json } from "../../language/json.js";
import { Failure } from "../failure.js";
import type { Inspection, Stage } from "../inspection.js";
import type { ErrorDetails, InspectionData } from "./request.js";

/** Keeps what happens within a state; what is told last of a stage counts. */
export class Notes implements Inspection {
  /** The error that the state met, caught or not. */
  failure: Failure | undefined;
  errorDetails: ErrorDetails | undefined;
  /** The bounds of a Map, once they are known. */
  bounds: Pick<InspectionData, "maxConcurrency" | "toleratedFailureCount" | "toleratedFailurePercentage"> = {};
  private readonly values = new Map<Stage, Json>();

  value(stage: Stage, value: Json): void {
    this.values.set(stage, value);
  }

  met(failure: Failure): Failure {
    this.failure = failure.located ? new Failure(failure.error, failure.cause) : failure;
    return this.failure;
  }

  retrier(retryIndex: number, delaySeconds: number | undefined): void {
    const delay = delaySeconds === undefined ? {} : { retryBackoffIntervalSeconds: Math.round(delaySeconds) };
    this.errorDetails = { ...this.errorDetails, retryIndex, ...delay };
  }

  catcher(catchIndex: number): void {
    this.errorDetails = { ...this.errorDetails, catchIndex };
  }

  at(stage: Stage): Json | undefined {
    return this.values.get(stage);
  }
}
