import type { Read } from "./meaning.js";

/** A definition as plain data: nothing of the compiler is used to read it. */
export interface States {
  readonly QueryLanguage?: string;
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

export interface State {
  readonly Type: string;
  readonly QueryLanguage?: string;
  readonly Next?: string;
  readonly End?: true;
  readonly Default?: string;
  readonly Choices?: readonly Rule[];
  readonly Catch?: readonly Rule[];
  readonly Branches?: readonly States[];
  readonly ItemProcessor?: States & { readonly ProcessorConfig?: { readonly Mode: string } };
  readonly [field: string]: unknown;
}

/** Of a Choice, or a catcher. */
export interface Rule {
  readonly Next: string;
  readonly [field: string]: unknown;
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

export function isJsonata(state: State | undefined, machine: States): boolean {
  return (state?.QueryLanguage ?? machine.QueryLanguage) === "JSONata";
}

/** Whether a read is of something that is there on every path; `undefined`: nothing is known of it, or its state is never reached. */
export function isAlwaysThere(read: Read, places: ReadonlyMap<string, Place>, machine: States): boolean | undefined {
  const reader = places.get(read.reader);
  const source = places.get(read.source);
  if (reader === undefined || read.kind === "unjudged") return undefined;
  const all = [{ name: read.reader, scope: reader.scope, isDistributed: false }, ...reader.around];
  if (all.some(({ name, scope }) => !reachable(scope, scope.StartAt).has(name))) return undefined;
  if (read.kind === "text") return !isJsonata(reader.scope.States[read.reader], machine);
  // A child execution has an input of its own.
  if (read.kind === "input") return !all.some(({ isDistributed }) => isDistributed);
  if (source === undefined) return undefined;
  const at = all.findIndex(({ scope }) => scope === source.scope);
  const [ancestor] = all.slice(at, at + 1);
  if (at < 0 || ancestor === undefined || all.slice(0, at + 1).some(({ isDistributed }) => isDistributed)) return false;
  // The first state of a handler reads the error that has led to it.
  if (read.kind === "error" && read.source === ancestor.name) return true;
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
