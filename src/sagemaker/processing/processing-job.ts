import type { DescribeProcessingJobCommandOutput, ProcessingJobStatus } from "@aws-sdk/client-sagemaker";
import { parseArn } from "../../language/arn.js";
import { DefinitionError, issue, shown } from "../../language/errors.js";
import { lastLines } from "../../services/last-lines.js";
import type { Session } from "../session/session.js";
import { JobFailedError, StoppedJobError } from "./job-errors.js";
import { type LogTextOptions, logText } from "./log-text.js";
import { jobLogs, type LogEvent } from "./logs.js";
import { pollUntil } from "./polling.js";

/** Options of {@link ProcessingJob.wait}. */
export interface WaitOptions {
  /** Ends the waiting, for example `AbortSignal.timeout(3_600_000)`. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a stopped job is an ordinary end; default false. */
  readonly allowStopped?: boolean | undefined;
}

/** Options of {@link ProcessingJob.showLogs}. */
export interface ShowLogsOptions extends LogTextOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told each line of text; default: standard output. */
  readonly write?: (line: string) => void;
}

/** Options of {@link ProcessingJob.list}. */
export interface ListJobsOptions {
  readonly nameContains?: string;
  readonly status?: ProcessingJobStatus;
  /** Default: all there are. */
  readonly maxItems?: number;
}

const logGroup = "/aws/sagemaker/ProcessingJobs";
/** Lines of the log that a failure tells. */
const lastLinesTold = 10;

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

  /**
   * The job of this name. SageMaker is asked once.
   *
   * @throws SageMaker's `ValidationException` when it has none.
   */
  static async fromName(session: Session, name: string): Promise<ProcessingJob> {
    const { ProcessingJobName, ProcessingJobArn: arn = "" } = await describe(session, name);
    return new ProcessingJob(session, { name: ProcessingJobName ?? name, arn });
  }

  /**
   * The job with this ARN. SageMaker is asked once.
   *
   * @throws {@link DefinitionError} `invalid_argument` for the ARN of something else; SageMaker's `ValidationException` when it has no such job.
   */
  static async fromArn(session: Session, arn: string): Promise<ProcessingJob> {
    const found = typeof arn === "string" ? parseArn(arn) : undefined;
    const [kind, name] = found?.resource.split("/") ?? [];
    if (found?.service === "sagemaker" && kind === "processing-job" && name) {
      return ProcessingJob.fromName(session, name);
    }
    const message = `expected the ARN of a processing job, got ${shown(arn)}`;
    throw new DefinitionError([issue("invalid_argument", ["arn"], message, "give the job's ARN")]);
  }

  /** The account's processing jobs in the session's region, newest first; asked for page by page, as they are read. */
  static async *list(session: Session, options: ListJobsOptions = {}): AsyncGenerator<ProcessingJob, void> {
    const { nameContains: NameContains, status: StatusEquals, maxItems = Number.POSITIVE_INFINITY } = options;
    const client = await session.sagemaker();
    const { ListProcessingJobsCommand } = await import("@aws-sdk/client-sagemaker");
    const wanted = { NameContains, StatusEquals, SortBy: "CreationTime", SortOrder: "Descending" } as const;
    let left = maxItems;
    let NextToken: string | undefined;
    do {
      if (left <= 0) return;
      const request = { ...wanted, NextToken, MaxResults: Math.min(left, 100) };
      const page = await client.send(new ListProcessingJobsCommand(request));
      for (const { ProcessingJobName: name, ProcessingJobArn: arn } of page.ProcessingJobSummaries ?? []) {
        if (left-- <= 0) return;
        yield new ProcessingJob(session, { name: name ?? "", arn: arn ?? "" });
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }

  /** What SageMaker says of the job now. */
  describe(): Promise<DescribeProcessingJobCommandOutput> {
    return describe(this.#session, this.name);
  }

  /**
   * Waits for the job's end; asks with longer and longer pauses of chance length, 15 s at most.
   *
   * @throws {@link JobFailedError} `job_failed` or `no_capacity`, with SageMaker's reason, the program's message and the last lines of the log.
   * @throws {@link StoppedJobError} `job_stopped`, unless it is allowed.
   * @throws {@link SfnDsError} `wait_aborted`.
   */
  async wait(options: WaitOptions = {}): Promise<DescribeProcessingJobCommandOutput> {
    const ask = async (): Promise<DescribeProcessingJobCommandOutput | undefined> => {
      const description = await this.describe();
      return hasEnded(description) ? description : undefined;
    };
    const ended = await pollUntil(this.#session, ask, `the job ${this.name}`, options.signal);
    if (ended.ProcessingJobStatus === "Failed") throw await this.#failure(ended);
    if (ended.ProcessingJobStatus === "Stopped" && options.allowStopped !== true) throw new StoppedJobError(this.name);
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

  /**
   * Shows the job's log as it comes, each instance in a colour of its own; of a job with several, each line begins with its instance.
   *
   * @throws {@link SfnDsError} `wait_aborted`.
   */
  async showLogs(options: ShowLogsOptions = {}): Promise<void> {
    const { signal, write = print, ...style } = options;
    const { ProcessingResources } = await this.describe();
    const instances = (ProcessingResources?.ClusterConfig?.InstanceCount ?? 1) > 1;
    for await (const event of this.logs({ signal })) write(logText(event, { instances, ...style }));
  }

  async #failure(job: DescribeProcessingJobCommandOutput): Promise<JobFailedError> {
    const failed = { jobName: this.name, reason: job.FailureReason, exitMessage: job.ExitMessage };
    try {
      const client = await this.#session.logs();
      const lines = await lastLines(client, { group: logGroup, prefix: `${this.name}/`, count: lastLinesTold });
      return new JobFailedError({ ...failed, lines });
    } catch (error) {
      // A job that found no machine has no log.
      const isMissing = error instanceof Error && error.name === "ResourceNotFoundException";
      const logProblem = isMissing ? undefined : error instanceof Error ? error.message : String(error);
      return new JobFailedError({ ...failed, lines: [], logProblem });
    }
  }
}

async function describe(session: Session, name: string): Promise<DescribeProcessingJobCommandOutput> {
  const client = await session.sagemaker();
  const { DescribeProcessingJobCommand } = await import("@aws-sdk/client-sagemaker");
  return client.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
}

function hasEnded({ ProcessingJobStatus: status }: DescribeProcessingJobCommandOutput): boolean {
  return status === "Completed" || status === "Failed" || status === "Stopped";
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
