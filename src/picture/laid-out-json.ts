import { isPlainObject } from "../language/json.js";
import { jsonValue } from "./json-object.js";

/** Levels that are indented; what stands deeper is one line. */
const deepest = 12;
/** Characters that are shown; the whole stands in the history. */
const longest = 20_000;

/**
 * Data of a service as lines of JSON. Texts that hold JSON are shown as what they say, letter by letter: numbers that JavaScript does not have stay what they are.
 * The size is bounded, however deep the data nests.
 */
export function laidOutJson(value: unknown): string {
  let text: string;
  try {
    text = jsonOf(value);
  } catch {
    return "… (this nests too deep to be shown)";
  }
  const lines = laidOut(text);
  return lines.length > longest ? `${lines.slice(0, longest)}\n… and more: listEvents() gives the whole` : lines;
}

/** JSON in which texts of JSON stand as they are. */
function jsonOf(value: unknown): string {
  if (typeof value === "string") return isJson(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(",")}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jsonOf(member)}`).join(",")}}`;
  }
  return typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "null");
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text) && jsonValue(text) !== undefined;
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;

/** Puts each member on a line of its own. No token is changed, and nothing is read on once there is more than is shown. */
function laidOut(json: string): string {
  let text = "";
  let depth = 0;
  let opened = false;
  const line = (): string => (depth > deepest ? "" : `\n${"  ".repeat(depth)}`);
  for (const [token] of json.matchAll(tokens)) {
    if (text.length > longest) break;
    if (token === "}" || token === "]") {
      const end = depth > deepest ? "" : `\n${"  ".repeat(depth - 1)}`;
      depth--;
      text += opened ? token : end + token;
      opened = false;
      continue;
    }
    if (opened) text += line();
    opened = token === "{" || token === "[";
    if (opened) depth++;
    if (token === ",") text += depth > deepest ? ", " : `,${line()}`;
    else text += token === ":" ? ": " : token;
  }
  return text;
}
