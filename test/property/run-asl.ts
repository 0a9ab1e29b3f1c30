import jsonata from "jsonata";
import { Broken, batchesOf, type Event, Failed, follow, given, isObject, Luck, put } from "./trace.js";
import { isJsonata, type Rule, type State, type States } from "./walk-asl.js";

type Data = Readonly<Record<string, unknown>>;
type Variables = Map<string, unknown>;

/** What the expressions of a state may read. */
interface Now {
  readonly name: string;
  readonly isJsonata: boolean;
  readonly input: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  readonly context: Data;
  readonly variables: readonly Variables[];
}

/** What states around a state give it: the context, and variables of its scope first. */
interface Around {
  readonly context: Data;
  readonly variables: readonly Variables[];
}

interface Left {
  readonly data: unknown;
  readonly goes?: string;
}

/** Runs a definition, as plain data; nothing of the compiler is used to read it. It ends where `runMeaning` has seen `most` events. */
export async function runAsl(machine: States, seed: number, most: number): Promise<readonly Event[]> {
  const run = new AslRun(machine, new Luck(seed), most);
  const context = { Execution: { Input: given, Name: "run" } };
  try {
    await run.scope(machine, given, { context, variables: [new Map()] });
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    run.luck.events.push({ state: "", what: "breaks", value: error.message });
  }
  return run.luck.events.slice(0, most);
}

class AslRun {
  readonly luck: Luck;
  private readonly machine: States;
  private readonly most: number;

  constructor(machine: States, luck: Luck, most: number) {
    this.machine = machine;
    this.luck = luck;
    this.most = most;
  }

  async scope({ StartAt, States: states }: States, input: unknown, around: Around): Promise<unknown> {
    let left: Left = { data: input, goes: StartAt };
    while (left.goes !== undefined && this.luck.events.length < this.most) {
      const state = states[left.goes];
      if (state === undefined) throw new Broken("no such state");
      left = await this.state(left.goes, state, left.data, around);
      if (left.data instanceof Failed) return left.data;
    }
    return left.data;
  }

  private async state(name: string, state: State, input: unknown, { context, variables }: Around): Promise<Left> {
    const entered = { ...context, State: { Name: name, EnteredTime: this.luck.enter() } };
    const inJsonata = isJsonata(state, this.machine);
    const raw: Now = { name, isJsonata: inJsonata, input, context: entered, variables };
    const effective = inJsonata ? input : await select(state["InputPath"], raw);
    const now = { ...raw, input: effective };
    const result = await this.make(name, state, now);
    if (result instanceof Failed) return this.caught(name, state, result, raw);
    if (state.Type === "Choice") return this.choose(name, state, now);
    const data = inJsonata ? await this.leaveJsonata(state, raw, result) : await this.leave(state, raw, result);
    this.luck.see(name, "gives", data);
    return state.Next === undefined ? { data } : { data, goes: state.Next };
  }

  private async leaveJsonata(state: State, raw: Now, result: unknown): Promise<unknown> {
    const makes = ["Task", "Parallel", "Map"].includes(state.Type);
    const now = makes ? { ...raw, result } : raw;
    const data = state["Output"] === undefined ? (makes ? result : raw.input) : await fill(state["Output"], now);
    await this.assign(state["Assign"], now);
    return data;
  }

  private async leave(state: State, raw: Now, made: unknown): Promise<unknown> {
    const { ResultSelector: selector, Assign, OutputPath } = state;
    if (state.Type === "Succeed") return made;
    const result = selector === undefined ? made : await fill(selector, { ...raw, input: made });
    const whole = put(raw.input, state["ResultPath"] as string | null | undefined, result);
    await this.assign(Assign, { ...raw, input: result });
    return select(OutputPath, { ...raw, input: whole });
  }

  /** The raw result. */
  private async make(name: string, state: State, now: Now): Promise<unknown> {
    const { Parameters, Arguments, Result } = state;
    const asked = Parameters ?? Arguments;
    switch (state.Type) {
      case "Fail":
        return new Failed(name);
      case "Task": {
        this.luck.see(name, "arguments", asked === undefined ? now.input : await fill(asked, now));
        const { EnteredTime: at } = now.context["State"] as { readonly EnteredTime: number };
        return this.fails(state) ?? { by: name, at };
      }
      case "Pass":
        return Parameters === undefined ? (Result ?? now.input) : fill(Parameters, now);
      case "Parallel": {
        const results: unknown[] = [];
        for (const branch of state.Branches ?? []) {
          results.push(await this.scope(branch, now.input, { ...now, variables: [new Map(), ...now.variables] }));
        }
        return results.find((one) => one instanceof Failed) ?? this.fails(state) ?? results;
      }
      case "Map": {
        const results = await this.iterate(name, state, now);
        return results.find((one) => one instanceof Failed) ?? results;
      }
      default:
        return now.input;
    }
  }

  private async iterate(name: string, state: State, now: Now): Promise<readonly unknown[]> {
    const { ItemProcessor: processor, ItemSelector: selector, ItemBatcher: batcher, ItemsPath, Items } = state;
    const list = now.isJsonata ? await fill(Items, now) : await select(ItemsPath, now);
    if (!Array.isArray(list) || processor === undefined) throw new Broken("no list of items");
    const inputs: { readonly input: unknown; readonly context: Data }[] = [];
    for (const [Index, Value] of list.entries()) {
      const context = { ...now.context, Map: { Item: { Index, Value: Value as unknown } } };
      inputs.push({ context, input: selector === undefined ? Value : await fill(selector, { ...now, context }) });
    }
    const results: unknown[] = [];
    const run = async (input: unknown, around: Around): Promise<void> => {
      this.luck.see(name, "item", input);
      results.push(await this.scope(processor, input, around));
    };
    const child = (input: unknown): Around => ({
      context: { Execution: { Input: input, Name: "child" } },
      variables: [new Map()],
    });
    if (batcher !== undefined) {
      const { BatchInput = {} } = batcher as { readonly BatchInput?: unknown };
      for (const some of batchesOf(inputs)) {
        const batch = { BatchInput: await fill(BatchInput, now), Items: some.map(({ input }) => input) };
        await run(batch, child(batch));
      }
      return results;
    }
    const isDistributed = processor.ProcessorConfig?.Mode === "DISTRIBUTED";
    for (const { input, context } of inputs) {
      await run(input, isDistributed ? child(input) : { context, variables: [new Map(), ...now.variables] });
    }
    return results;
  }

  private async choose(name: string, state: State, now: Now): Promise<Left> {
    const { Choices: rules = [], Default } = state;
    const way = this.luck.pick(rules.length + (Default === undefined ? 0 : 1));
    const [first] = rules;
    const { Condition, Variable } = first ?? ({ Next: "" } as Rule);
    this.luck.see(
      name,
      "tests",
      now.isJsonata ? await tested(String(Condition), now) : readPath(String(Variable), now),
    );
    const rule: Data = rules[way] ?? state;
    const data = now.isJsonata && rule["Output"] !== undefined ? await fill(rule["Output"], now) : now.input;
    await this.assign(rule["Assign"], now);
    this.luck.see(name, "gives", data);
    const goes = rules[way]?.Next ?? Default;
    return goes === undefined ? { data } : { data, goes };
  }

  private async caught(name: string, state: State, { error }: Failed, raw: Now): Promise<Left> {
    const [rule] = state.Catch ?? [];
    if (rule === undefined) return { data: new Failed(error) };
    const errorOutput = { Error: `${error} ${this.luck.enter()}`, Cause: "" };
    const now = { ...raw, errorOutput };
    const { Output, ResultPath, Assign } = rule;
    let data: unknown;
    if (raw.isJsonata) data = Output === undefined ? errorOutput : await fill(Output, now);
    else data = put(raw.input, ResultPath as string | null | undefined, errorOutput);
    await this.assign(Assign, raw.isJsonata ? now : { ...now, input: errorOutput });
    this.luck.see(name, "catches", data);
    return { data, goes: rule.Next };
  }

  private fails(state: State): Failed | undefined {
    return state.Catch !== undefined && this.luck.pick(2) === 0 ? new Failed("Error") : undefined;
  }

  /** Only what the author sets is seen. */
  private async assign(template: unknown, now: Now): Promise<void> {
    if (template === undefined) return;
    const values = Object.entries((await fill(template, now)) as Data);
    const authored = values.filter(([key]) => /^(?:[vwc]_|r\d)/.test(key));
    if (authored.length > 0) this.luck.see(now.name, "sets", Object.fromEntries(authored));
    for (const [key, value] of values) now.variables[0]?.set(key, value);
  }
}

/** What a path of a field names. */
async function select(path: unknown, now: Now): Promise<unknown> {
  if (path === undefined) return now.input;
  return path === null ? {} : readPath(String(path), now);
}

/** What a template gives: a payload template, or data with expressions of JSONata. */
async function fill(template: unknown, now: Now): Promise<unknown> {
  if (typeof template === "string" && now.isJsonata) {
    const [, source] = /^\{%([\s\S]*)%\}$/.exec(template) ?? [];
    return source === undefined ? template : evaluate(source, now);
  }
  if (Array.isArray(template)) return Promise.all(template.map((one) => fill(one, now)));
  if (!isObject(template)) return template;
  const filled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(template)) {
    const isPath = !now.isJsonata && key.endsWith(".$");
    filled[isPath ? key.slice(0, -2) : key] = isPath ? readPath(String(value), now) : await fill(value, now);
  }
  return filled;
}

function readPath(text: string, { input, context, variables }: Now): unknown {
  const [, root = "", rest = ""] = /^(\$\$|\$[A-Za-z_]\w*|\$)(.*)$/.exec(text) ?? [];
  const path = [...rest.matchAll(/\.(\w+)|\['(\w+)'\]|\[(\d+)\]/g)].map(
    ([, key, quoted, index]) => key ?? quoted ?? Number(index),
  );
  if (root === "$$") return follow(context, path);
  if (root === "$") return follow(input, path);
  const holder = variables.find((scope) => scope.has(root.slice(1)));
  if (holder === undefined) throw new Broken(`no variable ${root}`);
  return follow(holder.get(root.slice(1)), path);
}

/** What a condition looks for. */
function tested(condition: string, now: Now): Promise<unknown> {
  const [, source] = /^\{% \$exists\((.*)\) %\}$/.exec(condition) ?? [];
  if (source === undefined) throw new Broken(`no such condition: ${condition}`);
  return evaluate(source, now);
}

const known = new Map<string, jsonata.Expression>();

async function evaluate(source: string, now: Now): Promise<unknown> {
  const { input, result, errorOutput, context, variables } = now;
  const expression = known.get(source) ?? jsonata(source);
  known.set(source, expression);
  const states = { input, context, ...defined({ result, errorOutput }) };
  const bindings = Object.fromEntries([...variables].reverse().flatMap((scope) => [...scope]));
  let value: unknown;
  try {
    value = await expression.evaluate(undefined, { ...bindings, states });
  } catch (error) {
    throw new Broken(`${source}: ${String((error as { readonly message?: unknown }).message)}`);
  }
  if (value === undefined) throw new Broken(`nothing: ${source}`);
  // Lists of JSONata carry marks of their own.
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function defined(values: Data): Data {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
