import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { LogEvent } from "./tail-logs.js";

/** Streams that are read: those that were written to last. */
const mostStreams = 5;

/**
 * The last lines of log streams, oldest first; of a group or streams that do not exist, none.
 *
 * @throws AWS's errors as they are
 */
export async function lastLines(
  client: CloudWatchLogsClient,
  options: { readonly group: string; readonly prefix: string; readonly count: number },
): Promise<readonly LogEvent[]> {
  const { DescribeLogStreamsCommand, GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const { group, prefix, count } = options;
  const request = { logGroupName: group, logStreamNamePrefix: prefix };
  const { logStreams = [] } = await client.send(new DescribeLogStreamsCommand(request));
  const latest = logStreams.sort((left, right) => (right.lastEventTimestamp ?? 0) - (left.lastEventTimestamp ?? 0));
  const lines: LogEvent[] = [];
  for (const { logStreamName: stream } of latest.slice(0, mostStreams)) {
    if (stream === undefined) continue;
    const page = await client.send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, startFromHead: false, limit: count }),
    );
    for (const { timestamp, message } of page.events ?? []) {
      lines.push({ stream, timestamp: timestamp ?? 0, message: message ?? "" });
    }
  }
  return lines.sort((left, right) => left.timestamp - right.timestamp).slice(-count);
}
