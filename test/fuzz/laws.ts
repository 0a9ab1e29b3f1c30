import { isDeepStrictEqual } from "node:util";
import { templateMachines } from "../../src/document/template-machines.js";
import { plan } from "../../src/interpreter/plan.js";
import type { TaskCatalogue } from "../../src/interpreter/task-catalogue.js";
import type { Json } from "../../src/language/json.js";
import { keysOfPointer } from "../../src/language/pointer.js";
import { validationCodes, warningCodes } from "../../src/language/validation-codes.js";
import type { ValidateOptions, ValidationIssue } from "../../src/validate/issue.js";
import { validate } from "../../src/validate/validate.js";
import type { Input } from "./input.js";

/** What is wrong with the answer to an input; `undefined` when all laws hold. */
export function brokenLaw({ kind, definition, options }: Input): string | undefined {
  try {
    if (kind === "template") return brokenTemplate(String(definition));
    const issues = validate(definition, options);
    const shape = issues.map((issue) => misshapen(issue, definition)).find((found) => found !== undefined);
    if (shape !== undefined) return shape;
    if (kind === "heavy") return undefined;
    if (!isDeepStrictEqual(validate(definition, options), issues)) return "the second answer differs from the first";
    const errors = validate(definition, { ...options, ignore: warningCodes });
    if (errors.some(({ severity }) => severity === "warning")) return "a warning that is not wanted is told";
    if (
      !isDeepStrictEqual(
        errors,
        issues.filter(({ severity }) => severity === "error"),
      ) &&
      issues.length < 1000
    )
      return "errors change with the warnings that are wanted";
    return kind === "hostile" ? undefined : (brokenPlan(definition, issues) ?? brokenForm(definition, options, issues));
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 4).join(" | ") : String(error)}`;
  }
}

/** Each machine of a template is answered, and each of its issues has a place in the template's text. */
function brokenTemplate(text: string): string | undefined {
  // The reader of YAML counts line feeds: a return alone begins no line in a template.
  const lines = text.split(/\r?\n/);
  for (const { definition, type = "STANDARD", positionOf } of templateMachines(text)?.machines ?? []) {
    const issues = validate(definition, { type, substitutions: true });
    const shape = issues.map((issue) => misshapen(issue, definition)).find((found) => found !== undefined);
    if (shape !== undefined) return shape;
    for (const issue of issues) {
      const { line, column } = positionOf(issue);
      const isInside = column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
      if (!isInside) return `${issue.code}: line ${line}, column ${column} is not in the template`;
    }
  }
  return undefined;
}

/** Runs every task, so that plans are made of all that the validator takes. */
const catalogue: TaskCatalogue = {
  find: (text) => ({
    resource: { text, kind: "integration", service: "lambda", action: "invoke", pattern: "response" },
    requiredParameters: [],
  }),
};

/** What the validator takes is a plan, or is refused; planning throws nothing. */
function brokenPlan(definition: unknown, issues: readonly ValidationIssue[]): string | undefined {
  if (issues.some(({ severity }) => severity === "error")) return undefined;
  const data = dataOf(definition);
  if (data === undefined) return undefined;
  const { plan: made, issues: refused } = plan(data as Json, catalogue);
  return made !== undefined || refused.length > 0 ? undefined : "neither a plan nor a refusal";
}

/** The data of a definition; `undefined` for YAML. */
function dataOf(definition: unknown): unknown {
  if (typeof definition !== "string") return definition;
  try {
    return JSON.parse(definition);
  } catch {
    return undefined;
  }
}

/** Text and the data in it have the same issues; a pointer leads to a value, or to a member that is missing. */
function brokenForm(
  definition: unknown,
  options: ValidateOptions,
  issues: readonly ValidationIssue[],
): string | undefined {
  if (typeof definition === "string") return undefined;
  const text: string | undefined = JSON.stringify(definition);
  if (text === undefined || text.length > 1_000_000) return undefined;
  // A name that is filled in may stand in a key: the pointer is that of the definition with it filled in.
  const isFilledIn = typeof options.substitutions === "object";
  const astray = isFilledIn ? undefined : issues.find(({ pointer }) => !leadsSomewhere(definition, pointer));
  if (astray !== undefined) return `the pointer ${JSON.stringify(astray.pointer)} of ${astray.code} leads nowhere`;
  const ofText = validate(text, options).map(plain);
  const ofData = issues.map(plain);
  const index = Math.max(ofText.length, ofData.length);
  for (let at = 0; at < index; at++) {
    if (ofText[at] !== ofData[at]) return `text says ${ofText[at]}, data say ${ofData[at]}`;
  }
  return undefined;
}

function plain({ severity, code, message, pointer, location }: ValidationIssue): string {
  return `${severity} ${code} ${message} ${pointer} ${location}`;
}

function misshapen(
  { severity, code, message, pointer, hint, line, column }: ValidationIssue,
  definition: unknown,
): string | undefined {
  if (!Object.hasOwn(validationCodes, code) || validationCodes[code].severity !== severity)
    return `the code ${code} is not what its table says`;
  if (message === "" || hint === "") return `${code} says nothing`;
  if (pointer !== "" && !pointer.startsWith("/")) return `${JSON.stringify(pointer)} is no pointer`;
  if (typeof definition !== "string" || line === undefined || column === undefined) return undefined;
  const text = definition.split(/\r\n|\n|\r/)[line - 1];
  const isInside = text !== undefined && column >= 1 && column <= text.length + 1;
  return isInside ? undefined : `${code}: line ${line}, column ${column} is not in the text`;
}

function leadsSomewhere(root: unknown, pointer: string): boolean {
  const keys = keysOfPointer(pointer);
  let value = root;
  for (const [index, key] of keys.entries()) {
    if (typeof value !== "object" || value === null) return false;
    if (!Object.hasOwn(value, key)) return index === keys.length - 1;
    value = (value as Record<string, unknown>)[key];
  }
  return true;
}
