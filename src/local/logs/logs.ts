import type { JsonObject } from "../../language/json.js";
import type { LocalIdentity } from "../identity.js";
import { serveJson } from "../protocols/json.js";
import { optionalText, page, requiredText } from "../protocols/members.js";
import { ServiceError, type WireHandler } from "../wire.js";
import { logEventPage, mergedEventPage } from "./log-events.js";
import type { LogStore, LogStream } from "./log-store.js";

interface Logs {
  readonly identity: LocalIdentity;
  readonly logs: LogStore;
}

/** The part of CloudWatch Logs that reads. */
export function serveLogs(options: Logs): WireHandler {
  return serveJson({
    target: "Logs_20140328",
    operations: {
      DescribeLogGroups: (input) => describeLogGroups(options, input),
      DescribeLogStreams: (input) => describeLogStreams(options, input),
      GetLogEvents: (input) => logEventPage(streamOf(options, input), input),
      FilterLogEvents: (input) => filterLogEvents(options, input),
    },
  });
}

function describeLogGroups({ identity, logs }: Logs, input: JsonObject): object {
  const prefix = optionalText(input, "logGroupNamePrefix") ?? "";
  const found = logs.groups().filter(({ name }) => name.startsWith(prefix));
  const { items, next } = page(found, input, { limit: "limit", token: "nextToken", most: 50 });
  const logGroups = items.map(({ name, created }) => ({
    logGroupName: name,
    creationTime: created,
    arn: `${groupArn(identity, name)}:*`,
    logGroupArn: groupArn(identity, name),
  }));
  return { logGroups, ...(next === undefined ? {} : { nextToken: next }) };
}

function describeLogStreams({ identity, logs }: Logs, input: JsonObject): object {
  const group = groupName(input);
  const prefix = optionalText(input, "logStreamNamePrefix") ?? "";
  const byTime = optionalText(input, "orderBy") === "LastEventTime";
  if (byTime && prefix !== "") {
    const message = "Cannot order by LastEventTime with a logStreamNamePrefix.";
    throw new ServiceError("InvalidParameterException", message);
  }
  const found = streamsOf(logs, group).filter(({ name }) => name.startsWith(prefix));
  if (byTime) found.sort((left, right) => lastTime(left) - lastTime(right));
  if (input["descending"] === true) found.reverse();
  const { items, next } = page(found, input, { limit: "limit", token: "nextToken", most: 50 });
  const logStreams = items.map((stream) => describedStream(identity, stream));
  return { logStreams, ...(next === undefined ? {} : { nextToken: next }) };
}

function describedStream(identity: LocalIdentity, stream: LogStream): object {
  return {
    logStreamName: stream.name,
    creationTime: stream.created,
    arn: `${groupArn(identity, stream.group)}:log-stream:${stream.name}`,
    firstEventTimestamp: stream.lines[0]?.timestamp,
    lastEventTimestamp: stream.lines.at(-1)?.timestamp,
    lastIngestionTime: stream.lines.at(-1)?.ingestionTime,
    uploadSequenceToken: String(stream.lines.length),
  };
}

function filterLogEvents({ logs }: Logs, input: JsonObject): object {
  if ((optionalText(input, "filterPattern") ?? "") !== "") {
    const message = "filterPattern is not served locally: read all events, and filter them in your program";
    throw new ServiceError("InvalidParameterException", message);
  }
  const prefix = optionalText(input, "logStreamNamePrefix") ?? "";
  const names = input["logStreamNames"];
  const streams = streamsOf(logs, groupName(input)).filter(
    ({ name }) => name.startsWith(prefix) && (!Array.isArray(names) || names.includes(name)),
  );
  return mergedEventPage(streams, input);
}

function streamOf({ logs }: Logs, input: JsonObject): LogStream {
  const group = groupName(input);
  const name = requiredText(input, "logStreamName", "InvalidParameterException");
  streamsOf(logs, group);
  const stream = logs.stream(group, name);
  if (stream !== undefined) return stream;
  throw new ServiceError("ResourceNotFoundException", "The specified log stream does not exist.");
}

function streamsOf(logs: LogStore, group: string): LogStream[] {
  const streams = logs.streams(group);
  if (streams !== undefined) return [...streams];
  throw new ServiceError("ResourceNotFoundException", "The specified log group does not exist.");
}

/** The group by `logGroupName`, or by an ARN in `logGroupIdentifier`. */
function groupName(input: JsonObject): string {
  const identifier = optionalText(input, "logGroupIdentifier");
  if (identifier === undefined) return requiredText(input, "logGroupName", "InvalidParameterException");
  return identifier.replace(/^arn:[^:]+:logs:[^:]*:\d*:log-group:/, "").replace(/:\*$/, "");
}

function groupArn({ partition, region, account }: LocalIdentity, name: string): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}

function lastTime({ lines, created }: LogStream): number {
  return lines.at(-1)?.timestamp ?? created;
}
