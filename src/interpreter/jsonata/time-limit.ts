import { createContext, Script } from "node:vm";
import { memoryLimit } from "./evaluation.js";
import { InternalError, QueryError } from "./query-error.js";

/** Milliseconds that an evaluation may take that nothing else can bound. */
const longestEvaluation = 40;

const script = new Script("run()");
let sandbox: { run: (() => void) | undefined } | undefined;

/**
 * Does what may take for ever, such as to search by a regular expression that backtracks: after {@link longestEvaluation} milliseconds it is
 * stopped, and the evaluation fails. Costs about 60 microseconds.
 */
export function withinTimeLimit<T>(work: () => T): T {
  sandbox ??= createContext({ run: undefined }) as { run: (() => void) | undefined };
  let result: { readonly value: T } | undefined;
  sandbox.run = () => {
    result = { value: work() };
  };
  try {
    script.runInContext(sandbox as object, { timeout: longestEvaluation });
  } catch (error) {
    if (isTimeout(error)) throw new QueryError(undefined, {}, "Expression evaluation timeout: Check for infinite loop");
    if (error instanceof RangeError) throw memoryLimit();
    throw error;
  } finally {
    sandbox.run = undefined;
  }
  if (result === undefined) throw new InternalError();
  return result.value;
}

function isTimeout(error: unknown): boolean {
  // The error is of the realm of the script.
  return (error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
