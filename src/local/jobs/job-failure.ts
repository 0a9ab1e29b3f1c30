/** Ends a job with the status `Failed`; the message is its FailureReason. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
}
