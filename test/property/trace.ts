import { randomOf } from "./random-of.js";

/** What was seen of a state: what it was asked to do, what it set, what it gave on. */
export interface Event {
  readonly state: string;
  readonly what: "arguments" | "tests" | "sets" | "item" | "gives" | "catches" | "breaks";
  readonly value: unknown;
}

/** An error that a state ends with. */
export class Failed {
  readonly error: string;
  constructor(error: string) {
    this.error = error;
  }
}

/** Thrown where a machine cannot go on: data that is read is not there. */
export class Broken extends Error {}

const mostVisits = 60;
/** Data that doubles in a loop would never be done with. */
const mostParts = 400;

/** What two runs over the same machine have in common: the same choices, the same errors, the same times. */
export class Luck {
  readonly events: Event[] = [];
  private readonly random: () => number;
  private visits = 0;

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  /** The time at which a state is entered; each is another one. */
  enter(): number {
    if (++this.visits > mostVisits) throw new Broken("too long");
    return this.visits;
  }

  pick(count: number): number {
    return Math.floor(this.random() * count);
  }

  see(state: string, what: Event["what"], value: unknown): void {
    if (partsOf(value) > mostParts) throw new Broken("too large");
    this.events.push({ state, what, value });
  }
}

function partsOf(value: unknown): number {
  const waiting = [value];
  let count = 0;
  for (let one = waiting.pop(); one !== undefined && count <= mostParts; one = waiting.pop()) {
    count++;
    if (typeof one === "object" && one !== null) waiting.push(...(Object.values(one) as unknown[]));
  }
  return count;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path; throws where there is none. */
export function follow(data: unknown, path: readonly (string | number)[]): unknown {
  let at = data;
  for (const key of path) {
    const isThere = typeof at === "object" && at !== null && Object.hasOwn(at, key);
    if (!isThere) throw new Broken(`nothing at ${path.join(".")}`);
    at = (at as Readonly<Record<string | number, unknown>>)[key];
  }
  return at;
}

/** The input with a result put under the one key that a `resultPath` names. */
export function put(input: unknown, path: string | null | undefined, result: unknown): unknown {
  if (path === undefined || path === "$") return result;
  if (path === null) return input;
  if (!isObject(input)) throw new Broken("only an object takes a result");
  return { ...input, [path.slice(2)]: result };
}

/** The input of the execution. */
export const given = { n: 1, list: [{ id: 1 }, { id: 2 }, { id: 3 }] };

export function batchesOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  return [items.slice(0, 2), items.slice(2)].filter(({ length }) => length > 0);
}
