/** Why a definition is not run: AWS's code, words and place where AWS has them. */
export interface PlanIssue {
  readonly code:
    | "SCHEMA_VALIDATION_FAILED"
    | "MISSING_TRANSITION_TARGET"
    | "MISSING_END_STATE"
    | "INVALID_JSON_DESCRIPTION";
  readonly message: string;
  /** A slash path such as `/States/A/Next`; absent where AWS gives none. */
  readonly location?: string;
}
