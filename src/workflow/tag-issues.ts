import { described } from "../expression/described.js";
import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";

// What AWS takes: https://docs.aws.amazon.com/step-functions/latest/apireference/API_Tag.html
const mostTags = 50;
const longest = { key: 128, value: 256 } as const;
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const hint = 'give an object such as { team: "data" }, or a list such as [{ key: "team", value: "data" }]';

/** What is wrong with tags. */
export function tagIssues(given: unknown): readonly Issue[] {
  const tags = isPlainObject(given) ? Object.entries(given).map(([key, value]) => ({ key, value })) : given;
  if (!Array.isArray(tags)) {
    return [issue("invalid_argument", ["tags"], `expected tags, got ${described(tags)}`, hint)];
  }
  const tooMany =
    tags.length > mostTags
      ? [issue("invalid_argument", ["tags"], `expected at most ${mostTags} tags, got ${tags.length}`, "leave some out")]
      : [];
  const keys = new Set<string>();
  const found = tags.flatMap((tag: unknown, index) => {
    const issues = oneIssues(tag, ["tags", index]);
    if (issues.length > 0 || !isPlainObject(tag)) return issues;
    const key = String(tag["key"]);
    if (!keys.has(key)) {
      keys.add(key);
      return [];
    }
    const message = `expected each key once, got ${shown(key)} again`;
    return [issue("invalid_argument", ["tags", index, "key"], message, "leave one of them out")];
  });
  return [...tooMany, ...found];
}

function oneIssues(tag: unknown, path: readonly (string | number)[]): readonly Issue[] {
  if (!isPlainObject(tag) || typeof tag["key"] !== "string" || typeof tag["value"] !== "string") {
    return [issue("invalid_argument", path, `expected key and value, both texts, got ${described(tag)}`, hint)];
  }
  const foreign = Object.keys(tag).filter((name) => name !== "key" && name !== "value");
  return [
    ...foreign.map((name) =>
      issue("unknown_option", [...path, name], `a tag has key and value, got ${shown(name)} as well`),
    ),
    ...textIssues("key", tag["key"], path),
    ...textIssues("value", tag["value"], path),
  ];
}

/** What is wrong with keys of tags. */
export function keyIssues(keys: unknown): readonly Issue[] {
  if (Array.isArray(keys) && keys.every((key) => typeof key === "string")) {
    return keys.flatMap((key, index) => textIssues("key", key, ["keys", index]));
  }
  const message = `expected a list of keys, got ${described(keys)}`;
  return [issue("invalid_argument", ["keys"], message, 'give a list such as ["team"]')];
}

function textIssues(name: keyof typeof longest, text: string, path: readonly (string | number)[]): readonly Issue[] {
  const expected = expectedOf(name, text);
  if (expected === undefined) return [];
  const place = path[0] === "tags" ? [...path, name] : path;
  return [issue("invalid_text", place, `expected ${expected}, got ${shown(text)}`)];
}

function expectedOf(name: keyof typeof longest, text: string): string | undefined {
  if (name === "key" && text === "") return "a key of one character at least";
  if (text.length > longest[name]) return `at most ${longest[name]} characters`;
  if (!characters.test(text)) return "letters, digits, spaces and _ . : / = + - @";
  if (name === "key" && /^aws:/i.test(text)) return 'a key that does not begin with "aws:", as AWS\'s own do';
  return undefined;
}
