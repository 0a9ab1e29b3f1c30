/** Ends a job before its time. */
export interface StopSignal {
  readonly isSet: boolean;
  /** Calls back when the job is to end; at once when that was said before. */
  onSet(callback: () => void): void;
  set(): void;
}

/** A signal that is not set. */
export function createStopSignal(): StopSignal {
  const callbacks: (() => void)[] = [];
  let isSet = false;
  return {
    get isSet() {
      return isSet;
    },
    onSet(callback) {
      if (isSet) callback();
      else callbacks.push(callback);
    },
    set() {
      if (isSet) return;
      isSet = true;
      for (const callback of callbacks) callback();
    },
  };
}
