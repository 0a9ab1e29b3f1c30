import type { Meaning, Value, Values } from "./meaning.js";
import { Broken, batchesOf, type Event, Failed, follow, given, Luck, put } from "./trace.js";
import type { State, States } from "./walk-asl.js";

interface Now {
  readonly name: string;
  readonly entered: number;
  readonly execution: unknown;
  readonly here?: unknown;
  readonly result?: unknown;
  readonly made?: unknown;
}

interface Left {
  readonly data: unknown;
  readonly goes?: string;
}

/**
 * Runs a workflow as its author means it: a reference to an output is what that step gave last, and so on. Of the definition it takes
 * only which state leads where. The end of the events is where the author's own mistake, or the limit, ends the run.
 */
export function runMeaning(machine: States, meanings: ReadonlyMap<string, Meaning>, seed: number): readonly Event[] {
  const run = new MeaningRun(meanings, new Luck(seed));
  try {
    run.scope(machine, given, given);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
  }
  return run.luck.events;
}

class MeaningRun {
  readonly luck: Luck;
  private readonly meanings: ReadonlyMap<string, Meaning>;
  private readonly outputs = new Map<string, unknown>();
  private readonly variables = new Map<string, unknown>();
  private readonly errors = new Map<string, unknown>();
  private readonly items = new Map<
    string,
    { readonly Value?: unknown; readonly Index?: number; readonly Batch?: unknown }
  >();

  constructor(meanings: ReadonlyMap<string, Meaning>, luck: Luck) {
    this.meanings = meanings;
    this.luck = luck;
  }

  scope({ StartAt, States: states }: States, input: unknown, execution: unknown): unknown {
    let left: Left = { data: input, goes: StartAt };
    while (left.goes !== undefined) {
      const state = states[left.goes];
      if (state === undefined) throw new Broken("no such state");
      left = this.state(left.goes, state, left.data, execution);
    }
    return left.data;
  }

  private state(name: string, state: State, input: unknown, execution: unknown): Left {
    const meaning = this.meanings.get(name) ?? {};
    const start: Now = { name, entered: this.luck.enter(), execution, here: input };
    const { inputPath } = meaning;
    const effective = inputPath === undefined ? input : inputPath === null ? {} : this.value(inputPath, start);
    const now: Now = { ...start, here: effective };
    const made = this.make(name, state, meaning, now);
    if (made instanceof Failed) return this.caught(name, state, meaning, made, { ...now, here: input });
    if (state.Type === "Succeed") return this.gives(name, input, undefined);
    if (state.Type === "Choice") return this.choose(name, state, meaning, now);
    const selected = meaning.selector === undefined ? made : this.values(meaning.selector, { ...now, result: made });
    const at = { ...now, result: made, made: selected };
    const data = this.shape(meaning, input, selected, at);
    this.set(name, meaning.assign, at);
    return this.gives(name, data, state.Next);
  }

  /** What a state makes, before any of it is put anywhere. */
  private make(name: string, state: State, meaning: Meaning, now: Now): unknown {
    switch (state.Type) {
      case "Fail":
        return new Failed(name);
      case "Task": {
        this.luck.see(name, "arguments", meaning.parameters && this.values(meaning.parameters, now));
        return this.fails(state) ?? { by: name, at: now.entered };
      }
      case "Pass":
        if (meaning.parameters !== undefined) return this.values(meaning.parameters, now);
        return meaning.result ?? now.here;
      case "Parallel": {
        const results = (state.Branches ?? []).map((branch) => this.scope(branch, now.here, now.execution));
        return results.find((one) => one instanceof Failed) ?? this.fails(state) ?? results;
      }
      case "Map": {
        const results = this.iterate(name, state.ItemProcessor as States, meaning, now);
        return results.find((one) => one instanceof Failed) ?? results;
      }
      default:
        return undefined;
    }
  }

  private iterate(name: string, processor: States, meaning: Meaning, now: Now): readonly unknown[] {
    const inputs = given.list.map((Value, Index) => {
      const isInline = meaning.mode === "inline";
      this.items.set(name, { Value, Index });
      const input = meaning.itemSelector === undefined ? Value : this.values(meaning.itemSelector, now);
      return { input, item: isInline ? { Value, Index } : { Value } };
    });
    if (meaning.mode === "batches") {
      const { batchInput = {} } = meaning;
      return batchesOf(inputs).map((some) => {
        const Batch = { BatchInput: this.values(batchInput, now), Items: some.map(({ input }) => input) };
        this.luck.see(name, "item", Batch);
        this.items.set(name, { Batch });
        return this.scope(processor, Batch, Batch);
      });
    }
    return inputs.map(({ input, item }) => {
      this.luck.see(name, "item", input);
      this.items.set(name, item);
      return this.scope(processor, input, meaning.mode === "inline" ? now.execution : input);
    });
  }

  private shape(meaning: Meaning, input: unknown, selected: unknown, now: Now): unknown {
    if (meaning.output !== undefined) return this.values(meaning.output, now);
    const whole = put(input, meaning.resultPath, selected);
    if (meaning.outputPath === undefined) return whole;
    return meaning.outputPath === null ? {} : this.value(meaning.outputPath, { ...now, made: whole });
  }

  private choose(name: string, state: State, meaning: Meaning, now: Now): Left {
    const { Choices: rules = [], Default } = state;
    const way = this.luck.pick(rules.length + (Default === undefined ? 0 : 1));
    this.luck.see(name, "tests", meaning.test && this.value(meaning.test, now));
    const rule = way < rules.length ? meaning.rules?.[way] : meaning;
    const data = rule?.output === undefined ? now.here : this.values(rule.output, now);
    this.set(name, rule?.assign, now);
    return this.gives(name, data, rules[way]?.Next ?? Default);
  }

  private caught(name: string, state: State, meaning: Meaning, { error }: Failed, now: Now): Left {
    const [rule] = state.Catch ?? [];
    if (rule === undefined) return { data: new Failed(error) };
    const output = { Error: `${error} ${this.luck.enter()}`, Cause: "" };
    this.errors.set(name, output);
    const { caught } = meaning;
    const data =
      caught?.output === undefined ? put(now.here, caught?.resultPath, output) : this.values(caught.output, now);
    this.set(name, caught?.assign, now);
    this.luck.see(name, "catches", data);
    return { data, goes: rule.Next };
  }

  private fails(state: State): Failed | undefined {
    return state.Catch !== undefined && this.luck.pick(2) === 0 ? new Failed("Error") : undefined;
  }

  private gives(name: string, data: unknown, goes: string | undefined): Left {
    this.luck.see(name, "gives", data);
    this.outputs.set(name, data);
    return goes === undefined ? { data } : { data, goes };
  }

  private set(name: string, assign: Values | undefined, now: Now): void {
    if (assign === undefined) return;
    const values = this.values(assign, now);
    this.luck.see(name, "sets", values);
    for (const [key, value] of Object.entries(values)) this.variables.set(key, value);
  }

  private values(values: Values, now: Now): Record<string, unknown> {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, this.value(value, now)]));
  }

  private value(value: Value, now: Now): unknown {
    switch (value.from) {
      case "constant":
        return value.value;
      case "output":
        return follow(this.outputs.get(value.name), value.path);
      case "variable":
        return this.variables.get(value.name);
      case "error":
        return follow(this.errors.get(value.name), value.path);
      case "item":
        return follow(this.items.get(value.name)?.[value.part], value.path);
      case "entered":
      case "name":
        return now[value.from];
      default:
        return follow(now[value.from], value.path);
    }
  }
}
