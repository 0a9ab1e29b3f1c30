import { Failure } from "../failure.js";

/** An expression that gave no value that its field could take. */
export class QueryFailure extends Failure {
  /** The field, as the history names it: `Output/result`. */
  readonly location: string;

  constructor(text: string, field: string, what: string) {
    super(
      "States.QueryEvaluationError",
      `The JSONata expression '${text}' specified for the field '${field}' ${what}`,
      true,
    );
    this.location = field;
  }
}
