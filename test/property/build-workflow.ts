import * as z from "zod";
import { context } from "../../src/expression/context.js";
import type { Placeholder, Ref } from "../../src/expression/placeholder.js";
import type { Segment } from "../../src/expression/tree.js";
import { variable } from "../../src/expression/variable.js";
import { type AnyChainable, Chain, type Following } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Fail } from "../../src/states/fail.js";
import { type Iteration, Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import type { CaughtError } from "../../src/states/recovery.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { when } from "../../src/states/when.js";
import type { Meaning, Read, Value } from "./meaning.js";
import { authoredIn, constant, type Fields, input, Reads, valuesIn } from "./random-reads.js";
import type { Handler, Part, Sequence, Shape, Way } from "./random-workflow.js";
import { shaped } from "./shaped-step.js";

export interface Built {
  readonly definition: AnyChainable;
  readonly reads: readonly Read[];
  readonly steps: readonly AnyChainable[];
  readonly meanings: ReadonlyMap<string, Meaning>;
  /** What the states of each sequence are named. */
  readonly names: ReadonlyMap<Sequence, readonly string[]>;
  /** What each jump can lead to. */
  readonly targets: ReadonlyMap<Way, readonly string[]>;
}

export interface BuildOptions {
  /** Keys of reads that are left out. */
  readonly without?: ReadonlySet<string>;
  /** Whether states are in JSONata that do not have to be. */
  readonly isMixed?: boolean;
}

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";

/** Builds the workflow with the authoring API. Calling it twice gives the same workflow. */
export function build(whole: Sequence, options: BuildOptions = {}): Built {
  return new Builder(options).build(whole);
}

class Builder {
  private count = 0;
  private readonly reads: Reads;
  private readonly isMixed: boolean;
  private readonly steps = new Map<string, AnyChainable>();
  private readonly meanings = new Map<string, Meaning>();
  private readonly names = new Map<Sequence, readonly string[]>();
  private readonly targets = new Map<Way, readonly string[]>();

  constructor({ without = new Set(), isMixed = false }: BuildOptions) {
    this.reads = new Reads(without);
    this.isMixed = isMixed;
  }

  build(whole: Sequence): Built {
    const definition = this.chain(whole, []);
    const { meanings, names, targets } = this;
    return { definition, reads: this.reads.made, steps: [...this.steps.values()], meanings, names, targets };
  }

  /** @param scope - names of the steps that may be jumped to; filled as they are named */
  private chain(whole: Sequence, scope: string[]): Chain {
    const { parts, isBackwards } = whole;
    // What ends the flow can stand at the end only.
    const last = parts.findIndex(({ kind }) => kind === "fail" || kind === "succeed");
    const used = (last < 0 ? parts : parts.slice(0, last + 1)).map((part) => {
      const name = `S${this.count++}`;
      scope.push(name);
      return { part, name };
    });
    const names = used.map(({ name }) => name);
    this.names.set(whole, names);
    const order = isBackwards ? [...used].reverse() : used;
    for (const { part, name } of order) this.steps.set(name, this.step(part, name, scope));
    return Chain.from(names.map((name) => this.steps.get(name) as AnyChainable));
  }

  private step(part: Part, name: string, scope: string[]): AnyChainable {
    switch (part.kind) {
      case "pass":
      case "task":
        return this.maker(part, name, scope);
      case "through":
        return this.note(name, new Pass(name), {}, []);
      case "fail":
        return new Fail(name);
      case "succeed":
        return new Succeed(name);
      case "choice":
        return this.choice(part, name, scope);
      case "parallel": {
        const branches = part.branches.map((branch) => this.chain(branch, []));
        const { resultPath } = part;
        const isJsonata = this.isMixed && part.isJsonata;
        const caught = this.handler(part.handler, name, scope, isJsonata);
        const options = { branches, ...defined({ resultPath }), ...this.language(isJsonata), ...caught.options };
        const paths = resultPath === null ? [] : [resultPath === undefined ? [] : [resultPath.slice(2)]];
        return this.note(name, new Parallel(name, options), { ...defined({ resultPath }), ...caught.meaning }, paths);
      }
      default:
        return this.map(part, name);
    }
  }

  private language(isJsonata: boolean): { readonly queryLanguage?: "JSONata" } {
    return isJsonata ? { queryLanguage: "JSONata" } : {};
  }

  private maker(part: Part & { kind: "pass" | "task" }, name: string, scope: string[]): AnyChainable {
    const { kind } = part;
    const shape = this.spoken(part, name);
    // A member that is not there fails where it is carried from, before its author's own reading of it would.
    const isOfOther = shape.inputPath === "output";
    const reads = part.reads.map((wish) => (isOfOther && wish.of === "here" ? { ...wish, any: 0 } : wish));
    const isJsonata = shape.hasOutput || (this.isMixed && shape.isJsonata);
    const { handler } = part;
    const canCatch = kind === "task" && handler !== undefined;
    const hasParameters = kind === "task" || (!shape.hasOutput && shape.makes === "parameters");
    const fields = this.reads.take(reads, name, [
      ...(hasParameters ? (["parameters"] as const) : []),
      ...(kind === "task" && !shape.hasOutput && shape.selector !== "none" ? (["selector"] as const) : []),
      ...(shape.assigns === "nothing" ? [] : (["assign"] as const)),
      ...(shape.hasOutput ? (["output"] as const) : []),
      ...(canCatch && handler.says !== "nothing" ? (["catch"] as const) : []),
    ]);
    const { options, meaning, paths } = shaped(kind, shape, name, fields, this.reads);
    const caught = canCatch
      ? this.handler(handler, name, scope, isJsonata, fields.catch)
      : { options: {}, meaning: {} };
    const all = { ...options, ...this.language(isJsonata) };
    const step =
      kind === "pass" ? new Pass(name, all) : new Task(name, { resource, ...all, ...caught.options } as never);
    if (shape.assigns !== "nothing") this.reads.addVariable(`v_${name}`, name);
    return this.note(name, step as Pass<unknown>, { ...meaning, ...caught.meaning }, paths);
  }

  /** With functions in the place of texts, where those have been refused. */
  private spoken({ kind, shape }: Part & { kind: "pass" | "task" }, name: string): Shape {
    const { hasOutput, assigns, selector, makes } = shape;
    const isSelected = kind === "task" && !hasOutput && selector === "text";
    const isAssigned = assigns === "text" && (kind === "task" || (!hasOutput && makes === "parameters"));
    if ((!isSelected && !isAssigned) || this.reads.texts(name)) return shape;
    return { ...shape, selector: isSelected ? "function" : selector, assigns: isAssigned ? "function" : assigns };
  }

  private choice(part: Part & { kind: "choice" }, name: string, scope: string[]): AnyChainable {
    const { ways, otherwise, hasOutput, assigns } = part;
    const fields = this.reads.take(part.reads.slice(1), name, ["parameters", hasOutput ? "output" : "assign"]);
    const [first] = part.reads;
    const test = first === undefined ? undefined : this.reads.value({ ...first, of: "output" }, name, name);
    const read = (test?.authored as Ref<unknown> | undefined) ?? context.state.name;
    const rule = when(read).isPresent();
    const all = { ...fields.parameters, ...fields.assign };
    const says = (way: number): { readonly authored: object; readonly meaning: Meaning } => {
      const set: Fields = { ...(assigns ? { [`w_${name}`]: constant(way) } : {}), ...all };
      const given: Fields = { by: constant(name), way: constant(way), ...fields.output };
      const some = Object.keys(set).length > 0;
      return {
        authored: {
          ...(some ? { assign: authoredIn(set) } : {}),
          ...(hasOutput ? { output: authoredIn(given) } : {}),
        },
        meaning: { ...(some ? { assign: valuesIn(set) } : {}), ...(hasOutput ? { output: valuesIn(given) } : {}) },
      };
    };
    const rest = says(-1);
    const language = this.language(hasOutput || (this.isMixed && part.isJsonata));
    let choice: Choice<unknown> = new Choice<unknown>(name, { ...rest.authored, ...language });
    const rules = ways.map((_, index) => says(index));
    for (const [index, way] of ways.entries()) {
      choice = choice.when(rule, this.way(way, scope), rules[index]?.authored);
    }
    const tested: Value = test?.meaning ?? { from: "name" };
    this.meanings.set(name, { ...rest.meaning, rules: rules.map(({ meaning }) => meaning), test: tested });
    if (assigns) this.reads.addVariable(`w_${name}`, name);
    return otherwise === undefined ? choice : choice.otherwise(this.way(otherwise, scope));
  }

  private map(part: Part & { kind: "map" }, name: string): AnyChainable {
    const { mode, hasSelector, resultPath } = part;
    const items = this.reads.input(name);
    const isBatch = mode === "batches";
    const selected = this.reads.take(isBatch || hasSelector ? part.reads : [], name, ["parameters"]).parameters;
    const own = (one: Iteration<unknown>): Fields => ({
      i: { authored: Reflect.get(one.item, "id"), meaning: { from: "item", name, part: "Value", path: ["id"] } },
      x: { authored: one.index, meaning: { from: "item", name, part: "Index", path: [] } },
      ...selected,
    });
    let fields: Fields = {};
    const options = {
      items: input.list,
      processor: (one: Iteration<unknown>) => {
        fields = own(one);
        return this.reads.within(name, one, mode, () => this.chain(part.processor, []));
      },
      ...defined({ resultPath }),
      ...this.language(this.isMixed && part.isJsonata),
      ...(hasSelector ? { itemSelector: (one: Iteration<unknown>) => authoredIn(own(one)) } : {}),
      ...(mode === "inline" ? {} : { mode: "DISTRIBUTED" }),
      ...(isBatch ? { itemBatcher: { maxItemsPerBatch: 2, batchInput: authoredIn(selected) } } : {}),
    };
    const step = new MapStep(name, options as never) as Following;
    const meaning = {
      mode,
      ...defined({ resultPath }),
      ...(hasSelector ? { itemSelector: valuesIn(fields) } : {}),
      ...(isBatch ? { batchInput: valuesIn(selected) } : {}),
    };
    // Without its items, which are not there in a child execution, there is no Map.
    if (items === undefined) return this.note(name, new Pass(name), {}, []);
    const paths = resultPath === null ? [] : [resultPath === undefined ? [] : [resultPath.slice(2)]];
    return this.note(name, step, meaning, paths);
  }

  private way(way: Way, scope: string[]): AnyChainable | (() => AnyChainable) {
    if ("to" in way) return this.chain(way.to, scope);
    this.targets.set(way, scope);
    // Which steps there are is known only when all have been made.
    return () => this.steps.get(scope[way.jump % scope.length] ?? "") as AnyChainable;
  }

  private handler(
    handler: Handler | undefined,
    name: string,
    scope: string[],
    isJsonata: boolean,
    reads: Fields = {},
  ): { readonly options: object; readonly meaning: Meaning } {
    if (handler === undefined) return { options: {}, meaning: {} };
    const { way, resultPath } = handler;
    // In a machine of JSONata as well, what a state gives on is made of the same options.
    const says = handler.says === "output" && !isJsonata ? "assign" : handler.says;
    const error: Value = { from: "error", name, path: ["Error"] };
    const saysOf = (e: unknown): Fields => ({
      [says === "output" ? "e" : `c_${name}`]: { authored: e, meaning: error },
      ...reads,
    });
    const values = valuesIn(saysOf(undefined));
    const rule = {
      errorEquals: ["States.ALL"],
      ...(says === "output" ? {} : defined({ resultPath })),
      ...(says === "nothing" ? {} : { [says]: (e: Placeholder<CaughtError>) => authoredIn(saysOf(e.Error)) }),
    };
    const meaning: Meaning = {
      caught: {
        ...(says === "output" ? {} : defined({ resultPath })),
        ...(says === "nothing" ? {} : { [says]: values }),
      },
    };
    if ("jump" in way) return { options: { catch: { ...rule, next: this.way(way, scope) } }, meaning };
    const between = this.chain(way.to, scope);
    const [first, last] = [`${name} caught`, `${name} handled`];
    const canFollow = "next" in (between.steps.at(-1) ?? {});
    const fields = new Map(
      (canFollow ? [first, last] : [first]).map((one) => [one, this.caught(one, name, says === "assign")]),
    );
    const next = (e: Placeholder<CaughtError>): AnyChainable => {
      const notes = (one: string): Following => new Pass(one, { parameters: authoredIn(fields.get(one)?.(e) ?? {}) });
      return canFollow ? Chain.from([notes(first), between, notes(last)]) : Chain.from([notes(first), between]);
    };
    for (const [one, made] of fields) this.meanings.set(one, { parameters: valuesIn(made(undefined)) });
    return { options: { catch: { ...rule, next } }, meaning };
  }

  /** What a step reads that stands where an error leads. */
  private caught(reader: string, name: string, isSet: boolean): (e: Placeholder<CaughtError> | undefined) => Fields {
    const source = `${name} caught`;
    const key = this.reads.note(reader, "error", source);
    const set = isSet ? this.reads.note(reader, "error", source) : undefined;
    return (e) => ({
      by: constant(reader),
      ...(key === undefined
        ? {}
        : { [key]: { authored: e?.Error, meaning: { from: "error", name, path: ["Error"] } } }),
      ...(set === undefined
        ? {}
        : {
            [set]: {
              authored: variable(`c_${name}`, z.string()),
              meaning: { from: "variable", name: `c_${name}`, path: [] },
            },
          }),
    });
  }

  private note(name: string, step: Following, meaning: Meaning, paths: readonly (readonly Segment[])[]): AnyChainable {
    this.meanings.set(name, meaning);
    this.reads.addSource({ name, output: (step as Pass<unknown>).output, paths });
    return step;
  }
}

function defined(options: { readonly resultPath: string | null | undefined }): { readonly resultPath?: string | null } {
  return options.resultPath === undefined ? {} : { resultPath: options.resultPath };
}
