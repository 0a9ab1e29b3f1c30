import { createContext, Script } from "node:vm";
import { Allowance, memoryLimit, timeout } from "./evaluation.js";
import { InternalError } from "./query-error.js";

/** Milliseconds that it may last where the process was hardly given the time to compute: on a machine that is busy. */
const longestWait = 320;

const limit = "40 ms for what nothing else in the expressions of a state bounds";

const script = new Script("run()");
let sandbox: { run: (() => void) | undefined } | undefined;

/**
 * Does what may take for ever, such as to search by a regular expression that backtracks: it is stopped, and the evaluation fails, when the time is
 * over that the allowance has for all such work together. Costs about 60 microseconds. Where the process had to wait for most of that time, it is
 * done once more.
 */
export function withinTimeLimit<T>(work: () => T, allowance = new Allowance()): T {
  const { milliseconds } = allowance;
  if (milliseconds <= 0) throw timeout(limit);
  sandbox ??= createContext({ run: undefined }) as { run: (() => void) | undefined };
  let result: { readonly value: T } | undefined;
  sandbox.run = () => {
    result = { value: work() };
  };
  const before = process.cpuUsage();
  try {
    const hasEnded = runs(sandbox, Math.ceil(milliseconds));
    if (!hasEnded && (computed(before) > milliseconds / 2 || !runs(sandbox, longestWait))) throw timeout(limit);
  } catch (error) {
    if (error instanceof RangeError) throw memoryLimit();
    throw error;
  } finally {
    sandbox.run = undefined;
    allowance.keepMilliseconds(milliseconds - computed(before));
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

/** Milliseconds that the process has computed since. */
function computed(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function isTimeout(error: unknown): boolean {
  // The error is of the realm of the script.
  return (error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
