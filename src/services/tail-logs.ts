import type { CloudWatchLogsClient, OutputLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import { awsErrorName, SfnDsError } from "../language/sfn-ds-error.js";
import { Backoff, realSleep, type Sleep } from "./pause.js";

/** One line of a log. */
export interface LogEvent {
  /** Name of the stream, for example `job-1/algo-1-1642779000`. */
  readonly stream: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** How often a log is read, and for how long after its writer has ended. */
export interface ReadingPace {
  /** The longest pause between two rounds, in milliseconds; default 5000. A pause is 250 after new lines, and grows while there are none. */
  readonly longestPauseMilliseconds?: number;
  /** Milliseconds for which late lines are waited for after the end; default 0: one more round. Each new line starts them anew. */
  readonly lingerMilliseconds?: number;
}

/** Options of {@link tailLogs}. */
export interface TailLogsOptions extends ReadingPace {
  /** Log group; it may not exist yet. */
  readonly group: string;
  /** What the names of the streams begin with. */
  readonly prefix: string;
  /** Whether no more lines will be written; asked before each round. Default: never. */
  readonly isDone?: () => boolean | Promise<boolean>;
  readonly signal?: AbortSignal | undefined;
  /** Waits; default the real time. Rejects when `signal` is aborted. */
  readonly sleep?: Sleep;
}

/** The pace for a session: AWS limits how often logs are read and shows lines seconds late; an endpoint of one's own does neither. */
export function readingPace(hasOwnEndpoint: boolean | undefined): ReadingPace {
  return hasOwnEndpoint === true
    ? { longestPauseMilliseconds: 1000, lingerMilliseconds: 0 }
    : { longestPauseMilliseconds: 5000, lingerMilliseconds: 3000 };
}

const shortestPause = 250;

/** Rounds in a row that the service may turn away, beyond what its client tries again by itself. */
const mostRefusals = 10;

/**
 * The lines of log streams as they come, those of one stream in their order. Streams that appear later are taken in.
 * Lines arrive late: after `isDone` has said yes there are two rounds at least, and the last one has brought nothing new.
 *
 * @throws {@link SfnDsError} `wait_aborted` when `signal` is aborted; AWS's errors as they are, throttling after ten rounds in a row.
 */
export async function* tailLogs(
  client: CloudWatchLogsClient,
  options: TailLogsOptions,
): AsyncGenerator<LogEvent, void> {
  try {
    yield* new Tail(client, options).run();
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    const hint = "the job or execution goes on";
    throw new SfnDsError("wait_aborted", `reading the logs of ${options.prefix} was aborted`, { cause: error, hint });
  }
}

/** One reading of a log. */
class Tail {
  private readonly client: CloudWatchLogsClient;
  private readonly options: TailLogsOptions;
  private readonly tokens = new Map<string, string>();
  private readonly backoff: Backoff;
  private isOver = false;
  private isNew = false;
  private refusals = 0;

  constructor(client: CloudWatchLogsClient, options: TailLogsOptions) {
    this.client = client;
    this.options = options;
    this.backoff = new Backoff(shortestPause, Math.max(shortestPause, options.longestPauseMilliseconds ?? 5000));
  }

  async *run(): AsyncGenerator<LogEvent, void> {
    const { lingerMilliseconds = 0, signal, sleep = realSleep } = this.options;
    /** Milliseconds of pauses since the end, or since the last line after it. */
    let waited = 0;
    for (;;) {
      signal?.throwIfAborted();
      const wasOver = this.isOver;
      this.isNew = false;
      yield* this.round();
      if (this.isNew || this.isOver !== wasOver) {
        this.backoff.reset();
        waited = 0;
      } else if (wasOver && this.refusals === 0 && waited >= lingerMilliseconds) return;
      const pause = this.backoff.take();
      await sleep(pause, signal);
      waited += pause;
    }
  }

  /** Reads what is new. A service that is asked too often is asked again, later. */
  private async *round(): AsyncGenerator<LogEvent, void> {
    try {
      this.isOver ||= (await this.options.isDone?.()) ?? false;
      for await (const stream of this.streamNames()) {
        for await (const event of this.newEvents(stream)) {
          this.isNew = true;
          yield event;
        }
      }
      this.refusals = 0;
    } catch (error) {
      if (!isThrottling(error) || ++this.refusals >= mostRefusals) throw error;
    }
  }

  private async *streamNames(): AsyncGenerator<string, void> {
    const { DescribeLogStreamsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const { group, prefix } = this.options;
    let nextToken: string | undefined;
    do {
      const token = nextToken === undefined ? {} : { nextToken };
      const request = { logGroupName: group, logStreamNamePrefix: prefix, ...token };
      try {
        const page = await this.client.send(new DescribeLogStreamsCommand(request), this.requestOptions());
        for (const { logStreamName } of page.logStreams ?? []) if (logStreamName !== undefined) yield logStreamName;
        nextToken = page.nextToken;
      } catch (error) {
        // The group is made with its first line.
        if (awsErrorName(error) !== "ResourceNotFoundException") throw error;
        return;
      }
    } while (nextToken !== undefined);
  }

  private async *newEvents(stream: string): AsyncGenerator<LogEvent, void> {
    const { GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    for (;;) {
      const before = this.tokens.get(stream);
      const token = before === undefined ? {} : { nextToken: before };
      const request = { logGroupName: this.options.group, logStreamName: stream, startFromHead: true, ...token };
      const page = await this.client.send(new GetLogEventsCommand(request), this.requestOptions());
      for (const event of page.events ?? []) yield readEvent(stream, event);
      // The same token again says that there is no more for now.
      if (page.nextForwardToken === undefined || page.nextForwardToken === before) return;
      this.tokens.set(stream, page.nextForwardToken);
    }
  }

  private requestOptions(): { readonly abortSignal?: AbortSignal } {
    const { signal } = this.options;
    return signal === undefined ? {} : { abortSignal: signal };
  }
}

function readEvent(stream: string, { timestamp, message }: OutputLogEvent): LogEvent {
  return { stream, timestamp: timestamp ?? 0, message: message ?? "" };
}

const throttlingNames = [
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "LimitExceededException",
  "ServiceUnavailableException",
];

function isThrottling(error: unknown): boolean {
  return throttlingNames.includes(awsErrorName(error));
}
