import type { State, StateType } from "./asl.js";
import { limits } from "./limits.js";
import { catcher, itemBatcher, itemReader, resultWriter, retrier } from "./part-fields.js";
import type { Field, Shape } from "./shape.js";

const constant = { kind: "constant" } as const;
const text = { kind: "text" } as const;
const evaluated = { kind: "text", isEvaluated: true } as const;
const seconds = { kind: "number", least: 1, most: limits.number } as const;
const count = { kind: "number", least: 0, most: limits.number } as const;
const percentage = { kind: "number", least: 0, most: 100, isFraction: true } as const;
const name = { kind: "name" } as const;
const path = { kind: "path", only: "JSONPath" } as const;
const reference = { kind: "path", only: "JSONPath", isReference: true } as const;
const textPath = { kind: "path", only: "JSONPath", isReference: true, orCall: true } as const;
const resultPath = { kind: "resultPath", only: "JSONPath" } as const;
const template = { kind: "template", only: "JSONPath" } as const;
const argument = { kind: "template", only: "JSONata" } as const;
const assign = { kind: "template", isObject: true } as const;
const scopes = { kind: "scopes" } as const;

const head = {
  Type: constant,
  Comment: text,
  QueryLanguage: { kind: "language", words: ["JSONPath", "JSONata"] },
} as const;
const tail = { Assign: assign, Next: name, End: { kind: "constant" } } as const;
const recovery = { Retry: { kind: "retry", shape: retrier }, Catch: { kind: "catch", shape: catcher } } as const;

/**
 * Every field of every state, in the order in which definitions are written.
 * The one list: authoring, validation and the interpreter read it.
 */
export const stateFields = {
  Pass: {
    ...head,
    InputPath: path,
    Parameters: template,
    Result: { kind: "json", only: "JSONPath" },
    ResultPath: resultPath,
    OutputPath: path,
    Output: argument,
    ...tail,
  },
  Task: {
    ...head,
    Resource: { kind: "text", format: "arn" },
    InputPath: path,
    Parameters: template,
    Arguments: argument,
    Credentials: { kind: "template", isObject: true },
    TimeoutSeconds: seconds,
    TimeoutSecondsPath: reference,
    HeartbeatSeconds: seconds,
    HeartbeatSecondsPath: reference,
    ResultSelector: template,
    ResultPath: resultPath,
    OutputPath: path,
    Output: argument,
    ...recovery,
    ...tail,
  },
  Choice: {
    ...head,
    InputPath: path,
    OutputPath: path,
    Output: argument,
    Choices: { kind: "choices" },
    Default: name,
    Assign: assign,
  },
  Wait: {
    ...head,
    InputPath: path,
    Seconds: count,
    SecondsPath: reference,
    Timestamp: { kind: "text", format: "timestamp", isEvaluated: true },
    TimestampPath: reference,
    OutputPath: path,
    Output: argument,
    ...tail,
  },
  Succeed: { ...head, InputPath: path, OutputPath: path, Output: argument },
  Fail: { ...head, Error: evaluated, ErrorPath: textPath, Cause: evaluated, CausePath: textPath },
  Parallel: {
    ...head,
    InputPath: path,
    Parameters: template,
    Arguments: argument,
    Branches: scopes,
    ResultSelector: template,
    ResultPath: resultPath,
    OutputPath: path,
    Output: argument,
    ...recovery,
    ...tail,
  },
  Map: {
    ...head,
    InputPath: path,
    ItemsPath: reference,
    Items: { kind: "template", only: "JSONata", takes: ["array", "object"] },
    ItemReader: { kind: "template", isObject: true, isDistributed: true, shape: itemReader },
    Parameters: template,
    ItemSelector: { kind: "template" },
    ItemBatcher: { kind: "template", isObject: true, isDistributed: true, shape: itemBatcher },
    MaxConcurrency: count,
    MaxConcurrencyPath: reference,
    ToleratedFailurePercentage: { ...percentage, isDistributed: true },
    ToleratedFailurePercentagePath: { ...reference, isDistributed: true },
    ToleratedFailureCount: { ...count, isDistributed: true },
    ToleratedFailureCountPath: { ...reference, isDistributed: true },
    Label: text,
    ItemProcessor: scopes,
    Iterator: scopes,
    ResultWriter: { kind: "template", isObject: true, isDistributed: true, shape: resultWriter },
    ResultSelector: template,
    ResultPath: resultPath,
    OutputPath: path,
    Output: argument,
    ...recovery,
    ...tail,
  },
} as const satisfies { readonly [T in StateType]: { readonly [K in keyof Extract<State, { Type: T }>]-?: Field } };

/** What each kind of state may hold, and what it has to. */
export const stateShapes: { readonly [T in StateType]: Shape } = {
  Pass: { fields: stateFields.Pass },
  Task: {
    fields: stateFields.Task,
    needed: ["Resource"],
    alternatives: [
      ["TimeoutSeconds", "TimeoutSecondsPath"],
      ["HeartbeatSeconds", "HeartbeatSecondsPath"],
    ],
  },
  Choice: { fields: stateFields.Choice, needed: ["Choices"] },
  Wait: { fields: stateFields.Wait, oneOf: ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"] },
  Succeed: { fields: stateFields.Succeed },
  Fail: {
    fields: stateFields.Fail,
    alternatives: [
      ["Error", "ErrorPath"],
      ["Cause", "CausePath"],
    ],
  },
  Parallel: { fields: stateFields.Parallel, needed: ["Branches"] },
  Map: {
    fields: stateFields.Map,
    oneOf: ["ItemProcessor", "Iterator"],
    alternatives: [
      ["Parameters", "ItemSelector"],
      ["MaxConcurrency", "MaxConcurrencyPath"],
      ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
      ["ToleratedFailureCount", "ToleratedFailureCountPath"],
    ],
  },
};

/** The eight kinds of states in the order in which AWS lists them. */
export const stateTypesOfAws: readonly StateType[] = [
  "Task",
  "Wait",
  "Pass",
  "Succeed",
  "Fail",
  "Choice",
  "Parallel",
  "Map",
];

/** The eight kinds of states. */
export const stateTypes = Object.keys(stateFields) as readonly StateType[];

/** The fields of one kind of state, as entries in writing order. */
export function fieldsOf(type: StateType): readonly (readonly [string, Field])[] {
  return entries[type];
}

const entries = Object.fromEntries(
  Object.entries(stateFields).map(([type, fields]) => [type, Object.entries(fields)]),
) as unknown as { readonly [T in StateType]: readonly (readonly [string, Field])[] };
