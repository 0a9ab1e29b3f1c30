import * as z from "zod";
import { context } from "../../src/expression/context.js";
import { ExecutionInput, StepInput } from "../../src/expression/execution-input.js";
import type { Placeholder } from "../../src/expression/placeholder.js";
import type { Segment } from "../../src/expression/tree.js";
import { variable } from "../../src/expression/variable.js";
import type { Iteration } from "../../src/states/map.js";
import type { Read, Value, Values } from "./meaning.js";
import type { Place, Wish } from "./random-workflow.js";

export const input = new ExecutionInput(z.object({ n: z.number(), list: z.array(z.object({ id: z.number() })) }));

/** What an author writes under each key, and what is meant by it. */
export interface Fields {
  readonly [key: string]: { readonly authored: unknown; readonly meaning: Value };
}

export function valuesIn(fields: Fields): Values {
  return Object.fromEntries(Object.entries(fields).map(([key, { meaning }]) => [key, meaning]));
}

export function constant(value: unknown): Fields[string] {
  return { authored: value, meaning: { from: "constant", value } };
}

export function authoredIn(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, { authored }]) => [key, authored]));
}

/** A step that may be read, with the places in its output that it has made itself. */
interface Source {
  readonly name: string;
  readonly output: Placeholder<unknown>;
  readonly paths: readonly (readonly Segment[])[];
}

interface Around {
  readonly name: string;
  readonly iteration: Iteration<unknown>;
  readonly mode: "inline" | "distributed" | "batches";
}

/** Makes reads of whatever there is to read. */
export class Reads {
  readonly made: Read[] = [];
  private count = 0;
  private readonly sources: Source[] = [];
  private readonly variables: { readonly name: string; readonly source: string }[] = [];
  private around: readonly Around[] = [];
  private readonly without: ReadonlySet<string>;

  constructor(without: ReadonlySet<string>) {
    this.without = without;
  }

  addSource(source: Source): void {
    this.sources.push(source);
  }

  /** @param source - the state whose result sets it */
  addVariable(name: string, source: string): void {
    this.variables.push({ name, source });
  }

  within<T>(name: string, iteration: Iteration<unknown>, mode: Around["mode"], make: () => T): T {
    const { around } = this;
    this.around = [{ name, iteration, mode }, ...around];
    const made = make();
    this.around = around;
    return made;
  }

  /** The fields that read, by the option in which they stand. */
  take(wishes: readonly Wish[], reader: string, places: readonly Place[]): { readonly [P in Place]: Fields } {
    const taken: { [P in Place]: Record<string, Fields[string]> } = {
      parameters: {},
      selector: {},
      assign: {},
      output: {},
      catch: {},
    };
    for (const wish of wishes) {
      const place = places.includes(wish.place) ? wish.place : places[0];
      if (place === undefined) continue;
      const key = `r${this.count++}`;
      // Only there `$` is the state's input in both languages.
      const one = this.value(place === "parameters" ? wish : { ...wish, of: elsewhere(wish.of) }, reader, key);
      if (one !== undefined) taken[place][key] = one;
    }
    return taken;
  }

  /** Whether a state may say with texts what it reads of its result; JSONata has no such texts. */
  texts(reader: string): boolean {
    return this.note(reader, "text", reader, `${reader} text`) !== undefined;
  }

  /** Notes a read with a key of its own; `undefined`: it is left out. */
  note(reader: string, kind: Read["kind"], source: string, key = `r${this.count++}`): string | undefined {
    if (this.without.has(key)) return undefined;
    this.made.push({ reader, key, kind, source });
    return key;
  }

  /** The list of the execution's input, or `undefined`, where it has been refused. */
  input(reader: string): Fields[string] | undefined {
    if (this.note(reader, "input", reader, reader) === undefined) return undefined;
    return { authored: input.list[0], meaning: { from: "execution", path: ["list", 0] } };
  }

  value(wish: Wish, reader: string, key: string): Fields[string] | undefined {
    switch (wish.of) {
      case "input":
        if (this.note(reader, "input", reader, key) === undefined) return undefined;
        return { authored: input.n, meaning: { from: "execution", path: ["n"] } };
      case "name":
        return { authored: context.state.name, meaning: { from: "name" } };
      case "here": {
        if (this.note(reader, "unjudged", reader, key) === undefined) return undefined;
        const path = wish.any % 2 === 0 ? [] : ["by"];
        return { authored: at(new StepInput(z.object({ by: z.unknown() })), path), meaning: { from: "here", path } };
      }
      case "item":
        return this.item(wish.any, reader, key);
      case "variable":
        return this.variable(wish.any, reader, key);
      default:
        return this.output(wish.any, reader, key);
    }
  }

  private output(any: number, reader: string, key: string): Fields[string] | undefined {
    // The steps that were made last are the ones that are likely to be there.
    const range = any % 4 === 0 ? this.sources.length : 2;
    const source = this.sources.at(-1 - ((any >> 2) % Math.max(1, range)));
    if (source === undefined) return undefined;
    // What it only lets through may be there or not.
    const isMade = source.paths.length > 0 && any % 16 !== 5;
    const path = (isMade ? source.paths[any % source.paths.length] : []) ?? [];
    if (this.note(reader, isMade ? "output" : "unjudged", source.name, key) === undefined) return undefined;
    return { authored: at(source.output, path), meaning: { from: "output", name: source.name, path } };
  }

  private item(any: number, reader: string, key: string): Fields[string] | undefined {
    const found = this.around[any % 3 === 0 ? this.around.length - 1 : 0];
    if (found === undefined) return this.output(any, reader, key);
    if (this.note(reader, "unjudged", reader, key) === undefined) return undefined;
    const { name, iteration, mode } = found;
    if (mode === "batches" && any % 2 === 0) {
      const path = ["Items", 0];
      return { authored: at(iteration.batch, path), meaning: { from: "item", name, part: "Batch", path } };
    }
    if (any % 5 === 0) return { authored: iteration.index, meaning: { from: "item", name, part: "Index", path: [] } };
    const path = any % 2 === 0 ? ["id"] : [];
    return { authored: at(iteration.item, path), meaning: { from: "item", name, part: "Value", path } };
  }

  private variable(any: number, reader: string, key: string): Fields[string] | undefined {
    const found = this.variables.at(-1 - (any % Math.max(1, Math.min(2, this.variables.length))));
    if (found === undefined) return this.output(any, reader, key);
    const { name, source } = found;
    if (this.note(reader, "output", source, key) === undefined) return undefined;
    return { authored: variable(name, z.unknown()), meaning: { from: "variable", name, path: [] } };
  }
}

function elsewhere(of: Wish["of"]): Wish["of"] {
  return of === "here" ? "output" : of;
}

function at(from: object, path: readonly Segment[]): object {
  return path.reduce<object>((value, segment) => Reflect.get(value, segment) as object, from);
}
