import type { DescribeProcessingJobCommandOutput } from "@aws-sdk/client-sagemaker";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { jobLogs, type LogEvent } from "./logs.js";
import { pollUntil } from "./polling.js";
import type { Session } from "./session.js";

/** Options of {@link ProcessingJob.wait}. */
export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether a stopped job is an ordinary end; default false. */
  readonly allowStopped?: boolean;
}

const logGroup = "/aws/sagemaker/ProcessingJobs";

/**
 * A processing job that was created.
 *
 * @example
 * const job = await processor.run({ code: "./preprocess.py", wait: false, logs: false });
 * const { ProcessingJobStatus } = await job.wait(); // Completed
 */
export class ProcessingJob {
  readonly name: string;
  readonly arn: string;
  readonly #session: Session;

  constructor(session: Session, job: { readonly name: string; readonly arn: string }) {
    this.#session = session;
    this.name = job.name;
    this.arn = job.arn;
  }

  /** What SageMaker says of the job now. */
  async describe(): Promise<DescribeProcessingJobCommandOutput> {
    const client = await this.#session.sagemaker();
    const { DescribeProcessingJobCommand } = await import("@aws-sdk/client-sagemaker");
    return client.send(new DescribeProcessingJobCommand({ ProcessingJobName: this.name }));
  }

  /**
   * Waits for the job's end; asks with longer and longer pauses, 15 s at most.
   *
   * @throws {@link SfnDsError} `job_failed` with the service's reason, `job_stopped`, `wait_aborted`.
   */
  async wait(options: WaitOptions = {}): Promise<DescribeProcessingJobCommandOutput> {
    const ask = async (): Promise<DescribeProcessingJobCommandOutput | undefined> => {
      const description = await this.describe();
      return hasEnded(description) ? description : undefined;
    };
    const ended = await pollUntil(this.#session, ask, `the job ${this.name}`, options.signal);
    throwUnlessGood(this.name, ended, options.allowStopped === true);
    return ended;
  }

  /** Asks SageMaker to stop the job; its end is what {@link wait} waits for. */
  async stop(): Promise<void> {
    const client = await this.#session.sagemaker();
    const { StopProcessingJobCommand } = await import("@aws-sdk/client-sagemaker");
    await client.send(new StopProcessingJobCommand({ ProcessingJobName: this.name }));
  }

  /**
   * The lines that the job's containers write, as they come, until the job has ended.
   *
   * @throws {@link SfnDsError} `wait_aborted`.
   */
  logs(options: { readonly signal?: AbortSignal | undefined } = {}): AsyncGenerator<LogEvent, void> {
    return jobLogs(this.#session, {
      group: logGroup,
      prefix: `${this.name}/`,
      signal: options.signal,
      isDone: async () => hasEnded(await this.describe()),
    });
  }
}

function hasEnded({ ProcessingJobStatus: status }: DescribeProcessingJobCommandOutput): boolean {
  return status === "Completed" || status === "Failed" || status === "Stopped";
}

function throwUnlessGood(name: string, job: DescribeProcessingJobCommandOutput, allowStopped: boolean): void {
  const { ProcessingJobStatus: status, FailureReason: reason, ExitMessage: exitMessage } = job;
  if (status === "Completed" || (status === "Stopped" && allowStopped)) return;
  if (status === "Stopped") throw new SfnDsError("job_stopped", `the job ${name} was stopped`);
  const said = exitMessage === undefined ? "" : `; it said: ${exitMessage}`;
  throw new SfnDsError("job_failed", `the job ${name} failed: ${reason ?? "SageMaker gave no reason"}${said}`);
}
