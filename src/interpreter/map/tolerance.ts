import { Failure } from "../failure.js";

/** How many items of a distributed Map may fail. Zero is no threshold of its own: it is what both are where they are not given. */
export interface Tolerance {
  readonly count?: number | undefined;
  /** From 0 to 100. */
  readonly percentage?: number | undefined;
}

/**
 * Whether more items have failed than is tolerated: more than either threshold that is given, or any where none is.
 *
 * @param failed - items that have failed or timed out
 * @param total - all items
 */
export function exceeds({ count = 0, percentage = 0 }: Tolerance, failed: number, total: number): boolean {
  if (count === 0 && percentage === 0) return failed > 0;
  if (count > 0 && failed > count) return true;
  return percentage > 0 && failed * 100 > percentage * total;
}

/** The failure of a Map run with more failed items than is tolerated. */
export function thresholdExceeded(): Failure {
  return new Failure(
    "States.ExceedToleratedFailureThreshold",
    "The specified tolerated failure threshold was exceeded",
  );
}
