import { type Issue, issue, throwIssues } from "../language/errors.js";
import { keysOfPointer } from "../language/pointer.js";
import type { ValidationIssue } from "../validate/issue.js";
import type { Built } from "./build.js";
import type { Logger } from "./logger.js";

/**
 * Says what AWS would say of a definition, before anything is uploaded or sent. Warnings go to the logger.
 *
 * @throws {@link DefinitionError} `invalid_definition` with every error of the validator.
 */
export async function checkDefinition({ text }: Built, type: string | undefined, log: Logger): Promise<void> {
  // Loaded when it is used: `import "sfn-ds"` stays fast.
  const { validate } = await import("../validate/validate.js");
  const issues = validate(text, { type: type === "EXPRESS" ? type : "STANDARD", format: "json" });
  throwIssues(issues.filter(({ severity }) => severity === "error").map(issueOf));
  for (const { code, message, location, hint } of issues) log.warn(`${told(code, message, location)} (${hint})`);
}

function issueOf({ code, message, location, pointer, hint }: ValidationIssue): Issue {
  return issue("invalid_definition", keysOfPointer(pointer), told(code, message, location), hint);
}

function told(code: string, message: string, location: string | undefined): string {
  return `${code}: ${message}${location === undefined ? "" : ` at ${location}`}`;
}
