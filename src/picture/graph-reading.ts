import { isPlainObject, type JsonObject } from "../language/json.js";
import { conditionText } from "./condition-text.js";
import { wordOf } from "./plain-text.js";

// A definition is drawn that nobody has checked: what is not as it should be is left out of the picture, which shows what there is to mend.

/** A state, of which nothing is known but that it is an object. */
export type ReadState = JsonObject;

/** The states of a machine, a branch or a processor. */
export interface ReadScope {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, ReadState>;
}

/** A way out of a state. */
export interface Edge {
  readonly target: string;
  /** When it is taken; empty for the ordinary way. */
  readonly label: string;
}

/** The states of what may be a scope. */
export function scopeIn(value: unknown): ReadScope {
  const { StartAt, States } = isPlainObject(value) ? value : {};
  const states = Object.entries(isPlainObject(States) ? States : {}).filter(([, state]) => isPlainObject(state));
  return { startAt: typeof StartAt === "string" ? StartAt : "", states: new Map(states as [string, ReadState][]) };
}

/** What stands within a state: its branches, or its processor. */
export function scopesOf(state: ReadState): readonly ReadScope[] {
  switch (state["Type"]) {
    case "Parallel":
      return objectsIn(state["Branches"]).map(scopeIn);
    case "Map":
      return objectsIn([state["ItemProcessor"] ?? state["Iterator"]]).map(scopeIn);
    default:
      return [];
  }
}

/** The ways out of a state, in the order of the definition. */
export function edgesOf(state: ReadState): readonly Edge[] {
  switch (state["Type"]) {
    case "Succeed":
    case "Fail":
      return [];
    case "Choice":
      return [
        ...objectsIn(state["Choices"]).flatMap((rule) => edgeTo(rule["Next"], conditionText(rule))),
        ...edgeTo(state["Default"], "otherwise"),
      ];
    default: {
      const caught = objectsIn(state["Catch"]);
      return [
        ...edgeTo(state["Next"], ""),
        ...caught.flatMap(({ ErrorEquals, Next }) => edgeTo(Next, `catch ${namesIn(ErrorEquals)}`.trim())),
      ];
    }
  }
}

function edgeTo(target: unknown, label: string): readonly Edge[] {
  return typeof target === "string" ? [{ target, label }] : [];
}

function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item): item is JsonObject => isPlainObject(item)) : [];
}

function namesIn(value: unknown): string {
  return Array.isArray(value) ? value.map(wordOf).join(", ") : "";
}

/** What is worth a word: the service that a Task calls, the time of a Wait. */
export function aboutOf(state: ReadState): string {
  switch (state["Type"]) {
    case "Task":
      return wordOf(state["Resource"])
        .replace(/^arn:[^:]*:states:::/, "")
        .replace(/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/, "lambda ");
    case "Wait": {
      const { Seconds, SecondsPath, Timestamp, TimestampPath } = state;
      if (typeof Seconds === "number") return `${Seconds} s`;
      return wordOf(Seconds ?? SecondsPath ?? Timestamp ?? TimestampPath);
    }
    case "Fail":
      return wordOf(state["Error"]);
    case "Map": {
      const { ProcessorConfig: config } = isPlainObject(state["ItemProcessor"]) ? state["ItemProcessor"] : {};
      return isPlainObject(config) && config["Mode"] === "DISTRIBUTED" ? "distributed" : "";
    }
    default:
      return "";
  }
}
