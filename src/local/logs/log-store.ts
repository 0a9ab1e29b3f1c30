/** A line in a log stream. */
export interface LogLine {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** A log stream with all its lines. */
export interface LogStream {
  readonly group: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly lines: readonly LogLine[];
}

/** A log group. */
export interface LogGroup {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** Log groups and streams while a local service runs; they are kept in memory. */
export interface LogStore {
  /** Adds a line; makes its group and stream when they are not there yet. */
  append(group: string, stream: string, message: string): void;
  groups(): readonly LogGroup[];
  /** Streams of a group by name; `undefined` when there is no such group. */
  streams(group: string): readonly LogStream[] | undefined;
  stream(group: string, name: string): LogStream | undefined;
}

interface GrowingStream extends LogStream {
  readonly lines: LogLine[];
}

/**
 * Makes an empty {@link LogStore}.
 *
 * @param now - Milliseconds since 1970.
 */
export function createLogStore(now: () => number = Date.now): LogStore {
  const groups = new Map<string, { readonly created: number; readonly streams: Map<string, GrowingStream> }>();
  return {
    append(group, name, message) {
      const timestamp = now();
      const { streams } = getOrAdd(groups, group, () => ({ created: timestamp, streams: new Map() }));
      const stream = getOrAdd(streams, name, () => ({ group, name, created: timestamp, lines: [] }));
      stream.lines.push({ timestamp, ingestionTime: timestamp, message });
    },
    groups: () => [...groups].map(([name, { created }]) => ({ name, created })).sort(byName),
    streams(group) {
      const found = groups.get(group);
      return found === undefined ? undefined : [...found.streams.values()].sort(byName);
    },
    stream: (group, name) => groups.get(group)?.streams.get(name),
  };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1;
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
