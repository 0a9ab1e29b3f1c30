import { type Expression, expressionOf } from "../expression/tree.js";
import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject, type Json, setOwn } from "../language/json.js";
import { limits } from "../language/limits.js";
import { type Deferred, isDeferred } from "../states/deferred.js";
import { printIntrinsicText } from "./intrinsic-text.js";

/** What lowering needs to know about where it is. */
export interface Place {
  /** Gives the path of an expression in this state; `undefined` after having reported why there is none. */
  readonly print: (expression: Expression, path: readonly (string | number)[]) => string | undefined;
  readonly resolve: (value: Deferred, path: readonly (string | number)[]) => Json;
  readonly issues: Issue[];
}

/** A value in the query language: data, or the text of an expression. */
export type Lowered =
  | { readonly kind: "data"; readonly value: Json /** Whether keys in it end in `.$`. */; readonly isDynamic: boolean }
  | { readonly kind: "expression"; readonly text: string };

type Path = readonly (string | number)[];

/** Turns a payload template into ASL's JSONPath form. */
export function lowerTemplate(value: unknown, place: Place, path: Path): Json {
  if (!isPlainObject(value)) {
    place.issues.push(issue("invalid_template", path, `expected an object, got ${describe(value)}`));
    return {};
  }
  const lowered = lowerObject(value, place, path, 0);
  return lowered.kind === "data" ? lowered.value : {};
}

/** Turns constant data into JSON: no placeholders, nothing that JSON cannot hold. */
export function lowerConstant(value: unknown, place: Place, path: Path): Json {
  const lowered = lowerValue(value, { ...place, print: refuseInConstant(place) }, path, 0);
  return lowered.kind === "data" ? lowered.value : null;
}

function refuseInConstant(place: Place): Place["print"] {
  return (_expression, path) => {
    place.issues.push(issue("placeholder_in_constant", path, "a placeholder stands in data that is never evaluated"));
    return undefined;
  };
}

const nothing: Lowered = { kind: "data", value: null, isDynamic: false };

function lowerValue(value: unknown, place: Place, path: Path, depth: number): Lowered {
  switch (typeof value) {
    case "string":
    case "boolean":
      return { kind: "data", value, isDynamic: false };
    case "number":
      if (Number.isFinite(value)) return { kind: "data", value, isDynamic: false };
      break;
    case "object":
      if (value === null) return nothing;
      return lowerNested(value, place, path, depth);
    default:
  }
  place.issues.push(issue("invalid_template", path, `expected a JSON value or a placeholder, got ${describe(value)}`));
  return nothing;
}

function lowerNested(value: object, place: Place, path: Path, depth: number): Lowered {
  const expression = expressionOf(value);
  if (expression !== undefined) {
    const text = place.print(expression, path);
    return text === undefined ? nothing : { kind: "expression", text };
  }
  if (isDeferred(value)) return { kind: "data", value: place.resolve(value, path), isDynamic: false };
  if (depth >= limits.templateDepth) {
    const message = `expected at most ${limits.templateDepth} levels; does the value contain itself?`;
    place.issues.push(issue("nesting_too_deep", path, message));
    return nothing;
  }
  if (Array.isArray(value)) return lowerList(value, place, path, depth);
  if (isPlainObject(value)) return lowerObject(value, place, path, depth);
  place.issues.push(issue("invalid_template", path, `expected a JSON value or a placeholder, got ${describe(value)}`));
  return nothing;
}

function lowerObject(value: Record<string, unknown>, place: Place, path: Path, depth: number): Lowered {
  const result: Record<string, Json> = {};
  let isDynamic = false;
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const isEvaluated = key.endsWith(".$");
    const lowered = lowerValue(member, place, [...path, key], depth + 1);
    const plain = isEvaluated ? key.slice(0, -2) : key;
    if (lowered.kind === "expression") {
      if (isEvaluated)
        place.issues.push(issue("dynamic_key_collision", [...path, key], `a placeholder stands under ${shown(key)}`));
      putOnce(result, plain, `${plain}.$`, lowered.text);
      isDynamic = true;
    } else {
      putOnce(result, plain, key, lowered.value);
      isDynamic ||= lowered.isDynamic || isEvaluated;
    }
  }
  return { kind: "data", value: result, isDynamic };
}

/** `k` and `k.$` are one key to AWS: the later one stays. */
function putOnce(result: Record<string, Json>, plain: string, key: string, value: Json): void {
  const other = key === plain ? `${plain}.$` : plain;
  if (Object.hasOwn(result, other)) delete result[other];
  setOwn(result, key, value);
}

function lowerList(list: readonly unknown[], place: Place, path: Path, depth: number): Lowered {
  const items = list.map((item, index) => lowerValue(item, place, [...path, index], depth + 1));
  if (items.every((item) => item.kind === "data")) {
    return { kind: "data", value: items.map((item) => item.value), isDynamic: items.some((item) => item.isDynamic) };
  }
  const texts = items.map((item, index) => {
    if (item.kind === "expression") return item.text;
    if (item.isDynamic) {
      const message = "a list with placeholders beside objects with placeholders has no form in JSONPath";
      place.issues.push(issue("unsupported_in_jsonpath", [...path, index], message));
    }
    return printIntrinsicText(item.value);
  });
  return { kind: "expression", text: `States.Array(${texts.join(", ")})` };
}

function describe(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !isPlainObject(value)) {
    const name: unknown = value.constructor?.name;
    return `an object of the class ${typeof name === "string" ? name : "?"}`;
  }
  return shown(value);
}
