import { described } from "../../expression/described.js";
import { expressionInText } from "../../expression/jsonata-literal.js";
import { isPlaceholder } from "../../expression/placeholder.js";
import { issue, shown } from "../../language/errors.js";
import { isPlainObject, type Json } from "../../language/json.js";
import { nearest } from "../../language/nearest.js";
import { isDeferred } from "../../states/deferred.js";
import type { Path } from "../path.js";
import { lowerPath } from "./paths.js";
import { lowerTemplate, lowerValue, type Place } from "./template.js";

/** A member of an option that is an object: the field that it sets, and what may stand in it. */
export interface Member {
  readonly field: string;
  /** `value` is a text for a service, or what stands for one; `template` an object with placeholders at any depth. */
  readonly kind: "number" | "word" | "text" | "texts" | "value" | "template";
  /** Bounds of a number, both included; a placeholder will do for it. */
  readonly least?: number;
  readonly most?: number;
  /** Of a `word`. */
  readonly words?: readonly string[];
  /** Of a `text`, with how a message names it. */
  readonly pattern?: { readonly test: RegExp; readonly expected: string };
  readonly isNeeded?: true;
  /** The object that the field stands in, where it is not the option's own; `Request` for what a service is asked. */
  readonly within?: string;
}

export type Members = Readonly<Record<string, Member>>;

/** Fields by the object that they stand in; those of the option's own under an empty name. */
export type Fields = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/**
 * Writes the members of an option that is an object, and reports those that there are not or that are wrong.
 *
 * @param what - the option, as messages name it
 * @returns `undefined` for what is no object
 */
export function lowerMembers(
  what: string,
  value: unknown,
  members: Members,
  place: Place,
  path: Path,
): Fields | undefined {
  const fields: Record<string, Record<string, Json>> = {};
  if (!isPlainObject(value) || isPlaceholder(value)) {
    const message = `expected an object for ${what}, got ${described(value)}`;
    place.issues.push(issue("invalid_map", path.keys, message));
    return undefined;
  }
  for (const name of Object.keys(value)) {
    if (value[name] !== undefined && !Object.hasOwn(members, name)) reportUnknown(what, name, members, place, path);
  }
  for (const [name, member] of Object.entries(members)) {
    const given = value[name];
    if (given !== undefined) {
      const { within = "" } = member;
      const at = within === "" ? path : path.below(within === "Request" ? requestField(place) : within);
      fields[within] ??= {};
      Object.assign(fields[within], lowerMember(given, member, place, at));
    } else if (member.isNeeded === true) {
      place.issues.push(issue("missing_option", path.keys, `${what} needs ${name}`));
    }
  }
  return fields;
}

/** The field for what a service is asked. */
export function requestField({ language }: Place): "Arguments" | "Parameters" {
  return language === "JSONata" ? "Arguments" : "Parameters";
}

function reportUnknown(what: string, name: string, members: Members, place: Place, path: Path): void {
  const near = nearest(name, Object.keys(members)).map(shown).join(", ");
  const message = `${what} has no option ${shown(name)}; the nearest are ${near}`;
  place.issues.push(issue("unknown_option", path.below(name).keys, message));
}

function lowerMember(value: unknown, member: Member, place: Place, outer: Path): Readonly<Record<string, Json>> {
  const { field, kind } = member;
  const path = outer.below(field);
  switch (kind) {
    case "number":
      return lowerNumber(value, member, place, path);
    case "value":
      return lowerServiceText(value, field, place, outer);
    case "template":
      return { [field]: lowerTemplate(value, place, path) };
    default:
      return { [field]: lowerConstantMember(value, member, place, path) };
  }
}

/** A placeholder of a number stands in JSONPath under the field's name with `Path`. */
function lowerNumber(value: unknown, member: Member, place: Place, path: Path): Readonly<Record<string, Json>> {
  const { field, least = 0, most = 0 } = member;
  const isJsonata = place.language === "JSONata";
  if (isPlaceholder(value)) {
    return isJsonata
      ? { [field]: lowerValue(value, place, path) }
      : { [`${field}Path`]: lowerPath(value, place, path) };
  }
  if (isJsonata && typeof value === "string" && expressionInText(value) !== undefined) {
    return { [field]: lowerValue(value, place, path) };
  }
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) {
    return { [field]: value as number };
  }
  const message = `expected a whole number from ${least} to ${most}, or a placeholder of one, got ${shown(value)}`;
  place.issues.push(issue("invalid_number", path.keys, message));
  return {};
}

function lowerServiceText(value: unknown, field: string, place: Place, outer: Path): Readonly<Record<string, Json>> {
  if ((typeof value === "string" && value !== "") || isPlaceholder(value) || isDeferred(value)) {
    return lowerTemplate({ [field]: value }, place, outer) as Record<string, Json>;
  }
  const message = `expected a text with something in it, or a placeholder of one, got ${shown(value)}`;
  place.issues.push(issue("invalid_text", outer.below(field).keys, message));
  return {};
}

/** What AWS takes as a constant alone. */
function lowerConstantMember(value: unknown, member: Member, place: Place, path: Path): Json {
  const { kind, words = [], pattern } = member;
  if (kind === "word") {
    if (words.includes(value as string)) return value as string;
    const expected = `expected ${words.map(shown).join(" or ")}, got ${described(value)}`;
    place.issues.push(issue("invalid_map", path.keys, expected, "write one of these words"));
  } else if (kind === "texts") {
    const isList = Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === "string");
    if (isList) return value as readonly string[];
    const message = `expected a list of one or more texts, all of them constants, got ${described(value)}`;
    place.issues.push(issue("invalid_map", path.keys, message));
  } else {
    if (typeof value === "string" && pattern?.test.test(value) !== false) return value;
    const message = `expected ${pattern?.expected ?? "a text"}, a constant, got ${described(value)}`;
    place.issues.push(issue("invalid_text", path.keys, message));
  }
  return "";
}
