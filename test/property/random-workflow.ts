import fc from "fast-check";
import * as z from "zod";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Placeholder, Ref } from "../../src/expression/placeholder.js";
import type { Segment } from "../../src/expression/tree.js";
import { type AnyChainable, Chain, type Following } from "../../src/states/chain.js";
import { Choice } from "../../src/states/choice.js";
import { Fail } from "../../src/states/fail.js";
import { Map as MapStep } from "../../src/states/map.js";
import { Parallel } from "../../src/states/parallel.js";
import { Pass } from "../../src/states/pass.js";
import type { CaughtError } from "../../src/states/recovery.js";
import { Succeed } from "../../src/states/succeed.js";
import { Task } from "../../src/states/task.js";
import { when } from "../../src/states/when.js";

/** A workflow as data: what fast-check makes and shrinks. Numbers are taken modulo what there is to choose from. */
export type Part =
  | {
      readonly kind: "pass" | "task";
      readonly reads: readonly number[];
      readonly place: 0 | 1 | 2;
      readonly handler: Handler | undefined;
    }
  | { readonly kind: "through" | "fail" | "succeed" }
  | {
      readonly kind: "choice";
      readonly reads: readonly number[];
      readonly ways: readonly Way[];
      readonly otherwise: Way | undefined;
    }
  | { readonly kind: "parallel"; readonly branches: readonly Sequence[]; readonly handler: Handler | undefined }
  | { readonly kind: "map"; readonly isDistributed: boolean; readonly processor: Sequence };

/** Parts one after the other; `isBackwards`: the steps are made from the last to the first, so that they can read later ones. */
export interface Sequence {
  readonly isBackwards: boolean;
  readonly parts: readonly Part[];
}

export type Way = { readonly jump: number } | { readonly to: Sequence };
type Handler = Way;

const numbers = fc.array(fc.nat(), { maxLength: 3 });

export const sequence: fc.Arbitrary<Sequence> = fc.letrec<{
  part: Part;
  sequence: Sequence;
  way: Way;
  simple: Part;
}>((tie) => {
  const handler = fc.option(tie("way"), { nil: undefined, freq: 3 });
  const simple = fc.record({
    kind: fc.constantFrom("pass" as const, "task" as const),
    reads: numbers,
    place: fc.constantFrom(0 as const, 0 as const, 1 as const, 2 as const),
    handler,
  });
  return {
    simple,
    way: fc.oneof(
      { maxDepth: 2 },
      { weight: 2, arbitrary: fc.record({ jump: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ to: tie("sequence") }) },
    ),
    part: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 5, arbitrary: tie("simple") },
      fc.record({ kind: fc.constantFrom("through" as const, "fail" as const, "succeed" as const) }),
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("choice" as const),
          reads: numbers,
          ways: fc.array(tie("way"), { minLength: 1, maxLength: 3 }),
          otherwise: fc.option(tie("way"), { nil: undefined }),
        }),
      },
      fc.record({
        kind: fc.constant("parallel" as const),
        branches: fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }),
        handler,
      }),
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("map" as const),
          isDistributed: fc.boolean(),
          processor: tie("sequence"),
        }),
      },
    ),
    sequence: fc.record({
      isBackwards: fc.boolean(),
      parts: fc.array(tie("part"), { minLength: 1, maxLength: 4 }),
    }),
  } as never;
}).sequence;

/** A value that a state reads: from where, and under which key of its parameters. */
export interface Read {
  readonly reader: string;
  /** A member of the parameters; `Choices` for the variables of the rules. */
  readonly key: string;
  /** The state whose output it is; for a caught error, the first state of its handler. */
  readonly source: string;
  readonly path: readonly Segment[];
  readonly isError: boolean;
}

export interface Built {
  readonly definition: AnyChainable;
  readonly reads: readonly Read[];
  readonly steps: readonly AnyChainable[];
  /** What the states of each sequence are named. */
  readonly names: ReadonlyMap<Sequence, readonly string[]>;
  /** What each jump can lead to. */
  readonly targets: ReadonlyMap<Way, readonly string[]>;
}

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
export const input = new ExecutionInput(z.object({ n: z.number(), list: z.array(z.number()) }));

/** A step that may be read, with the places in its output that it has made itself. */
interface Source {
  readonly name: string;
  readonly output: Placeholder<unknown>;
  readonly paths: readonly (readonly Segment[])[];
}

/** Builds the workflow with the authoring API. Calling it twice gives the same workflow. */
export function build(whole: Sequence): Built {
  return new Builder().build(whole);
}

class Builder {
  private count = 0;
  private readonly sources: Source[] = [];
  private readonly reads: Read[] = [];
  private readonly steps = new Map<string, AnyChainable>();
  private readonly names = new Map<Sequence, readonly string[]>();
  private readonly targets = new Map<Way, readonly string[]>();

  build(whole: Sequence): Built {
    const definition = this.chain(whole, []);
    return { definition, reads: this.reads, steps: [...this.steps.values()], names: this.names, targets: this.targets };
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
        return new Pass(name);
      case "fail":
        return new Fail(name);
      case "succeed":
        return new Succeed(name);
      case "choice":
        return this.choice(part, name, scope);
      case "parallel": {
        const branches = part.branches.map((branch) => this.chain(branch, []));
        return this.note(name, new Parallel(name, { branches, ...this.handler(part.handler, name, scope) }), [[]]);
      }
      default: {
        const processor = this.chain(part.processor, []);
        const options = { processor, items: input.list };
        const mode = { mode: "DISTRIBUTED" } as const;
        return this.note(
          name,
          part.isDistributed ? new MapStep(name, { ...options, ...mode }) : new MapStep(name, options),
          [[]],
        );
      }
    }
  }

  private maker(part: Part & { kind: "pass" | "task" }, name: string, scope: string[]): AnyChainable {
    const at = { by: name, at: context.state.enteredTime };
    const parameters: Record<string, unknown> = { ...at, ...this.parameters(part.reads, name) };
    const resultPath = ([undefined, "$.k", "$.l"] as const)[part.place];
    const options = { parameters, ...(resultPath === undefined ? {} : { resultPath }) };
    const key = resultPath === undefined ? [] : [resultPath.slice(2)];
    const step =
      part.kind === "pass"
        ? new Pass(name, options)
        : new Task(name, { resource, ...options, ...this.handler(part.handler, name, scope) });
    return this.note(name, step as Pass<unknown>, [key, [...key, "at"], [...key, "by"]]);
  }

  private choice({ reads, ways, otherwise }: Part & { kind: "choice" }, name: string, scope: string[]): AnyChainable {
    const given = this.parameters(reads, name, "Choices");
    const [read = input.n] = Object.values(given) as Ref<unknown>[];
    const rule = when(read).isPresent();
    let choice: Choice<unknown> = new Choice<unknown>(name);
    for (const way of ways) choice = choice.when(rule, this.way(way, scope));
    return otherwise === undefined ? choice : choice.otherwise(this.way(otherwise, scope));
  }

  private way(way: Way, scope: string[]): AnyChainable | (() => AnyChainable) {
    if ("to" in way) return this.chain(way.to, scope);
    this.targets.set(way, scope);
    // Which steps there are is known only when all have been made.
    return () => this.steps.get(scope[way.jump % scope.length] ?? "") as AnyChainable;
  }

  private handler(handler: Handler | undefined, name: string, scope: string[]): object {
    if (handler === undefined) return {};
    const errorEquals = ["States.ALL"];
    if ("jump" in handler) return { catch: { errorEquals, next: this.way(handler, scope), resultPath: "$.e" } };
    const between = this.chain(handler.to, scope);
    const [first, last] = [`${name} caught`, `${name} handled`];
    for (const reader of [first, last]) {
      this.reads.push({ reader, key: "e", source: first, path: ["Error"], isError: true });
    }
    const canFollow = "next" in (between.steps.at(-1) ?? {});
    const next = (error: Placeholder<CaughtError>): AnyChainable => {
      const notes = (one: string): Following => new Pass(one, { parameters: { e: error.Error } });
      return canFollow ? Chain.from([notes(first), between, notes(last)]) : Chain.from([notes(first), between]);
    };
    return { catch: { errorEquals, next } };
  }

  private parameters(reads: readonly number[], reader: string, place?: string): Record<string, unknown> {
    const parameters: Record<string, unknown> = {};
    for (const [index, any] of reads.slice(0, place === undefined ? 3 : 1).entries()) {
      // The steps that were made last are the ones that are likely to be there.
      const range = any % 4 === 0 ? this.sources.length : 2;
      const source = this.sources.at(-1 - ((any >> 2) % Math.max(1, range)));
      if (source === undefined) continue;
      const path = source.paths[any % source.paths.length] ?? [];
      const key = place ?? `r${index}`;
      this.reads.push({ reader, key, source: source.name, path, isError: false });
      parameters[key] = path.reduce<object>((at, segment) => Reflect.get(at, segment) as object, source.output);
    }
    return parameters;
  }

  private note(name: string, step: Following, paths: Source["paths"]): AnyChainable {
    this.sources.push({ name, output: (step as Pass<unknown>).output, paths });
    return step;
  }
}
