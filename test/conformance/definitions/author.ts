import {
  type AnyChainable,
  Chain,
  Choice,
  Fail,
  Map as MapStep,
  Parallel,
  Pass,
  type Ref,
  Succeed,
  Task,
  Wait,
} from "../../../src/index.js";
import type { Json, JsonObject } from "../../../src/language/json.js";
import { conditionFor } from "./conditions.js";
import { batcherFor, readerFor, writerFor } from "./map-options.js";
import { type Around, pathFor, templateFor } from "./placeholders.js";

type Options = Record<string, unknown>;
type States = Readonly<Record<string, JsonObject>>;
type AnyStep = Parameters<typeof Chain.from>[0][number];

/** Writes a scope with the authoring API as a person would: a chain from its start, and a lazy target for every other edge. */
export function authorScope(
  { StartAt, States }: JsonObject,
  around: Pick<Around, "iteration" | "isDistributed">,
): Chain {
  return new ScopeAuthor(States as States, around).chain(StartAt as string);
}

/** Steps that make a result of their own: what is read from it is not the state's input. */
const makers = new Set(["Pass", "Task", "Parallel", "Map"]);
const ofResult = new Set(["ResultSelector", "Assign", "OutputPath"]);

/** Fields that the step's kind and its place in the chain say. */
const placing = new Set(["Type", "Next", "End", "Choices", "Default", "QueryLanguage"]);
const templates = new Set(["Parameters", "ResultSelector", "Assign", "ItemSelector", "Credentials"]);

class ScopeAuthor {
  private readonly states: States;
  private readonly around: Pick<Around, "iteration" | "isDistributed">;
  private readonly steps = new Map<string, AnyStep>();
  /** States whose `Next` some chain says already. */
  private readonly linked = new Set<string>();

  constructor(states: States, around: Pick<Around, "iteration" | "isDistributed">) {
    this.states = states;
    this.around = around;
  }

  /** The step and what follows it, as far as no other chain has said so. */
  chain(name: string): Chain {
    const steps = [this.step(name)];
    const seen = new Set([name]);
    for (let at = name; ; ) {
      const next = this.states[at]?.["Next"];
      if (typeof next !== "string" || this.linked.has(at)) break;
      this.linked.add(at);
      if (seen.has(next)) throw new Error(`a loop of Next alone, back to ${JSON.stringify(next)}`);
      steps.push(this.step(next));
      seen.add(next);
      at = next;
    }
    return Chain.from(steps);
  }

  /** A target is asked for whenever the workflow is compiled; what it leads to is the same each time. */
  private target(name: Json | undefined): () => AnyChainable {
    let made: Chain | undefined;
    return () => {
      made ??= this.chain(String(name));
      return made;
    };
  }

  private step(name: string): AnyStep {
    const known = this.steps.get(name);
    if (known !== undefined) return known;
    const state = this.states[name];
    if (state === undefined) throw new Error(`there is no state ${JSON.stringify(name)}`);
    const made = this.make(name, state);
    this.steps.set(name, made);
    return made;
  }

  private make(name: string, state: JsonObject): AnyStep {
    const options = this.options(state) as never;
    switch (state["Type"]) {
      case "Pass":
        return new Pass(name, options);
      case "Task":
        return new Task(name, options);
      case "Wait":
        return new Wait(name, options);
      case "Succeed":
        return new Succeed(name, options);
      case "Fail":
        return new Fail(name, options);
      case "Parallel":
        return new Parallel(name, options);
      case "Map":
        return new MapStep(name, options);
      case "Choice":
        return this.choice(new Choice<unknown>(name, options), state);
      default:
        throw new Error(`there is no state of the type ${JSON.stringify(state["Type"])}`);
    }
  }

  private choice(choice: Choice<unknown>, state: JsonObject): AnyStep {
    const around = { ...this.around, isInput: true };
    let made = choice;
    for (const rule of state["Choices"] as readonly JsonObject[]) {
      made = made.when(conditionFor(rule, around), this.target(rule["Next"]), {
        ...("Comment" in rule ? { comment: rule["Comment"] as string } : {}),
        ...("Assign" in rule ? { assign: templateFor(rule["Assign"], around) as JsonObject } : {}),
      });
    }
    return "Default" in state ? made.otherwise(this.target(state["Default"])) : made;
  }

  private options(state: JsonObject): Options {
    const options: Options = {};
    for (const [field, value] of Object.entries(state)) {
      if (placing.has(field)) continue;
      const isInput = !ofResult.has(field) || !makers.has(String(state["Type"]));
      Object.assign(options, this.option(field, value, { ...this.around, isInput }, state));
    }
    return options;
  }

  private option(field: string, value: Json, around: Around, state: JsonObject): Options {
    switch (field) {
      case "Branches":
        return { branches: (value as readonly JsonObject[]).map((branch) => authorScope(branch, this.around)) };
      case "Iterator":
      case "ItemProcessor":
        return processorFor(value as JsonObject, this.around);
      case "ItemReader":
        return { itemReader: readerFor(value as JsonObject, around) };
      case "ItemBatcher":
        return { itemBatcher: batcherFor(value as JsonObject, around) };
      case "ResultWriter":
        return { resultWriter: writerFor(value as JsonObject, around) };
      case "Retry":
        return { retry: (value as readonly JsonObject[]).map(camelCased) };
      case "Catch":
        return { catch: (value as readonly JsonObject[]).map((rule) => this.catchRule(rule)) };
    }
    const isSelector = field === "ItemSelector" || (field === "Parameters" && state["Type"] === "Map");
    if (isSelector) return { itemSelector: selectorFor(value, around) };
    if (templates.has(field)) return { [lowerFirst(field)]: templateFor(value, around) };
    if (!field.endsWith("Path") || field === "ResultPath") return { [lowerFirst(field)]: value };
    return pathOption(field, value, around);
  }

  private catchRule({ Next, Assign, ...rest }: JsonObject): Options {
    const assign = Assign === undefined ? {} : { assign: templateFor(Assign, { ...this.around, isInput: false }) };
    return { ...camelCased(rest), ...assign, next: this.target(Next) };
  }
}

/** A placeholder stands in the option that it is the value of: `seconds: ref` for `SecondsPath`. */
function pathOption(field: string, value: Json, around: Around): Options {
  const path = pathFor(value, around);
  const isOwn = field === "InputPath" || field === "OutputPath";
  if (isOwn || typeof path === "string" || path === null) return { [lowerFirst(field)]: path };
  return { [field === "ItemsPath" ? "items" : lowerFirst(field.slice(0, -4))]: path };
}

/** Within a processor in the same execution, the item is read by its placeholder. */
function processorFor(scope: JsonObject, around: Pick<Around, "isDistributed">): Options {
  const { Mode, ExecutionType } = (scope["ProcessorConfig"] ?? {}) as JsonObject;
  const isDistributed = Mode === "DISTRIBUTED";
  return {
    ...(Mode === undefined ? {} : { mode: Mode }),
    ...(ExecutionType === undefined ? {} : { executionType: ExecutionType }),
    processor: isDistributed
      ? authorScope(scope, { isDistributed: true })
      : (iteration: { readonly item: Ref<unknown>; readonly index: Ref<number> }) =>
          authorScope(scope, { ...around, iteration }),
  };
}

function selectorFor(value: Json, around: Around): unknown {
  return (iteration: { readonly item: Ref<unknown>; readonly index: Ref<number> }) =>
    templateFor(value, { ...around, iteration });
}

function camelCased(rule: JsonObject): Options {
  return Object.fromEntries(Object.entries(rule).map(([field, value]) => [lowerFirst(field), value]));
}

function lowerFirst(field: string): string {
  return field.charAt(0).toLowerCase() + field.slice(1);
}
