import type { JsonObject } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import type { ValidationIssue } from "../../validate/issue.js";
import { pageSizeOf, requiredTextOf, textOf } from "../step-functions/request-members.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import { verdictOn } from "../step-functions/verdict.js";

/** Says what is wrong with a definition. Whether the embedded engine runs it is another question: CreateStateMachine answers that. */
export const validateStateMachineDefinition: ServedOperation = {
  request: {
    kind: "structure",
    required: ["definition"],
    members: {
      definition: { kind: "text", min: 1, max: limits.definitionLength },
      type: { kind: "text", values: ["STANDARD", "EXPRESS"] },
      severity: { kind: "text", values: ["ERROR", "WARNING"] },
      maxResults: { kind: "integer", min: 0, max: 100 },
    },
  },
  async run(_, input) {
    const type = textOf(input, "type") === "EXPRESS" ? "EXPRESS" : "STANDARD";
    const issues = verdictOn(requiredTextOf(input, "definition"), type);
    const errors = issues.filter(({ severity }) => severity === "error");
    const told = textOf(input, "severity") === "WARNING" ? issues : errors;
    const most = pageSizeOf(input);
    return {
      result: errors.length === 0 ? "OK" : "FAIL",
      diagnostics: told.slice(0, most).map(diagnosticOf),
      truncated: told.length > most,
    };
  },
};

function diagnosticOf({ severity, code, message, location }: ValidationIssue): JsonObject {
  return { severity: severity.toUpperCase(), code, message, ...(location === undefined ? {} : { location }) };
}
