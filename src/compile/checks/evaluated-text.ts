import { looksLikeIntrinsic, parseIntrinsic } from "../../expression/intrinsic-parser.js";
import { parseJsonPath } from "../../expression/jsonpath.js";
import type { Expression } from "../../expression/tree.js";
import type { Json } from "../../language/json.js";

/** A text of a definition that is evaluated while the machine runs. */
export interface EvaluatedText {
  readonly language: "JSONPath" | "JSONata";
  /** A path or an intrinsic function; of JSONata what stands between `{%` and `%}`. */
  readonly text: string;
}

/** The evaluated texts of a request that the compiler has written. */
export function evaluatedTexts(request: Json | undefined): readonly EvaluatedText[] {
  const texts: EvaluatedText[] = [];
  const waiting: (readonly [key: string, value: Json])[] = request === undefined ? [] : [["", request]];
  for (const [key, value] of waiting) {
    if (typeof value === "string") {
      const text = evaluatedText(key, value);
      if (text !== undefined) texts.push(text);
    } else if (typeof value === "object" && value !== null) {
      for (const member of Object.entries(value)) waiting.push(member as [string, Json]);
    }
  }
  return texts;
}

/** What of a member is evaluated: all under a key that ends in `.$`, and what stands in `{% %}`. */
export function evaluatedText(key: string, value: string): EvaluatedText | undefined {
  if (key.endsWith(".$")) return { language: "JSONPath", text: value };
  if (value.startsWith("{%") && value.endsWith("%}")) return { language: "JSONata", text: value.slice(2, -2) };
  return undefined;
}

/** Whether an expression of JSONPath has a part for which `test` holds; `undefined` for one that is no reference and no call. */
export function hasPart(text: string, test: (part: Expression) => boolean): boolean | undefined {
  const parsed = looksLikeIntrinsic(text) ? parseIntrinsic(text) : parseJsonPath(text);
  if ("message" in parsed) return undefined;
  const parts: Expression[] = [parsed];
  for (const part of parts) {
    if (test(part)) return true;
    if (part.kind !== "call") continue;
    for (const argument of part.arguments) {
      if (argument.kind === "reference" || argument.kind === "call") parts.push(argument);
    }
  }
  return false;
}

/** Whether a part reads what stands at `path` of the Context Object, or what holds it. */
export function readsContext(part: Expression, path: readonly string[]): boolean {
  if (part.kind !== "reference" || part.root.kind !== "context") return false;
  return part.path.slice(0, path.length).every((segment, index) => segment === path[index]);
}
