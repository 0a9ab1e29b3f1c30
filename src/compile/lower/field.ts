import { described } from "../../expression/described.js";
import { isQueryLanguage } from "../../language/asl.js";
import { issue } from "../../language/errors.js";
import type { Json } from "../../language/json.js";
import type { Field } from "../../language/shape.js";
import { isTimestamp } from "../../states/comparison.js";
import { isDeferred } from "../../states/deferred.js";
import { isPartitioned } from "../../states/partitioned.js";
import type { Node } from "../link.js";
import type { Path } from "../path.js";
import { lowerChoices } from "./choices.js";
import { lowerItemBatcher, lowerItemReader, lowerProcessor, lowerResultWriter } from "./map-fields.js";
import type { Places } from "./places.js";
import { lowerCatchers, lowerRetriers } from "./recovery.js";
import type { Scopes } from "./scopes.js";
import { lowerConstant, type Place } from "./template.js";

/** A state to write, with what is needed for it. */
export interface StateToWrite {
  readonly node: Node;
  readonly given: Readonly<Record<string, unknown>>;
  /** The names of what is given, in writing order. */
  readonly names: readonly string[];
  readonly places: Places;
  readonly scopes: Scopes;
  readonly path: Path;
}

/** A field to write. */
export interface FieldToWrite {
  readonly state: StateToWrite;
  readonly field: string;
  readonly value: unknown;
  readonly description: Field;
  readonly place: Place;
  readonly path: Path;
}

/** Writes a field that both query languages have; `undefined` for one that each writes in its own way. */
export function lowerField({ state, field, value, description, place, path }: FieldToWrite): Json | undefined {
  const { node, places, scopes } = state;
  switch (description.kind) {
    case "language":
      return lowerLanguage(value, place, path);
    case "template":
      return lowerMapField(field, value, place, path);
    case "json":
      return lowerConstant(value, place, path);
    case "number":
      return lowerNumber(value, description, place, path);
    case "text":
      return lowerText(value, description, place, path);
    case "retry":
      return lowerRetriers(value, place, path);
    case "catch":
      return lowerCatchers(value, node, places.of(node, "error"), path);
    case "choices":
      return lowerChoices(value, node, places, path);
    case "scopes":
      return field === "Branches" ? node.inner.map((scope) => asJson(scopes.of(scope))) : lowerProcessor(node, scopes);
    default:
      return undefined;
  }
}

/** A written scope is JSON that is still being filled. */
function asJson(scope: object): Json {
  return scope as Json;
}

function lowerMapField(field: string, value: unknown, place: Place, path: Path): Json | undefined {
  switch (field) {
    case "ItemReader":
      return lowerItemReader(value, place, path);
    case "ItemBatcher":
      return lowerItemBatcher(value, place, path);
    case "ResultWriter":
      return lowerResultWriter(value, place, path);
    default:
      return undefined;
  }
}

function lowerLanguage(value: unknown, place: Place, path: Path): Json {
  if (isQueryLanguage(value)) return value;
  const message = `expected "JSONPath" or "JSONata", got ${described(value)}`;
  place.issues.push(issue("invalid_text", path.keys, message, "write one of the two"));
  return "JSONPath";
}

function lowerNumber(value: unknown, { least = 0, most = 0, isFraction }: Field, place: Place, path: Path): Json {
  const isWhole = isFraction === true || Number.isInteger(value);
  if (typeof value === "number" && isWhole && value >= least && value <= most) return value;
  const what = isFraction === true ? "a number" : "a whole number";
  const message = `expected ${what} from ${least} to ${most}, got ${described(value)}`;
  const hint = isFraction === true ? "give a number in the range" : undefined;
  place.issues.push(issue("invalid_number", path.keys, message, hint));
  return least;
}

/** Texts that must be of a form, with what a message says of it. */
const formats = {
  arn: {
    // Tools that deploy a definition put ARNs in the place of `${Name}`.
    accepts: (text: string) => text.startsWith("arn:") || /\$\{[^}]+\}/.test(text),
    expected: "the ARN of what the task calls",
    hint: "give an ARN such as arn:aws:lambda:us-east-1:123456789012:function:count",
  },
  timestamp: {
    accepts: isTimestamp,
    expected: 'a timestamp of RFC 3339 such as "2026-01-31T12:00:00Z"',
    hint: "give day and time, with Z or an offset",
  },
} as const;

function lowerText(value: unknown, { format }: Field, place: Place, path: Path): Json {
  if (isDeferred(value)) return place.resolve(value);
  if (isPartitioned(value)) return value.textIn(place.partition);
  if (typeof value === "string" && (format === undefined || formats[format].accepts(value))) return value;
  const { expected, hint } = format === undefined ? { expected: "a text", hint: undefined } : formats[format];
  place.issues.push(issue("invalid_text", path.keys, `expected ${expected}, got ${described(value)}`, hint));
  return "";
}
