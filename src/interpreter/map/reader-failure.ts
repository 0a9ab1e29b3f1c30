import { Failure } from "../failure.js";

/** A failure to read the items of a distributed Map. Its cause stands alone: AWS does not say where it happened. */
export function itemReaderFailed(cause: string): Failure {
  return new Failure("States.ItemReaderFailed", cause);
}
