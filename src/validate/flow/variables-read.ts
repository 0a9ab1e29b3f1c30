import { inspectIntrinsic, inspectPath, isUnreadable } from "../../expression/inspect-path.js";
import { looksLikeIntrinsic } from "../../expression/intrinsic-parser.js";

/** Names of the variables that a path or a call reads. */
export function variablesInPath(text: string): readonly string[] {
  // Most texts have none, and need no reading.
  if (!variableSign.test(text)) return [];
  if (!looksLikeIntrinsic(text)) {
    const path = inspectPath(text);
    return !isUnreadable(path) && path.root === "variable" ? [path.variable] : [];
  }
  const call = inspectIntrinsic(text);
  return isUnreadable(call) ? [] : call.paths.filter(({ root }) => root === "variable").map(({ variable }) => variable);
}

const variableSign = /\$[^$.[\s,)]/;
