import { type LogEvent, tailLogs } from "../services/tail-logs.js";
import type { Session } from "./session.js";

export type { LogEvent } from "../services/tail-logs.js";

/** Options of {@link jobLogs}. */
export interface JobLogsOptions {
  /** Log group: SageMaker's are `/aws/sagemaker/ProcessingJobs`, `/aws/sagemaker/TrainingJobs`, … */
  readonly group: string;
  /** What the names of the streams begin with: the job's name and a slash. */
  readonly prefix: string;
  /** Whether the job has ended; asked before each round. Default: never. */
  readonly isDone?: () => boolean | Promise<boolean>;
  readonly signal?: AbortSignal | undefined;
  /** Pause between two rounds; default 1000. */
  readonly intervalMilliseconds?: number;
}

/**
 * The lines that a job writes, as they come, until the job has ended.
 *
 * @throws {@link SfnDsError} `wait_aborted` when `signal` is aborted.
 */
export async function* jobLogs(session: Session, options: JobLogsOptions): AsyncGenerator<LogEvent, void> {
  const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => session.sleep(milliseconds, signal);
  yield* tailLogs(await session.logs(), { ...options, sleep });
}
