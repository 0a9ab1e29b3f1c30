import { isPlaceholder, type Param, type Ref } from "../../expression/placeholder.js";
import { shown } from "../../language/errors.js";
import { isPlainObject } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { checkText } from "./check-value.js";
import { isLate } from "./late-value.js";

/** One tag as SageMaker writes it. */
export interface Tag {
  readonly Key: Param<string>;
  readonly Value: Param<string>;
}

/** Tags: as an object, as SageMaker's list, or a placeholder of that list. */
export type Tags =
  | Ref<readonly { readonly Key: string; readonly Value: string }[]>
  | readonly Tag[]
  | { readonly [key: string]: Param<string> };

const maxTags = 50;

/** The tags of what a step runs, such as a processor, and of the step in one list; the step's value of a key counts. */
export function mergeTags(ofObject: unknown, ofStep: unknown, path: Path, problems: Problems): unknown {
  const late = [ofObject, ofStep].filter(isLate);
  if (late.length > 0 && ofObject !== undefined && ofStep !== undefined) {
    const message = "a placeholder of tags cannot be merged with the other tags: both what runs and the step have some";
    problems.add("conflicting_options", path, message, "give the tags in one place");
  }
  if (late.length > 0) return late.at(-1);
  const tags: Tag[] = [];
  for (const tag of [...tagList(ofObject, path, problems), ...tagList(ofStep, path, problems)]) {
    const before = tags.findIndex(({ Key: key }) => key === tag.Key && !isPlaceholder(key));
    if (before >= 0) tags[before] = tag;
    else tags.push(tag);
  }
  if (tags.length > maxTags) {
    problems.add("invalid_request", path, `expected at most ${maxTags} tags, got ${tags.length}`, "leave some out");
  }
  return ofObject === undefined && ofStep === undefined ? undefined : tags;
}

function tagList(tags: unknown, path: Path, problems: Problems): Tag[] {
  if (tags === undefined) return [];
  const list: unknown[] = isPlainObject(tags)
    ? Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }))
    : Array.isArray(tags)
      ? tags
      : [tags];
  const read = list.map((tag, index) => readTag(tag, [...path, index], problems));
  return read.filter((tag) => tag !== undefined);
}

function readTag(tag: unknown, path: Path, problems: Problems): Tag | undefined {
  if (!isPlainObject(tag) || isLate(tag) || Object.keys(tag).sort().join() !== "Key,Value") {
    const message = `expected a tag such as {"Key": "team", "Value": "data"}, got ${isLate(tag) ? "a placeholder" : shown(tag)}`;
    problems.add("invalid_request", path, message);
    return undefined;
  }
  checkText(tag["Key"], 128, { problems, code: "invalid_request", path: [...path, "Key"] });
  checkText(tag["Value"], 256, { problems, code: "invalid_request", path: [...path, "Value"] }, 0);
  return tag as unknown as Tag;
}
