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
import { type Around, expressionFor, type Iteration, pathFor, stepInput, templateFor } from "./placeholders.js";

type Options = Record<string, unknown>;
type States = Readonly<Record<string, JsonObject>>;
type AnyStep = Parameters<typeof Chain.from>[0][number];

/** What a scope lies in. */
type Surroundings = Pick<Around, "language" | "iteration" | "isDistributed">;

/** Writes a definition with the authoring API as a person would: a chain from its start, and a lazy target for every other edge. */
export function author(definition: JsonObject): Chain {
  const language = definition["QueryLanguage"] === "JSONata" ? "JSONata" : "JSONPath";
  return authorScope(definition, { language, isDistributed: false });
}

function authorScope({ StartAt, States }: JsonObject, around: Surroundings): Chain {
  return new ScopeAuthor(States as States, around).chain(StartAt as string);
}

/** Steps with options that are functions of their result. */
const makers = new Set(["Task", "Parallel", "Map"]);

/** Fields that the step's kind and its place in the chain say. */
const placing = new Set(["Type", "Next", "End", "Choices", "Default"]);
const templates = new Set(["Parameters", "Credentials"]);
const ofResult = new Set(["ResultSelector", "Assign", "Output"]);

class ScopeAuthor {
  private readonly states: States;
  private readonly surroundings: Surroundings;
  private readonly steps = new Map<string, AnyStep>();
  /** States whose `Next` some chain says already. */
  private readonly linked = new Set<string>();

  constructor(states: States, surroundings: Surroundings) {
    this.states = states;
    this.surroundings = surroundings;
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
    const around = this.around(state);
    let made = choice;
    for (const rule of state["Choices"] as readonly JsonObject[]) {
      made = made.when(conditionFor(rule, around), this.target(rule["Next"]), {
        ...("Comment" in rule ? { comment: rule["Comment"] as string } : {}),
        ...("Assign" in rule ? { assign: templateFor(rule["Assign"], around) as JsonObject } : {}),
        ...("Output" in rule ? { output: templateFor(rule["Output"], around) } : {}),
      });
    }
    return "Default" in state ? made.otherwise(this.target(state["Default"])) : made;
  }

  private around(state: JsonObject): Around {
    const language = (state["QueryLanguage"] ?? this.surroundings.language) as Around["language"];
    return { ...this.surroundings, language, data: stepInput };
  }

  private options(state: JsonObject): Options {
    const options: Options = {};
    const around = this.around(state);
    for (const [field, value] of Object.entries(state)) {
      if (!placing.has(field)) Object.assign(options, this.option(field, value, around, state));
    }
    return options;
  }

  private option(field: string, value: Json, around: Around, state: JsonObject): Options {
    switch (field) {
      case "Branches":
        return { branches: (value as readonly JsonObject[]).map((branch) => authorScope(branch, this.surroundings)) };
      case "Iterator":
      case "ItemProcessor":
        return processorFor(value as JsonObject, this.surroundings);
      case "ItemReader":
        return { itemReader: readerFor(value as JsonObject, around) };
      case "ItemBatcher":
        return { itemBatcher: batcherFor(value as JsonObject, around) };
      case "ResultWriter":
        return { resultWriter: writerFor(value as JsonObject, around) };
      case "Retry":
        return { retry: (value as readonly JsonObject[]).map(camelCased) };
      case "Catch":
        return { catch: (value as readonly JsonObject[]).map((rule) => this.catchRule(rule, around)) };
      case "Arguments":
        return { parameters: templateFor(value, around) };
      case "Items":
        return { items: templateFor(value, around) };
    }
    const type = String(state["Type"]);
    if (field === "ItemSelector" || (field === "Parameters" && type === "Map")) {
      return { itemSelector: selectorFor(value, around) };
    }
    // With a reader it is a path into what that has read, and no list of items.
    if (field === "ItemsPath" && "ItemReader" in state) return { itemsPath: pathFor(value, around) };
    if (ofResult.has(field)) return { [lowerFirst(field)]: resultFor(value, around, type) };
    if (templates.has(field)) return { [lowerFirst(field)]: templateFor(value, around) };
    if (field.endsWith("Path") && field !== "ResultPath") return pathOption(field, value, around, type);
    return { [lowerFirst(field)]: field === "Result" ? value : plainFor(value, around) };
  }

  private catchRule({ Next, Assign, Output, ...rest }: JsonObject, around: Around): Options {
    const reading = (value: Json) => (error: Ref<unknown>) => templateFor(value, { ...around, data: error, error });
    return {
      ...camelCased(rest),
      ...(Assign === undefined ? {} : { assign: reading(Assign) }),
      ...(Output === undefined ? {} : { output: reading(Output) }),
      next: this.target(Next),
    };
  }
}

/** What is made of the result, by a function where the step takes one. */
function resultFor(value: Json, around: Around, type: string): unknown {
  if (makers.has(type)) return (result: Ref<unknown>) => templateFor(value, { ...around, data: result, result });
  return templateFor(value, type === "Pass" ? { ...around, data: undefined } : around);
}

/** A text or number, which in JSONata may be an expression. */
function plainFor(value: Json, around: Around): unknown {
  return typeof value === "string" && around.language === "JSONata" ? expressionFor(value, around) : value;
}

/** States whose outcome is made by themselves: their `OutputPath` reads what has no placeholder. */
const making = new Set(["Pass", ...makers]);

/** A placeholder stands in the option that it is the value of: `seconds: ref` for `SecondsPath`. */
function pathOption(field: string, value: Json, around: Around, type: string): Options {
  const isOutcome = field === "OutputPath" && making.has(type);
  const path = pathFor(value, isOutcome ? { ...around, data: undefined } : around);
  const isOwn = field === "InputPath" || field === "OutputPath";
  if (isOwn || typeof path === "string" || path === null) return { [lowerFirst(field)]: path };
  return { [field === "ItemsPath" ? "items" : lowerFirst(field.slice(0, -4))]: path };
}

/** Within a processor in the same execution, the item is read by its placeholder. */
function processorFor(scope: JsonObject, around: Surroundings): Options {
  const { Mode, ExecutionType } = (scope["ProcessorConfig"] ?? {}) as JsonObject;
  const { language } = around;
  return {
    ...(Mode === undefined ? {} : { mode: Mode }),
    ...(ExecutionType === undefined ? {} : { executionType: ExecutionType }),
    processor:
      Mode === "DISTRIBUTED"
        ? authorScope(scope, { language, isDistributed: true })
        : (iteration: Iteration) => authorScope(scope, { ...around, iteration }),
  };
}

function selectorFor(value: Json, around: Around): unknown {
  return (iteration: Iteration) => templateFor(value, { ...around, iteration });
}

function camelCased(rule: JsonObject): Options {
  return Object.fromEntries(Object.entries(rule).map(([field, value]) => [lowerFirst(field), value]));
}

function lowerFirst(field: string): string {
  return field.charAt(0).toLowerCase() + field.slice(1);
}
