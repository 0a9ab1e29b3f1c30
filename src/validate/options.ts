import { type Issue, issue, shown, throwIssues } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import { nearest } from "../language/nearest.js";
import { isWarningCode, validationCodes, warningCodes } from "../language/validation-codes.js";
import type { ValidateOptions } from "./issue.js";

const known = {
  type: (value) => wordProblem(value, ["STANDARD", "EXPRESS"]),
  format: (value) => wordProblem(value, ["json", "yaml"]),
  substitutions: (value) =>
    value === true || (isPlainObject(value) && Object.values(value).every((text) => typeof text === "string"))
      ? undefined
      : `expected true or an object of texts, got ${shown(value)}`,
  ignore: (value) => (Array.isArray(value) ? ignoreProblem(value) : `expected a list of codes, got ${shown(value)}`),
} as const satisfies { readonly [K in keyof Required<ValidateOptions>]: (value: unknown) => string | undefined };

function wordProblem(value: unknown, words: readonly string[]): string | undefined {
  return words.includes(value as string) ? undefined : `expected one of ${words.join(", ")}, got ${shown(value)}`;
}

function ignoreProblem(codes: readonly unknown[]): string | undefined {
  const wrong = codes.find((code) => !isWarningCode(code));
  if (wrong === undefined) return undefined;
  const isError = typeof wrong === "string" && Object.hasOwn(validationCodes, wrong);
  if (isError) return `expected codes of warnings, got ${shown(wrong)}, which is an error`;
  return `expected codes of warnings, got ${shown(wrong)}; near it: ${nearest(String(wrong), warningCodes, 1).join()}`;
}

/**
 * Checks options that come from JavaScript, where no type checker has looked.
 *
 * @throws {@link DefinitionError} `invalid_argument`, `unknown_option`
 */
export function checkOptions(options: unknown): void {
  if (!isPlainObject(options)) {
    throwIssues([issue("invalid_argument", [], `validate() takes an object of options, got ${shown(options)}`)]);
    return;
  }
  const issues = Object.entries(options).flatMap(([name, value]): readonly Issue[] => {
    if (!Object.hasOwn(known, name)) {
      const near = nearest(name, Object.keys(known), 1).join();
      return [issue("unknown_option", [name], `validate() has no option ${shown(name)}; near it: ${near}`)];
    }
    const problem = value === undefined ? undefined : known[name as keyof ValidateOptions](value);
    return problem === undefined ? [] : [issue("invalid_argument", [name], problem)];
  });
  throwIssues(issues);
}
