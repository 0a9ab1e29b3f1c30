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

/** What became of one definition. */
interface Answer {
  readonly metric?: FoundMetric;
  readonly problem?: string;
}

/** Runs in a thread of its own: a regular expression can take for ever, and then only its thread can be ended. Answers definition by definition. */
const script = `
const { parentPort, workerData: { lines, definitions } } = require("node:worker_threads");
for (const { name, regex } of definitions) {
  try {
    const expression = new RegExp(regex.replaceAll("(?P<", "(?<"), "g");
    let metric;
    for (const { message, timestamp } of lines)
      for (const match of message.matchAll(expression)) {
        const value = Number(match[1]);
        if (match[1] !== undefined && match[1].trim() !== "" && Number.isFinite(value)) metric = { name, value, timestamp };
      }
    parentPort.postMessage({ metric });
  } catch (error) {
    parentPort.postMessage({ problem: error.message });
  }
}
`;

/** A metric that is looked for. */
interface Definition {
  readonly name: string;
  readonly regex: string;
}

/**
 * Looks for the metrics of a job in its output: the first group of the expression is the value, and the last one counts.
 *
 * @param mostMs - How long one metric may take; those after it are looked for all the same.
 */
export async function findMetrics(
  definitions: readonly Definition[],
  lines: readonly Line[],
  mostMs = 5000,
): Promise<FoundMetrics> {
  const answers: Answer[] = [];
  while (answers.length < definitions.length) {
    answers.push(...(await search(definitions.slice(answers.length), lines, mostMs)));
  }
  return {
    metrics: answers.flatMap(({ metric }) => metric ?? []),
    problems: answers.flatMap(({ problem }, index) =>
      problem === undefined
        ? []
        : [`the metric ${JSON.stringify(definitions[index]?.name)} cannot be looked for: ${problem}`],
    ),
  };
}

/** Answers for the definitions up to the first one that ends the thread, or all of them. */
function search(
  definitions: readonly Definition[],
  lines: readonly Line[],
  mostMs: number,
): Promise<readonly Answer[]> {
  return new Promise((resolve) => {
    const answers: Answer[] = [];
    const worker = new Worker(script, { eval: true, workerData: { lines, definitions } });
    const end = (): void => {
      clearTimeout(timer);
      worker.removeAllListeners("message");
      resolve(answers);
      void worker.terminate();
    };
    const fail = (problem: string): void => {
      answers.push({ problem });
      end();
    };
    const timer = setTimeout(() => fail(`its expression takes longer than ${mostMs} ms`), mostMs);
    worker.on("message", (answer: Answer) => {
      answers.push(answer);
      timer.refresh();
      if (answers.length === definitions.length) end();
    });
    worker.on("error", (error) => fail(String(error)));
  });
}
