import { differencesOf, formatDifference } from "../../../src/document/difference.js";

/** Where a result differs from what the reference gave, after the allowances of the format; empty when it does not. */
export function compare(actual: unknown, expected: unknown): readonly string[] {
  return differencesOf(normalise(expected), normalise(actual)).map(formatDifference);
}

/** Members that hold JSON as text: the layout does not count. */
const texts = new Set(["definition", "input", "DefinitionString"]);

/** Newer ASL names, and definitions inside of requests as data: only values count. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return sortUploads(value).map(normalise);
  if (typeof value !== "object" || value === null) return value;
  const isMap = "Type" in value && value.Type === "Map";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => {
        if (key === "Iterator") return ["ItemProcessor", normalise(member)];
        if (key === "Parameters" && isMap) return ["ItemSelector", normalise(member)];
        if (texts.has(key) && typeof member === "string") return [key, parsed(member)];
        if (key === "HyperParameters") return [key, normalise(asTexts(member))];
        return [key, normalise(member)];
      }),
  );
}

/** The API takes texts alone. The reference leaves numbers as they are where a step gives some, which only some of its recordings call a quirk. */
function asTexts(hyperparameters: unknown): unknown {
  if (typeof hyperparameters !== "object" || hyperparameters === null) return hyperparameters;
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, value]) => [name, typeof value === "number" ? String(value) : value]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The order among the objects of one folder does not count. */
function sortUploads(list: readonly unknown[]): readonly unknown[] {
  const isUpload = (item: unknown): boolean =>
    typeof item === "object" && item !== null && "operation" in item && item.operation === "PutObject";
  if (!list.some(isUpload)) return list;
  const uploads = list.filter(isUpload).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  return list.map((item) => (isUpload(item) ? uploads.shift() : item));
}
