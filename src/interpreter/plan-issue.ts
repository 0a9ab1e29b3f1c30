/** What the engine does not run, and why. */
export interface PlanIssue {
  readonly message: string;
  /** A slash path such as `/States/A/Resource`, as AWS writes it. */
  readonly location: string;
}
