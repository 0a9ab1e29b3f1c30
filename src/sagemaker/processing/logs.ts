import { type LogEvent, readingPace, type TailLogsOptions, tailLogs } from "../../services/tail-logs.js";
import type { Session } from "../session/session.js";

export type { LogEvent } from "../../services/tail-logs.js";

/** Options of {@link jobLogs}. SageMaker's groups are `/aws/sagemaker/ProcessingJobs`, …; its streams begin with the job's name and a slash. */
export interface JobLogsOptions extends Omit<TailLogsOptions, "sleep"> {}

/**
 * The lines that a job writes, as they come, until the job has ended. On AWS late lines are waited for: until there were none for
 * three seconds after the end.
 *
 * @throws {@link SfnDsError} `wait_aborted` when `signal` is aborted.
 */
export async function* jobLogs(session: Session, options: JobLogsOptions): AsyncGenerator<LogEvent, void> {
  const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => session.sleep(milliseconds, signal);
  yield* tailLogs(await session.logs(), { ...readingPace(session.hasOwnEndpoint), ...options, sleep });
}
