/**
 * Every code of an error at run time, with its default hint. A new code is a row here, a row in `docs/errors.md` and a test.
 * What is wrong with a definition or an option is an issue instead: see `issueCodes`.
 */
export const errorCodes = {
  no_credentials: "configure AWS credentials, or run the program with `npx sfn-ds local -- <command>`",
  invalid_region: "give the name of a region, such as eu-west-1",
  no_region: "set AWS_REGION or give the session a region, or run the program with `npx sfn-ds local -- <command>`",
  endpoint_unreachable: "check AWS_ENDPOINT_URL, or start the local service with `npx sfn-ds local`",
  unknown_role: "give the ARN of a role, or the name of a role that exists",
  not_a_role: "run as a role, or give the workflow and the processor the ARN of one",
  bucket_not_owned: "give the session a bucket of your own: new Session({ defaultBucket })",
  workflow_not_created: "call create() or upsert() first, or Workflow.attach(arn)",
  workflow_exists: "call upsert() to replace it, or choose another name",
  definition_refused: "mend what the message names",
  nothing_to_update: "give a new definition or a new role",
  execution_failed: "see the history: execution.listEvents()",
  execution_aborted: "start a new one",
  execution_timed_out: "raise timeoutSeconds of the workflow, or see the history: execution.listEvents()",
  wait_timed_out: "the execution goes on; call wait() again, or stop()",
  wait_aborted: "the execution goes on; call wait() again, or stop()",
  job_failed: "see the job's log",
  job_stopped: "allow it with { allowStopped: true }, or see who stopped the job",
  no_capacity: "try again later, or choose another instance type or region",
  conflicting_wait: "set wait to true, or logs to false",
  no_file_found: "name a file that exists, a folder that holds *.asl.json or *.asl.yaml files, or a pattern in quotes",
  unreadable_file: "check the file and its permissions",
  file_too_large: "upload it with a tool that sends parts, and give its s3:// URI",
  unwritable_file: "check the folder and its permissions",
  port_in_use: "choose another port, or leave it out for a free one",
  port_not_allowed: "choose a port from 1024 on, or leave it out for a free one",
  host_not_allowed: "listen on 127.0.0.1: the service is for this machine alone",
  isolation_not_available: 'choose the isolation "scratch" or "auto"',
  data_folder_not_writable: "choose another folder with --data, or mend its permissions",
  invalid_command: "give the words of the command as a list, the program first",
  command_not_found: "check the command's spelling",
  module_failed: "mend the module",
  no_workflow_exported: "export a Workflow: export const workflow = new Workflow(…)",
} as const satisfies { readonly [code: string]: string };

export type ErrorCode = keyof typeof errorCodes;

/** An error that a user can act on: what happened, and what to do. */
export class SfnDsError extends Error {
  override readonly name: string = "SfnDsError";
  readonly code: ErrorCode;
  /** What to do. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { readonly hint?: string } = {}) {
    const hint = options.hint ?? errorCodes[code];
    super(`${message} (${hint})`, options);
    this.code = code;
    this.hint = hint;
  }

  /** Also true for an error of another copy of this package, where `instanceof` is false. */
  static is(value: unknown): value is SfnDsError {
    return (
      value instanceof Error &&
      "code" in value &&
      typeof value.code === "string" &&
      Object.hasOwn(errorCodes, value.code)
    );
  }
}

/** The name of an AWS client's error; an empty text for anything else. */
export function awsErrorName(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/**
 * Turns what commonly goes wrong before AWS answers into an error that says what to do.
 * AWS's own answers are given back as they are: their names are AWS's.
 */
export function explainAwsError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === "CredentialsProviderError" || error.name === "TokenProviderError") {
    return new SfnDsError("no_credentials", `no AWS credentials were found: ${error.message}`, { cause: error });
  }
  if (/region is missing/i.test(error.message)) {
    return new SfnDsError("no_region", "no AWS region is set", { cause: error });
  }
  const code = "code" in error ? error.code : undefined;
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EHOSTUNREACH") {
    return new SfnDsError("endpoint_unreachable", `the endpoint does not answer: ${error.message || code}`, {
      cause: error,
    });
  }
  return error;
}
