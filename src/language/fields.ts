import type { QueryLanguage, State, StateType } from "./asl.js";

/**
 * What stands in a field.
 *
 * - `template`: a payload template; references may stand at any depth
 * - `path`: a path or `null`; a reference may stand there
 * - `resultPath`: where a result is put; a reference path or `null`
 * - `text`: text; `expression` in JSONata
 * - `json`: data that is never evaluated
 * - `language`: a query language
 * - `scopes`: nested states
 * - `retry`, `catch`, `choices`: lists of rules
 */
export type FieldKind =
  | "constant"
  | "language"
  | "number"
  | "text"
  | "path"
  | "resultPath"
  | "template"
  | "json"
  | "name"
  | "scopes"
  | "retry"
  | "catch"
  | "choices";

export interface Field {
  readonly kind: FieldKind;
  /** Bounds of a number, both included; whole numbers unless `isFraction`. */
  readonly least?: number;
  readonly most?: number;
  readonly isFraction?: true;
  /** What a text must be. */
  readonly format?: "arn" | "timestamp";
  /** Set where only one query language knows the field. */
  readonly only?: QueryLanguage;
}

const constant = { kind: "constant" } as const;
const text = { kind: "text" } as const;
const seconds = { kind: "number", least: 1, most: 99_999_998 } as const;
const count = { kind: "number", least: 0, most: 99_999_999 } as const;
const percentage = { kind: "number", least: 0, most: 100, isFraction: true } as const;
const name = { kind: "name" } as const;
const path = { kind: "path", only: "JSONPath" } as const;
const resultPath = { kind: "resultPath", only: "JSONPath" } as const;
const template = { kind: "template", only: "JSONPath" } as const;
const argument = { kind: "template", only: "JSONata" } as const;
const assign = { kind: "template" } as const;
const scopes = { kind: "scopes" } as const;

const head = { Type: constant, Comment: text, QueryLanguage: { kind: "language" } } as const;
const tail = { Assign: assign, Next: name, End: constant } as const;
const recovery = { Retry: { kind: "retry" }, Catch: { kind: "catch" } } as const;

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
    Credentials: { kind: "template" },
    TimeoutSeconds: seconds,
    TimeoutSecondsPath: path,
    HeartbeatSeconds: seconds,
    HeartbeatSecondsPath: path,
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
    SecondsPath: path,
    Timestamp: { kind: "text", format: "timestamp" },
    TimestampPath: path,
    OutputPath: path,
    Output: argument,
    ...tail,
  },
  Succeed: { ...head, InputPath: path, OutputPath: path, Output: argument },
  Fail: { ...head, Error: text, ErrorPath: path, Cause: text, CausePath: path },
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
    ItemsPath: path,
    Items: argument,
    ItemReader: { kind: "template" },
    Parameters: template,
    ItemSelector: { kind: "template" },
    ItemBatcher: { kind: "template" },
    MaxConcurrency: count,
    MaxConcurrencyPath: path,
    ToleratedFailurePercentage: percentage,
    ToleratedFailurePercentagePath: path,
    ToleratedFailureCount: count,
    ToleratedFailureCountPath: path,
    Label: text,
    ItemProcessor: scopes,
    Iterator: scopes,
    ResultWriter: { kind: "template" },
    ResultSelector: template,
    ResultPath: resultPath,
    OutputPath: path,
    Output: argument,
    ...recovery,
    ...tail,
  },
} as const satisfies { readonly [T in StateType]: { readonly [K in keyof Extract<State, { Type: T }>]-?: Field } };

/** The eight kinds of states. */
export const stateTypes = Object.keys(stateFields) as readonly StateType[];

/** The fields of one kind of state, as entries in writing order. */
export function fieldsOf(type: StateType): readonly (readonly [string, Field])[] {
  return entries[type];
}

const entries = Object.fromEntries(
  Object.entries(stateFields).map(([type, fields]) => [type, Object.entries(fields)]),
) as unknown as { readonly [T in StateType]: readonly (readonly [string, Field])[] };
