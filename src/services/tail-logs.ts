import { setTimeout as delay } from "node:timers/promises";
import type { CloudWatchLogsClient, OutputLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import { awsErrorName, SfnDsError } from "../language/sfn-ds-error.js";

/** One line of a log. */
export interface LogEvent {
  /** Name of the stream, for example `job-1/algo-1-1642779000`. */
  readonly stream: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** Options of {@link tailLogs}. */
export interface TailLogsOptions {
  /** Log group; it may not exist yet. */
  readonly group: string;
  /** What the names of the streams begin with. */
  readonly prefix: string;
  /** Whether no more lines will be written; asked before each round. Default: never. */
  readonly isDone?: () => boolean | Promise<boolean>;
  readonly signal?: AbortSignal | undefined;
  /** Pause between two rounds; default 1000. */
  readonly intervalMilliseconds?: number;
  /** Waits; default the real time. Rejects when `signal` is aborted. */
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * The lines of log streams as they come, those of one stream in their order. Streams that appear later are taken in.
 * Lines arrive late: after `isDone` has said yes there are two more rounds with a pause between them.
 *
 * @throws {@link SfnDsError} `wait_aborted` when `signal` is aborted.
 */
export async function* tailLogs(
  client: CloudWatchLogsClient,
  options: TailLogsOptions,
): AsyncGenerator<LogEvent, void> {
  const { isDone = () => false, intervalMilliseconds = 1000, sleep = realSleep, signal } = options;
  const tokens = new Map<string, string>();
  let roundsAfterEnd = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (roundsAfterEnd > 0 || (await isDone())) roundsAfterEnd++;
      for await (const stream of streamNames(client, options)) yield* newEvents(client, options, stream, tokens);
      if (roundsAfterEnd === 2) return;
      await sleep(intervalMilliseconds, signal);
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    const hint = "the job or execution goes on";
    throw new SfnDsError("wait_aborted", `reading the logs of ${options.prefix} was aborted`, { cause: error, hint });
  }
}

async function realSleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
}

async function* streamNames(
  client: CloudWatchLogsClient,
  { group, prefix, signal }: TailLogsOptions,
): AsyncGenerator<string, void> {
  const { DescribeLogStreamsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  let nextToken: string | undefined;
  do {
    const request = {
      logGroupName: group,
      logStreamNamePrefix: prefix,
      ...(nextToken === undefined ? {} : { nextToken }),
    };
    try {
      const page = await client.send(new DescribeLogStreamsCommand(request), requestOptions(signal));
      for (const { logStreamName } of page.logStreams ?? []) if (logStreamName !== undefined) yield logStreamName;
      nextToken = page.nextToken;
    } catch (error) {
      // The group is made with its first line.
      if (awsErrorName(error) !== "ResourceNotFoundException") throw error;
      return;
    }
  } while (nextToken !== undefined);
}

async function* newEvents(
  client: CloudWatchLogsClient,
  { group, signal }: TailLogsOptions,
  stream: string,
  tokens: Map<string, string>,
): AsyncGenerator<LogEvent, void> {
  const { GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  for (;;) {
    const before = tokens.get(stream);
    const request = {
      logGroupName: group,
      logStreamName: stream,
      startFromHead: true,
      ...(before === undefined ? {} : { nextToken: before }),
    };
    const page = await client.send(new GetLogEventsCommand(request), requestOptions(signal));
    for (const event of page.events ?? []) yield readEvent(stream, event);
    // The same token again says that there is no more for now.
    if (page.nextForwardToken === undefined || page.nextForwardToken === before) return;
    tokens.set(stream, page.nextForwardToken);
  }
}

function readEvent(stream: string, { timestamp, message }: OutputLogEvent): LogEvent {
  return { stream, timestamp: timestamp ?? 0, message: message ?? "" };
}

function requestOptions(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}
