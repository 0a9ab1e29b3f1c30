import type { Json, JsonObject } from "../../language/json.js";
import type { Shape } from "../protocols/shape.js";
import { ServiceError } from "../wire.js";

// Members that several operations have. Source: the Step Functions API model.

/** Any ARN; what it names is checked by the operation. */
export const arnMember: Shape = { kind: "text", min: 1, max: 256 };
/** ARN of a Map run. */
export const mapRunArnMember: Shape = { kind: "text", min: 1, max: 2000 };
/** A name; AWS refuses more characters than a length can say. */
export const nameMember: Shape = { kind: "text", min: 1, max: 80 };
/** 0 stands for the default of 100. */
export const maxResultsMember: Shape = { kind: "integer", min: 0, max: 1000 };
/** A token of an earlier page. */
export const nextTokenMember: Shape = { kind: "text", min: 1, max: 1024 };
/** Whether payloads are sent along. */
export const includedDataMember: Shape = { kind: "text", values: ["ALL_DATA", "METADATA_ONLY"] };
/** Tags as a list of keys and values. */
export const tagsMember: Shape = {
  kind: "list",
  item: {
    kind: "structure",
    required: [],
    members: { key: { kind: "text", min: 1, max: 128 }, value: { kind: "text", max: 256 } },
  },
};

/** A text of a checked request. */
export function textOf(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  return typeof value === "string" ? value : undefined;
}

/** A text that the check has made sure of. */
export function requiredTextOf(input: JsonObject, member: string): string {
  return textOf(input, member) ?? "";
}

/** Entries on a page: 100 where the request says nothing or 0. */
export function pageSizeOf(input: JsonObject): number {
  const value = input["maxResults"];
  return typeof value === "number" && value > 0 ? value : 100;
}

interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Tags that a resource may have. */
const mostTags = 50;

/** The tags of a resource with those of a checked request; the last one of a key wins. Throws `TooManyTags`. */
export function tagsOf(value: Json | undefined, before: readonly Tag[] = []): readonly Tag[] {
  const tags = new Map(before.map((tag) => [tag.key, tag.value]));
  for (const tag of Array.isArray(value) ? (value as readonly JsonObject[]) : []) {
    tags.set(requiredTextOf(tag, "key"), requiredTextOf(tag, "value"));
  }
  if (tags.size <= mostTags) return [...tags].map(([key, text]) => ({ key, value: text }));
  throw new ServiceError("TooManyTags", `expected at most ${mostTags} tags, got ${tags.size}`);
}

/** AWS JSON writes dates as seconds. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
