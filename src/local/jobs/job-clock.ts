/** The time of the jobs; a test passes one that it moves. */
export interface JobClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after `ms` milliseconds; what it gives back cancels that. */
  setTimer(ms: number, callback: () => void): () => void;
}

/** The time of this machine. */
export const machineClock: JobClock = {
  now: () => Date.now(),
  setTimer(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
