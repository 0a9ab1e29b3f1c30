import { limits } from "./limits.js";

/** The characters of a variable's name, as the States Language has them: those of a Unicode identifier. */
export const variableName = "\\p{ID_Start}\\p{ID_Continue}*";

const whole = new RegExp(`^${variableName}$`, "u");

/** Says what is wrong with the name of a variable, as something to do; `undefined` where AWS takes it. */
export function variableNameProblem(name: string): string | undefined {
  if (name === "states") return "$states is AWS's own: choose another name";
  const most = limits.variableNameLength;
  if (name.length > most && [...name.slice(0, 2 * most + 1)].length > most) return `use at most ${most} characters`;
  return whole.test(name) ? undefined : "begin with a letter, and go on with letters, digits and _";
}
