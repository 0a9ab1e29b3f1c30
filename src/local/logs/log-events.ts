import type { JsonObject } from "../../language/json.js";
import { optionalNumber, optionalText, page } from "../protocols/members.js";
import { ServiceError } from "../wire.js";
import type { LogLine, LogStream } from "./log-store.js";

/** Most bytes of messages in one answer, and what each event adds. Source: GetLogEvents and PutLogEvents. */
const pageBytes = 1024 ** 2;
const eventBytes = 26;
const mostEvents = 10_000;

/**
 * GetLogEvents on one stream: the newest events unless `startFromHead`, then by token. As on AWS, a page behind the end
 * has the token that was sent.
 */
export function logEventPage(stream: LogStream, input: JsonObject): object {
  const limit = limitOf(input);
  const token = optionalText(input, "nextToken");
  const { first, last } = token === undefined ? firstPage(stream, input, limit) : nextPage(stream, token, limit);
  return {
    events: within(stream.lines.slice(first, last), input).map(describedEvent),
    nextForwardToken: `f/${last}`,
    nextBackwardToken: `b/${first}`,
  };
}

interface Span {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
}

function firstPage({ lines }: LogStream, input: JsonObject, limit: number): Span {
  return input["startFromHead"] === true ? forward(lines, 0, limit) : backward(lines, lines.length, limit);
}

function nextPage({ lines }: LogStream, token: string, limit: number): Span {
  const [, direction, index] = /^([fb])\/(\d{1,12})$/.exec(token) ?? [];
  if (direction === undefined || Number(index) > lines.length) {
    throw new ServiceError("InvalidParameterException", "The specified nextToken is invalid.");
  }
  return direction === "f" ? forward(lines, Number(index), limit) : backward(lines, Number(index), limit);
}

function forward(lines: readonly LogLine[], first: number, limit: number): Span {
  let last = first;
  let size = 0;
  while (last < lines.length && last - first < limit) {
    size += sizeOf(lines[last]);
    if (size > pageBytes && last > first) break;
    last += 1;
  }
  return { first, last };
}

function backward(lines: readonly LogLine[], last: number, limit: number): Span {
  let first = last;
  let size = 0;
  while (first > 0 && last - first < limit) {
    size += sizeOf(lines[first - 1]);
    if (size > pageBytes && first < last) break;
    first -= 1;
  }
  return { first, last };
}

/** FilterLogEvents without a pattern: the events of several streams by time. */
export function mergedEventPage(streams: readonly LogStream[], input: JsonObject): object {
  const events = streams
    .flatMap((stream) =>
      within(stream.lines, input).map((line, index) => ({
        logStreamName: stream.name,
        ...describedEvent(line),
        eventId: `${stream.name}/${index}`,
      })),
    )
    .sort((left, right) => left.timestamp - right.timestamp);
  const { items, next } = page(events, input, { limit: "limit", token: "nextToken", most: mostEvents });
  return { events: items, searchedLogStreams: [], ...(next === undefined ? {} : { nextToken: next }) };
}

/** Events from `startTime` (inclusive) to `endTime` (exclusive). */
function within(lines: readonly LogLine[], input: JsonObject): readonly LogLine[] {
  const start = optionalNumber(input, "startTime") ?? Number.NEGATIVE_INFINITY;
  const end = optionalNumber(input, "endTime") ?? Number.POSITIVE_INFINITY;
  return lines.filter(({ timestamp }) => timestamp >= start && timestamp < end);
}

function describedEvent({ timestamp, ingestionTime, message }: LogLine) {
  return { timestamp, ingestionTime, message };
}

function limitOf(input: JsonObject): number {
  const limit = optionalNumber(input, "limit") ?? mostEvents;
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostEvents) return limit;
  throw new ServiceError("InvalidParameterException", `expected a limit of 1 to ${mostEvents}, got ${limit}`);
}

function sizeOf(line: LogLine | undefined): number {
  return eventBytes + Buffer.byteLength(line?.message ?? "");
}
