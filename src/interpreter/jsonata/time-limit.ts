import { createContext, Script } from "node:vm";
import { memoryLimit } from "./evaluation.js";
import { InternalError, QueryError } from "./query-error.js";

/** Milliseconds that an evaluation may take that nothing else can bound. */
const longestEvaluation = 40;

/** Milliseconds that it may last where the process was hardly given the time to compute: on a machine that is busy. */
const longestWait = 320;

const script = new Script("run()");
let sandbox: { run: (() => void) | undefined } | undefined;

/**
 * Does what may take for ever, such as to search by a regular expression that backtracks: after {@link longestEvaluation} milliseconds it is
 * stopped, and the evaluation fails. Costs about 60 microseconds. Where the process had to wait for most of that time, it is done once more.
 */
export function withinTimeLimit<T>(work: () => T): T {
  sandbox ??= createContext({ run: undefined }) as { run: (() => void) | undefined };
  let result: { readonly value: T } | undefined;
  sandbox.run = () => {
    result = { value: work() };
  };
  const before = process.cpuUsage();
  try {
    if (!runs(sandbox, longestEvaluation) && (hasComputed(before) || !runs(sandbox, longestWait)))
      throw new QueryError(undefined, {}, "Expression evaluation timeout: Check for infinite loop");
  } catch (error) {
    if (error instanceof RangeError) throw memoryLimit();
    throw error;
  } finally {
    sandbox.run = undefined;
  }
  if (result === undefined) throw new InternalError();
  return result.value;
}

/** Whether what is run ends within so many milliseconds. */
function runs(context: object, timeout: number): boolean {
  try {
    script.runInContext(context, { timeout });
    return true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  }
}

/** Whether the process has computed for most of the time that an evaluation may take. */
function hasComputed(before: NodeJS.CpuUsage): boolean {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 > longestEvaluation / 2;
}

function isTimeout(error: unknown): boolean {
  // The error is of the realm of the script.
  return (error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
