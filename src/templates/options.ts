import { described } from "../expression/described.js";
import { DefinitionError, type Issue, issue, throwIssues } from "../language/errors.js";
import { Session } from "../sagemaker/session/session.js";
import { Problems } from "../services/problems.js";
import type { DeployProgress } from "../states/deferred.js";
import { givenOptions } from "../states/given-options.js";

/** The options that a template does not have. */
export function unknownOptions(
  what: string,
  options: object,
  known: { readonly [name: string]: unknown },
): readonly Issue[] {
  const problems = new Problems();
  problems.addUnknown(what, options, known, []);
  return problems.issues;
}

/** The options of an execution that every template has. */
interface RunOptions {
  readonly jobName?: string;
  readonly onProgress?: DeployProgress;
}

/** The session that a template was given, else that of what runs in it. */
export function sessionOf(given: unknown, otherwise: Session): Session {
  if (given === undefined) return otherwise;
  if (Session.is(given)) return given;
  throw new DefinitionError([issue("invalid_argument", ["session"], `expected a Session, got ${described(given)}`)]);
}

/** The options of one execution. Throws {@link DefinitionError}: what were left out in silence would run, and cost, all the same. */
export function runOptions<Options extends RunOptions>(
  template: string,
  options: Options,
  known: { readonly [name in keyof Options]-?: true },
): Readonly<Options> {
  const what = `${template}.execute()`;
  const given = givenOptions(what, "invalid_argument", options);
  throwIssues(unknownOptions(what, given, known));
  const { jobName, onProgress } = given;
  if (onProgress !== undefined && typeof onProgress !== "function") {
    const message = `expected a function, got ${described(onProgress)}`;
    throw new DefinitionError([issue("invalid_argument", ["onProgress"], message)]);
  }
  if (jobName === undefined || typeof jobName === "string") return given;
  throw new DefinitionError([issue("invalid_job_name", ["jobName"], `expected a job name, got ${described(jobName)}`)]);
}

/** What is wrong with the name of the bucket that a template writes to. Source: S3 user guide, bucket naming rules. */
export function bucketIssues(bucket: unknown): readonly Issue[] {
  const isName = typeof bucket === "string" && /^[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket);
  if (isName) return [];
  const hint = "give the name alone: 3 to 63 lower-case letters, digits, dots and hyphens";
  return [issue("invalid_argument", ["s3Bucket"], `expected the name of a bucket, got ${described(bucket)}`, hint)];
}
