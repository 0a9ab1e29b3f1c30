interface CodeRow {
  readonly severity: "error" | "warning";
  /** What to do. */
  readonly hint: string;
}

/**
 * Every code of the validator. Those in capitals are AWS's own: an error makes AWS refuse the definition. Those in small letters are
 * ours: more than AWS says. A new code is a row here, a row in `docs/errors.md` and a test.
 *
 * Source: the Step Functions API reference, ValidateStateMachineDefinitionDiagnostic; the two of JSONata: recorded answers.
 */
export const validationCodes = {
  INVALID_JSON_DESCRIPTION: { severity: "error", hint: "mend the JSON at the place that is named" },
  SCHEMA_VALIDATION_FAILED: { severity: "error", hint: "see the States Language for what may stand there" },
  INVALID_STATE_NAME: { severity: "error", hint: "use 1 to 80 characters" },
  DUPLICATE_STATE_NAME: {
    severity: "error",
    hint: "give each state of the machine its own name, those within Map and Parallel too",
  },
  DUPLICATE_LABEL_NAME: { severity: "error", hint: "give each distributed Map its own Label, or leave it out" },
  INVALID_LABEL_NAME: { severity: "error", hint: "use 1 to 40 characters, none of them a blank or special" },
  INVALID_JSONATA_EXPRESSION: { severity: "error", hint: "write an expression of JSONata 2.0.6 between {% and %}" },
  UNSUPPORTED_JSONATA_EXPRESSION: {
    severity: "error",
    hint: "read data from $states.input, $states.context or a variable",
  },
  MISSING_TRANSITION_TARGET: { severity: "error", hint: "name a state of the same States, and lead a way to each" },
  MISSING_END_STATE: { severity: "error", hint: 'end a state with "End": true, or add a Succeed or Fail state' },
  TOO_DEEPLY_NESTED: { severity: "error", hint: "move the inner states to a machine of their own" },

  NO_DOLLAR: { severity: "warning", hint: "let the key end in .$ if the value is to be looked up" },
  NO_PATH: { severity: "warning", hint: "use the field of the same name that ends in Path" },
  jsonpath_in_jsonata: {
    severity: "warning",
    hint: "write $states.input for $, $states.context for $$, between {% and %}",
  },
  unknown_states_member: { severity: "warning", hint: "read input, context, result or errorOutput of $states" },
  not_checked: { severity: "warning", hint: "move parts to machines of their own" },
  missing_parameter: {
    severity: "warning",
    hint: "set the parameter: AWS refuses the definition or the call without it",
  },
  unknown_parameter: {
    severity: "warning",
    hint: "use a parameter that the integration has; newer ones may be missing in this list",
  },
  distributed_only: {
    severity: "warning",
    hint: 'set "Mode": "DISTRIBUTED" in ProcessorConfig, or leave the field out',
  },
  path_without_value: {
    severity: "warning",
    hint: "let the state that is named keep the value, or read what is there",
  },
  path_sometimes_without_value: {
    severity: "warning",
    hint: "give the value on every way, or ask with IsPresent first",
  },
  unset_variable: { severity: "warning", hint: "set the variable with Assign on every way that leads here" },
  missing_task_token: {
    severity: "warning",
    hint: "hand on $$.Task.Token: without it nobody can end the task",
  },
  job_without_timeout: { severity: "warning", hint: "set TimeoutSeconds: a job that hangs is waited for without end" },
  retry_cannot_succeed: { severity: "warning", hint: "leave the error out, or change what is tried again" },
  long_loop: { severity: "warning", hint: "wait longer in each round, or carry on in a new execution" },
  large_payload: { severity: "warning", hint: "keep large data in S3, and pass on where they are" },
  PASS_RESULT_IS_STATIC: { severity: "warning", hint: "use Parameters: Result is never evaluated" },

  more_issues: { severity: "warning", hint: "mend what is listed, and look again" },
  duplicate_key: {
    severity: "warning",
    hint: "keep one of them: of a key that is given twice only the last one is read",
  },
} as const satisfies { readonly [code: string]: CodeRow };

/** A code of {@link validationCodes}. */
export type ValidationCode = keyof typeof validationCodes;

/** A code of a warning: these can be switched off. */
export type WarningCode = {
  [C in ValidationCode]: (typeof validationCodes)[C]["severity"] extends "warning" ? C : never;
}[ValidationCode];

/** Whether a text is the code of a warning. */
export function isWarningCode(code: unknown): code is WarningCode {
  if (typeof code !== "string" || !Object.hasOwn(validationCodes, code)) return false;
  return validationCodes[code as ValidationCode].severity === "warning";
}

/** Every code of a warning. */
export const warningCodes = Object.keys(validationCodes).filter(isWarningCode);

/** Whether a code is AWS's own: those are in capitals. */
export function isAwsCode(code: ValidationCode): boolean {
  return code === code.toUpperCase();
}
