import type { LogStore } from "../logs/log-store.js";

/** The log group of all processing jobs. */
export const processingLogGroup = "/aws/sagemaker/ProcessingJobs";
/** The log group of all training jobs. */
export const trainingLogGroup = "/aws/sagemaker/TrainingJobs";

const mostCharacters = 64 * 1024 ** 2;

/** Where the lines of one host of a job go. */
export interface JobLog {
  /** A line of the job; from some size on they are left out, and that is said once. */
  line(text: string): void;
  /** A line of ours. */
  note(text: string): void;
}

/**
 * Opens the log stream of a host.
 *
 * @param stream - `<job>/algo-<n>-<epoch seconds>`.
 */
export function openJobLog(logs: LogStore, group: string, stream: string): JobLog {
  let room = mostCharacters;
  const note = (text: string) => logs.append(group, stream, `[sfn-ds] ${text}`);
  return {
    note,
    line(text) {
      if (room < 0) return;
      room -= text.length + 1;
      if (room >= 0) logs.append(group, stream, text);
      else note(`more than ${mostCharacters} characters: the rest of the output is left out`);
    },
  };
}
