/**
 * Every issue code with its default hint. A new code is a row here, a row in `docs/errors.md` and a test.
 */
export const issueCodes = {
  accidental_text: "pass the placeholder itself where the value is wanted, or build a text from it with the tag `text`",
  unknown_key: "use a key of the schema, or add the key to the schema",
  invalid_schema: "give a zod schema, for example z.object({ rows: z.number() })",
  key_type_clash: "give get() the schema that it had before, or another key",
  invalid_path: "write a path such as $.a['b'][0]",
  invalid_name: "use 1 to 80 characters that AWS allows",
  invalid_state_name: "use 1 to 80 characters",
  duplicate_state_name: "give each state of the machine its own name",
  duplicate_step: "build a second step, or loop with a target: () => step",
  empty_chain: "give the chain at least one step",
  terminal_step_in_chain: "end the chain with this step, or leave it out",
  not_a_step: "give steps or chains",
  ambiguous_next: "let the step stand in one chain, or build a second step with a name of its own",
  unknown_option: "use an option of this step",
  missing_resource: "set `resource`",
  invalid_number: "give a whole number in the range",
  invalid_text: "give a text",
  conflicting_options: "set one of the two",
  invalid_retry: "see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html",
  invalid_catch: "see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html",
  invalid_template: "give an object whose values are JSON or placeholders",
  placeholder_in_constant: "use `parameters`: a constant is never evaluated",
  dynamic_key_collision: "give the key once, without `.$` for a placeholder: the compiler adds it",
  nesting_too_deep: "flatten the value",
  endless_loop: "let a Choice lead out of the loop, or end one of its states",
  unreachable_state: "leave it out, or let a branch of the Choice come to an end of its own",
  unset_variable: "set it with `assign` in a state before, on every path",
  variable_of_outer_scope: "give the inner variable a name of its own",
  missing_task_token:
    "give `context.task.token` on in the request, for example parameters: { token: context.task.token }",
  retry_of_taken_name: 'leave the name out where that is possible, or make one for each try: uniqueName("train")',
  missing_option: "set the option",
  missing_parameter: "set the parameter",
  unknown_parameter: "use a parameter that the integration has; `checkParameters: false` takes newer ones",
  not_in_express: "make the workflow, or the children of the Map, STANDARD, or call without waiting",
  invalid_map: "see the options of Map",
  unreachable_reference: "read it where it has been made on every path, or give it on",
  unsupported_in_jsonpath: "write an object with a key for each value, or use JSONata",
  unsupported_in_jsonata: "say it in another way, or use JSONPath",
  invalid_argument: "see the function's parameters",
  invalid_jsonata: "write an expression of JSONata 2.0.6; data is read from $states or from a variable",
  invalid_condition: "give what the operator takes: see when() and ChoiceRule",
  unresolved_value: "use `await workflow.definition()`, which asks the session for it",
  definition_too_large: "split the machine, or move constants to S3",
  invalid_definition: "give an object with StartAt and States",
  invalid_input: "give an input that fits the schema of the workflow",
  invalid_job_name: "use 1 to 63 letters, digits and inner hyphens",
  invalid_container_path: "give an absolute path under /opt/ml/processing",
  invalid_code: "give a file, a folder with its entryPoint, a file:// URL or an s3:// URI",
  missing_file: "check the path; it is taken from the working directory",
  invalid_processor: "see the options of Processor",
  invalid_estimator: "see the options of the estimator, the tuner and their inputs",
  unknown_image: "give imageUri",
  invalid_processing_input: "give ProcessingInput objects",
  invalid_processing_output: "give ProcessingOutput objects",
  invalid_model: "see the options of Model",
  invalid_request: "see the page of the request in the SageMaker API reference",
} as const satisfies { readonly [code: string]: string };

export type IssueCode = keyof typeof issueCodes;

/** One thing that is wrong with what was given. */
export interface Issue {
  readonly code: IssueCode;
  /** Keys from the root, for example `["States", "Train", "Next"]`; empty for the whole. */
  readonly path: readonly (string | number)[];
  /** What was expected and what came; without the code and the path. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** Makes an issue with the hint of its code, unless a better one is at hand. */
export function issue(
  code: IssueCode,
  path: readonly (string | number)[],
  message: string,
  hint: string = issueCodes[code],
): Issue {
  return { code, path, message, hint };
}

/** One issue as a line: `[code] States.A.Next: message (hint)`. */
export function formatIssue({ code, path, message, hint }: Issue): string {
  const place = path.length === 0 ? "" : ` ${path.map(String).join(".")}:`;
  return `[${code}]${place} ${message} (${hint})`;
}

/** Issues that a message tells; `issues` of the error has all. */
const mostTold = 100;

function formatIssues(issues: readonly Issue[]): string {
  const lines = issues.slice(0, mostTold).map(formatIssue);
  return issues.length <= mostTold ? lines.join("\n") : [...lines, `… and ${issues.length - mostTold} more`].join("\n");
}

/** Thrown at the public doors with every problem that was found, not only the first. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";
  readonly issues: readonly [Issue, ...Issue[]];

  constructor(issues: readonly [Issue, ...Issue[]], options?: ErrorOptions) {
    super(formatIssues(issues), options);
    this.issues = issues;
  }

  /** Also true for an error of another copy of this package, where `instanceof` is false. */
  static is(value: unknown): value is DefinitionError {
    return value instanceof Error && value.name === "DefinitionError" && "issues" in value;
  }
}

/** Throws one {@link DefinitionError} with `issues`, when there are any. */
export function throwIssues(issues: readonly Issue[]): void {
  const [first, ...rest] = issues;
  if (first !== undefined) throw new DefinitionError([first, ...rest]);
}

/** A text for an error message: the value as JSON, cut to a readable length. */
export function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol" || (typeof value === "number" && !Number.isFinite(value))) return String(value);
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    return "a value that JSON cannot hold";
  }
  if (text === undefined) return "undefined";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
