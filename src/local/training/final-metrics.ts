import { Worker } from "node:worker_threads";

/** A line of a job's output. */
interface Line {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** The last value of a metric. */
export interface FoundMetric {
  readonly name: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** What was found, and why something could not be looked for. */
export interface FoundMetrics {
  readonly metrics: readonly FoundMetric[];
  readonly problems: readonly string[];
}

/** Runs in a thread of its own: a regular expression can take for ever, and then only its thread can be ended. */
const script = `
const { parentPort, workerData: { lines, definitions } } = require("node:worker_threads");
const metrics = [];
const problems = [];
for (const { name, regex } of definitions) {
  try {
    const expression = new RegExp(regex.replaceAll("(?P<", "(?<"), "g");
    let last;
    for (const { message, timestamp } of lines)
      for (const match of message.matchAll(expression)) {
        const value = Number(match[1]);
        if (match[1] !== undefined && match[1].trim() !== "" && Number.isFinite(value)) last = { name, value, timestamp };
      }
    if (last !== undefined) metrics.push(last);
  } catch (error) {
    problems.push("the metric " + JSON.stringify(name) + " cannot be looked for: " + error.message);
  }
}
parentPort.postMessage({ metrics, problems });
`;

/**
 * Looks for the metrics of a job in its output: the first group of the expression is the value, and the last one counts.
 *
 * @param mostMs - How long it may take.
 */
export function findMetrics(
  definitions: readonly { readonly name: string; readonly regex: string }[],
  lines: readonly Line[],
  mostMs = 10_000,
): Promise<FoundMetrics> {
  if (definitions.length === 0) return Promise.resolve({ metrics: [], problems: [] });
  return new Promise((resolve) => {
    const worker = new Worker(script, { eval: true, workerData: { lines, definitions } });
    const end = (found: FoundMetrics): void => {
      clearTimeout(timer);
      resolve(found);
      void worker.terminate();
    };
    const fail = (reason: string): void => end({ metrics: [], problems: [`no metrics were found: ${reason}`] });
    const timer = setTimeout(() => fail(`the expressions take longer than ${mostMs} ms`), mostMs);
    worker.once("message", end);
    worker.once("error", (error) => fail(String(error)));
  });
}
