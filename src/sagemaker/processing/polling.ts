import { SfnDsError } from "../../language/sfn-ds-error.js";
import { Backoff } from "../../services/pause.js";
import type { Session } from "../session/session.js";

const firstPause = 500;
const longestPause = 15_000;

/**
 * Asks until there is an answer, with longer and longer pauses of chance length: up to 0.5 s at first, up to 15 s later.
 *
 * @throws {@link SfnDsError} `wait_aborted` when `signal` is aborted.
 */
export async function pollUntil<T>(
  session: Session,
  ask: () => Promise<T | undefined>,
  what: string,
  signal: AbortSignal | undefined,
): Promise<T> {
  const backoff = new Backoff(firstPause, longestPause, () => session.random());
  for (;;) {
    throwIfAborted(signal, what);
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pauseFor(session, backoff.take(), what, signal);
  }
}

/** Waits; an abort is said in our words. */
async function pauseFor(
  session: Session,
  milliseconds: number,
  what: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await session.sleep(milliseconds, signal);
  } catch (error) {
    throwIfAborted(signal, what);
    throw error;
  }
}

function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted !== true) return;
  const hint = "the job goes on; call wait() again, or stop()";
  throw new SfnDsError("wait_aborted", `waiting for ${what} was aborted`, { cause: signal.reason, hint });
}
