import * as z from "zod";
import { isIntrinsicProblem, looksLikeIntrinsic, parseIntrinsic } from "../../../src/expression/intrinsic-parser.js";
import type { Argument, Call, Reference } from "../../../src/expression/tree.js";
import {
  context,
  ExecutionInput,
  isPathProblem,
  jsonata,
  parseJsonPath,
  type Ref,
  States,
  StepInput,
  text as textOf,
  toJsonPath,
  variable,
} from "../../../src/index.js";
import type { QueryLanguage } from "../../../src/language/asl.js";
import type { Json } from "../../../src/language/json.js";

/** What can be read where a value stands. */
export interface Around {
  readonly language: QueryLanguage;
  /** The value that `$` is in JSONPath: the state's input, its result, an error; `undefined` where there is no placeholder for it. */
  readonly data: Ref<unknown> | undefined;
  /** `$states.result` and `$states.errorOutput`, where they are there. */
  readonly result?: Ref<unknown>;
  readonly error?: Ref<unknown>;
  /** The item and index of the Map around it, unless its processor runs in executions of its own. */
  readonly iteration?: Iteration;
  readonly isDistributed: boolean;
}

export interface Iteration {
  readonly item: Ref<unknown>;
  readonly index: Ref<number>;
}

/** The state's input. */
export const stepInput: Ref<unknown> = new StepInput(z.any());
const executionInput = new ExecutionInput(z.any());

/** The fields of the Context Object that have a placeholder, by their paths. */
const contextFields: ReadonlyMap<string, Ref<unknown>> = new Map(
  Object.values(context).flatMap((part) => Object.values(part).map((ref) => [toJsonPath(ref), ref] as const)),
);

/** The placeholder that an author would write for a path or call; `undefined` where there is none, and the text has to do. */
export function placeholderFor(text: string, around: Around): Ref<unknown> | undefined {
  const source = text.trimEnd();
  if (looksLikeIntrinsic(source)) {
    const call = parseIntrinsic(source);
    return isIntrinsicProblem(call) ? undefined : placeholderOfCall(call, around);
  }
  const reference = parseJsonPath(source);
  return isPathProblem(reference) ? undefined : placeholderOfReference(reference, around);
}

function placeholderOfReference({ root, path }: Reference, around: Around): Ref<unknown> | undefined {
  switch (root.kind) {
    case "stateInput":
      return around.data === undefined ? undefined : below(around.data, path);
    case "executionInput":
      return around.isDistributed ? undefined : below(executionInput, path);
    case "variable":
      return below(variable(root.name, z.any()), path);
    case "context":
      return contextField(path, around);
    default:
      return undefined;
  }
}

function contextField(path: Reference["path"], { iteration }: Around): Ref<unknown> | undefined {
  const [first, second, third, ...rest] = path;
  if (first === "Map" && second === "Item" && iteration !== undefined) {
    if (third === "Value") return below(iteration.item, rest);
    if (third === "Index" && rest.length === 0) return iteration.index;
  }
  return contextFields.get(`$$.${path.join(".")}`);
}

function below(from: Ref<unknown>, path: Reference["path"]): Ref<unknown> {
  return path.reduce<Ref<unknown>>((at, segment) => Reflect.get(at, String(segment)) as Ref<unknown>, from);
}

/** Functions as an author calls them, by their names in ASL. */
const functions = new Map(
  Object.entries(States).map(([name, call]) => [
    `States.${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    call as (...values: readonly unknown[]) => Ref<unknown>,
  ]),
);

function placeholderOfCall({ name, arguments: args }: Call, around: Around): Ref<unknown> | undefined {
  const values = args.map((argument) => argumentFor(argument, around));
  if (values.includes(undefined)) return undefined;
  if (name === "States.Format") return format(args[0], values);
  if (name === "States.UUID") return States.uuid();
  const given = name === "States.JsonMerge" ? values.slice(0, 2) : values;
  return functions.get(name)?.(...given);
}

function argumentFor(argument: Argument, around: Around): unknown {
  switch (argument.kind) {
    case "literal":
      return argument.value;
    case "reference":
      return placeholderOfReference(argument, around);
    case "call":
      return placeholderOfCall(argument, around);
    default:
      return undefined;
  }
}

/** `States.format` fills each `{}`; a template with braces of its own is written with the tag `text`. */
function format(template: Argument | undefined, [first, ...values]: readonly unknown[]): Ref<unknown> {
  const { raw } = (template ?? {}) as { readonly raw?: string };
  if (raw === undefined || !/\\[{}]/.test(raw)) return States.format(first as string, ...(values as string[]));
  const pieces = raw.split(/(?<!\\)\{\}/).map((piece) => piece.replace(/\\(.)/g, "$1"));
  return textOf(Object.assign(pieces, { raw: pieces }), ...(values as string[]));
}

/** Data as an author writes it: placeholders under plain keys, and where there is none the text of the query language. */
export function templateFor(value: Json | undefined, around: Around): unknown {
  if (typeof value === "string") return around.language === "JSONata" ? expressionFor(value, around) : value;
  if (Array.isArray(value)) return value.map((item: Json) => templateFor(item, around));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (around.language === "JSONata" || !key.endsWith(".$") || typeof member !== "string") {
        return [key, templateFor(member, around)];
      }
      const placeholder = placeholderFor(member, around);
      return placeholder === undefined ? [key, member.trimEnd()] : [key.slice(0, -2), placeholder];
    }),
  );
}

/** A path as an author writes it: a placeholder, `null`, or text where there is no placeholder. */
export function pathFor(value: Json | undefined, around: Around): unknown {
  return typeof value === "string" ? (placeholderFor(value, around) ?? value) : value;
}

/** A text of JSONata as an author writes it: `{% … %}` is a placeholder, or `jsonata(…)` where there is none. */
export function expressionFor(text: string, around: Around): unknown {
  if (!text.startsWith("{%") || !text.endsWith("%}")) return text;
  const source = text.slice(2, -2).trim();
  return referenceFor(source, around) ?? jsonata(source);
}

const steps = "((?:\\.[A-Za-z_]\\w*|\\[\\d+\\])*)$";
const stateRoot = new RegExp(`^\\$states\\.(input|result|errorOutput|context)${steps}`);
const variableRoot = new RegExp(`^\\$(?!states\\b)([A-Za-z_]\\w*)${steps}`);

/** The placeholder for an expression that only goes down from a root. */
function referenceFor(source: string, around: Around): Ref<unknown> | undefined {
  const [, root = "", rest = ""] = stateRoot.exec(source) ?? [];
  if (root === "context") return placeholderFor(`$$${rest}`, around);
  const data = { input: stepInput, result: around.result, errorOutput: around.error }[root];
  if (data !== undefined) return placeholderFor(`$${rest}`, { ...around, data });
  const [name] = variableRoot.exec(source) ?? [];
  return name === undefined ? undefined : placeholderFor(name, around);
}
