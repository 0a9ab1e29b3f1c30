import { isDeepStrictEqual } from "node:util";
import type { Read } from "./random-workflow.js";

/** A definition as plain data: nothing of the compiler is used to read it. */
export interface States {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: true;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string; readonly Variable: string }[];
  readonly Catch?: readonly { readonly Next: string; readonly ResultPath?: string; readonly Assign?: Template }[];
  readonly Branches?: readonly States[];
  readonly ItemProcessor?: States & { readonly ProcessorConfig?: { readonly Mode: string } };
  readonly Parameters?: Template;
  readonly ResultPath?: string;
  readonly Assign?: Template;
}

interface Template {
  readonly [key: string]: unknown;
}

/** Where a state stands: its scope, and the states around it from the innermost out. */
export interface Place {
  readonly scope: States;
  readonly around: readonly { readonly name: string; readonly scope: States; readonly isDistributed: boolean }[];
}

export function placesOf(machine: States): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const visit = (scope: States, around: Place["around"]): void => {
    for (const [name, state] of Object.entries(scope.States)) {
      places.set(name, { scope, around });
      for (const branch of state.Branches ?? []) visit(branch, [{ name, scope, isDistributed: false }, ...around]);
      const { ItemProcessor: processor } = state;
      if (processor === undefined) continue;
      const isDistributed = processor.ProcessorConfig?.Mode === "DISTRIBUTED";
      visit(processor, [{ name, scope, isDistributed }, ...around]);
    }
  };
  visit(machine, []);
  return places;
}

/** Where a state leads; with `isWithoutResult` by its catchers alone. */
export function nextOf(state: State | undefined, isWithoutResult = false): readonly string[] {
  const { Next, Default, Choices = [], Catch = [] } = state ?? { Type: "none" };
  const left = isWithoutResult ? [] : [Next, Default, ...Choices.map((rule) => rule.Next)];
  return [...Catch.map((rule) => rule.Next), ...left].filter((next) => next !== undefined);
}

/** States that can be entered from `from`, where `without` never gives its result. */
export function reachable(scope: States, from: string, without?: string): ReadonlySet<string> {
  const reached = new Set([from]);
  for (const name of reached) {
    for (const next of nextOf(scope.States[name], name === without)) reached.add(next);
  }
  return reached;
}

/** Whether a read is of something that is there on every path; `undefined`: it stands in a state that is never reached. */
export function isAlwaysThere(read: Read, places: ReadonlyMap<string, Place>): boolean | undefined {
  const reader = places.get(read.reader);
  const source = places.get(read.source);
  if (reader === undefined || source === undefined) return undefined;
  const all = [{ name: read.reader, scope: reader.scope, isDistributed: false }, ...reader.around];
  if (all.some(({ name, scope }) => !reachable(scope, scope.StartAt).has(name))) return undefined;
  const at = all.findIndex(({ scope }) => scope === source.scope);
  const [ancestor] = all.slice(at, at + 1);
  if (at < 0 || ancestor === undefined || all.slice(0, at + 1).some(({ isDistributed }) => isDistributed)) return false;
  // The first state of a handler reads the error that has led to it.
  if (read.isError && read.source === ancestor.name) return true;
  return !reachable(source.scope, source.scope.StartAt, read.source).has(ancestor.name);
}

/** All scopes of a machine. */
export function scopesOf(machine: States): readonly States[] {
  return [...new Set([machine, ...[...placesOf(machine).values()].map(({ scope }) => scope)])];
}

/** States that are never entered. */
export function unreached(machine: States): readonly string[] {
  return scopesOf(machine).flatMap((scope) => {
    const reached = reachable(scope, scope.StartAt);
    return Object.keys(scope.States).filter((name) => !reached.has(name));
  });
}

/** States that are entered and from which no end can be reached. */
export function stuck(machine: States): readonly string[] {
  return scopesOf(machine).flatMap((scope) =>
    [...reachable(scope, scope.StartAt)].filter((name) => {
      const states = [...reachable(scope, name)].map((one) => scope.States[one]);
      return !states.some((state) => state?.End === true || state?.Type === "Succeed" || state?.Type === "Fail");
    }),
  );
}

/** What a state has been seen to read, beside what it should have read. */
export interface Seen {
  readonly read: Read;
  readonly value: unknown;
  readonly expected: unknown;
}

class Failed {
  readonly error: string;
  constructor(error: string) {
    this.error = error;
  }
}

type Variables = Map<string, unknown>;

const most = 300;

/**
 * Runs a machine on one random path. Tasks and Passes give `{ by, at }` with a number that no other visit gives, so that a value
 * tells where it comes from.
 */
export class Walk {
  readonly wrong: Seen[] = [];
  count = 0;
  private clock = 0;
  private readonly outputs = new Map<string, unknown>();
  private readonly errors = new Map<string, unknown>();
  private readonly reads: ReadonlyMap<string, readonly Read[]>;
  private readonly random: () => number;
  private readonly executionInput = { n: 1, list: [1, 2] };

  constructor(reads: ReadonlyMap<string, readonly Read[]>, random: () => number) {
    this.reads = reads;
    this.random = random;
  }

  run(machine: States): void {
    this.scope(machine, this.executionInput, [new Map()]);
  }

  /** @param variables - of this scope first, then of those around it */
  private scope({ StartAt, States: states }: States, input: unknown, variables: readonly Variables[]): unknown {
    let data = input;
    let name: string | undefined = StartAt;
    while (name !== undefined) {
      const state: State | undefined = states[name];
      if (state === undefined || this.count++ > most) return new Failed("stopped");
      const left: Left = this.state(name, state, data, variables);
      if (left.data instanceof Failed) return left.data;
      data = left.data;
      if (left.next !== undefined) this.errors.set(left.next, (data as { readonly Error?: unknown } | null)?.Error);
      name = left.next ?? left.goes;
    }
    return data;
  }

  private state(name: string, state: State, input: unknown, variables: readonly Variables[]): Left {
    const read = (text: string, data: unknown): unknown => this.read(text, data, variables);
    const entered = ++this.clock;
    const parameters =
      state.Parameters === undefined ? input : this.template(state.Parameters, input, variables, entered);
    this.compare(name, state, parameters, (text) => read(text, input));
    switch (state.Type) {
      case "Fail":
        return { data: new Failed(name) };
      case "Succeed":
        return { data: input };
      case "Choice": {
        const ways = [...(state.Choices ?? []).map(({ Next }) => Next), state.Default].filter(
          (way) => way !== undefined,
        );
        const goes = ways[this.pick(ways.length)];
        this.outputs.set(name, input);
        return goes === undefined ? { data: new Failed("States.NoChoiceMatched") } : { data: input, goes };
      }
      default:
        break;
    }
    const result = this.result(state, input, parameters, variables);
    const failure = result instanceof Failed ? result : this.maybeFails(state);
    if (failure !== undefined) return this.caught(state, failure, input, variables);
    const data = put(input, state.ResultPath, result);
    this.outputs.set(name, data);
    this.assign(state.Assign, result, variables);
    return { data, ...(state.Next === undefined ? {} : { goes: state.Next }) };
  }

  private result(state: State, input: unknown, parameters: unknown, variables: readonly Variables[]): unknown {
    if (state.Type === "Parallel") {
      const results = (state.Branches ?? []).map((branch) => this.scope(branch, input, [new Map(), ...variables]));
      return results.find((one) => one instanceof Failed) ?? results;
    }
    const { ItemProcessor: processor } = state;
    if (processor === undefined) return parameters;
    const outer = processor.ProcessorConfig?.Mode === "DISTRIBUTED" ? [] : variables;
    const results = this.executionInput.list.map((item) => this.scope(processor, item, [new Map(), ...outer]));
    return results.find((one) => one instanceof Failed) ?? results;
  }

  private maybeFails(state: State): Failed | undefined {
    return state.Catch !== undefined && this.pick(2) === 0 ? new Failed("Error") : undefined;
  }

  private caught(state: State, { error }: Failed, input: unknown, variables: readonly Variables[]): Left {
    const [rule] = state.Catch ?? [];
    if (rule === undefined || error === "stopped") return { data: new Failed(error) };
    const output = { Error: `${error} ${++this.clock}`, Cause: "" };
    this.assign(rule.Assign, output, variables);
    return { data: put(input, rule.ResultPath, output), next: rule.Next };
  }

  private compare(name: string, state: State, parameters: unknown, read: (text: string) => unknown): void {
    for (const one of this.reads.get(name) ?? []) {
      const value =
        one.key === "Choices" ? read(state.Choices?.[0]?.Variable ?? "$") : (parameters as Template)[one.key];
      const expected = one.isError ? this.errors.get(one.source) : follow(this.outputs.get(one.source), one.path);
      if (value === undefined || !isDeepStrictEqual(value, expected)) this.wrong.push({ read: one, value, expected });
    }
  }

  private assign(assign: Template | undefined, data: unknown, variables: readonly Variables[]): void {
    const values = this.template(assign ?? {}, data, variables, 0);
    for (const [name, value] of Object.entries(values)) variables[0]?.set(name, value);
  }

  private template(template: Template, data: unknown, variables: readonly Variables[], entered: number): Template {
    const members = Object.entries(template).map(([key, value]): [string, unknown] => {
      if (!key.endsWith(".$")) return [key, value];
      const text = String(value);
      return [key.slice(0, -2), text === "$$.State.EnteredTime" ? entered : this.read(text, data, variables)];
    });
    return Object.fromEntries(members);
  }

  private read(text: string, data: unknown, variables: readonly Variables[]): unknown {
    const [, root = "", rest = ""] = /^(\$\$\.Execution\.Input|\$[A-Za-z]\w*|\$)(.*)$/.exec(text) ?? [];
    const path = [...rest.matchAll(/\['(\w+)'\]|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index));
    if (root === "$") return follow(data, path);
    if (root.startsWith("$$")) return follow(this.executionInput, path);
    const holder = variables.find((scope) => scope.has(root.slice(1)));
    return holder === undefined ? undefined : follow(holder.get(root.slice(1)), path);
  }

  private pick(count: number): number {
    return Math.floor(this.random() * count);
  }
}

/** A state's end: what it gives, and where it goes; `next` by a catcher. */
interface Left {
  readonly data: unknown;
  readonly goes?: string;
  readonly next?: string;
}

function follow(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => (at as { readonly [key: string]: unknown } | undefined | null)?.[key], data);
}

function put(input: unknown, path: string | undefined, result: unknown): unknown {
  if (path === undefined) return result;
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  return { ...(isObject ? input : {}), [path.slice(2)]: result };
}
