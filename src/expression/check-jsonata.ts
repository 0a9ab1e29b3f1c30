import { shown } from "../language/errors.js";
import { type JsonataReading, readJsonata } from "./jsonata-reading.js";
import { parseJsonata } from "./jsonata-tree.js";

/**
 * Says what is wrong with a JSONata expression: its syntax, what versions after AWS's 2.0.6 added, or a name at the top level,
 * where AWS has no data to look it up in. More than AWS says at creation: what can only fail while it runs, too. The `jsonata` package is
 * loaded at the first call.
 *
 * @param source - the expression without `{% %}`; pieces of one where values stand between them
 * @param hidden - members of `$states` that are not there where the expression stands
 * @returns `undefined` for a good expression. Never throws.
 */
export function checkJsonata(source: string | readonly string[], hidden: readonly string[] = []): string | undefined {
  const pieces = typeof source === "string" ? [source] : source;
  const text = joined(pieces);
  if (text.trimStart().startsWith("{%")) return "expected an expression without {% %}";
  const parsed = parseJsonata(text);
  if ("problem" in parsed) {
    const { message, position, isNewer } = parsed.problem;
    if (isNewer) return "JSONata 2.0.6 has neither ?: nor ??; write $exists(a) ? a : b";
    return position === undefined ? message : `${message} at character ${position} of ${shown(text)}`;
  }
  const reading = readJsonata(parsed.tree);
  return problemIn(reading, hidden) ?? lostGap(reading, pieces.length - 1);
}

/** Stands for a value while the syntax is checked. */
const gap = "placeholder";

function joined(pieces: readonly string[]): string {
  return pieces.map((piece, index) => (index === 0 ? piece : `$${gap}${index}${piece}`)).join("");
}

function problemIn(reading: JsonataReading, hidden: readonly string[]): string | undefined {
  const { unanchored, readsRoot, assignsStates, usesEval, states } = reading;
  const [name] = unanchored;
  if (name === "$") return "there is no data at $ here; begin with $states or a variable";
  if (name !== undefined) {
    const what = name === "*" ? name : shown(name);
    return `there is no data in which to look up ${what}; begin with $states or a variable`;
  }
  if (readsRoot) return "AWS has no data at $$; begin with $states or a variable";
  if (usesEval) return "AWS has no $eval";
  if (assignsStates) return "$states cannot be assigned";
  const missing = hidden.find((member) => states.includes(member));
  return missing === undefined ? undefined : `there is no $states.${missing} here`;
}

/** A placeholder must have become a variable, wherever the expression uses it. */
function lostGap({ variables }: JsonataReading, gaps: number): string | undefined {
  const found = new Set(variables);
  for (let index = 1; index <= gaps; index++) {
    if (!found.has(`${gap}${index}`)) return `the placeholder ${index} stands inside a text, a name or a comment`;
  }
  return undefined;
}
