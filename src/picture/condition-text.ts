import { shown } from "../language/errors.js";
import { isPlainObject, type JsonObject } from "../language/json.js";
import { wordOf } from "./plain-text.js";

/** Levels of And, Or and Not that are written out. */
const deepest = 4;

const operators: Readonly<Record<string, string>> = {
  Equals: "=",
  LessThan: "<",
  LessThanEquals: "≤",
  GreaterThan: ">",
  GreaterThanEquals: "≥",
  Matches: "matches",
};

/** A rule of a Choice in words: `$.rows > 3 and $.kind = "full"`. */
export function conditionText(rule: JsonObject, level = 0): string {
  if (typeof rule["Condition"] === "string") return rule["Condition"].replace(/^\{%\s*|\s*%\}$/g, "");
  if (level >= deepest) return "…";
  const inner = (value: unknown): string =>
    isPlainObject(value) ? conditionText(value as JsonObject, level + 1) : "…";
  if (rule["Not"] !== undefined) return `not (${inner(rule["Not"])})`;
  for (const [name, word] of [
    ["And", " and "],
    ["Or", " or "],
  ] as const) {
    const rules = rule[name];
    if (Array.isArray(rules)) {
      const text = rules.map(inner).join(word);
      return level === 0 ? text : `(${text})`;
    }
  }
  return comparison(rule);
}

function comparison(rule: JsonObject): string {
  const variable = wordOf(rule["Variable"]);
  const [name = "", value] =
    Object.entries(rule).find(([key]) => !["Variable", "Next", "Comment", "Assign", "Output"].includes(key)) ?? [];
  const wanted = value === undefined ? "" : shown(value);
  if (name.startsWith("Is")) {
    const what = name
      .slice(2)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase();
    return `${variable} is ${value === false ? "not " : ""}${what}`;
  }
  const [, operator = ""] = /^(?:String|Numeric|Boolean|Timestamp)(.+?)(?:Path)?$/.exec(name) ?? [];
  return `${variable} ${operators[operator] ?? name} ${name.endsWith("Path") ? wordOf(value) : wanted}`;
}
