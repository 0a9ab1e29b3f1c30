/** Runs a task after all earlier ones of the same name have ended. */
export type Queue = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/** Makes a {@link Queue}; names that wait for nothing take no memory. */
export function createQueue(): Queue {
  const last = new Map<string, Promise<unknown>>();
  return async (name, task) => {
    const before = last.get(name);
    const running = before === undefined ? task() : before.then(task, task);
    last.set(name, running);
    try {
      return await running;
    } finally {
      if (last.get(name) === running) last.delete(name);
    }
  };
}
