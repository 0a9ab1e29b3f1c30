import { shown } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import type { ValidateOptions } from "../validate/issue.js";
import { validate } from "../validate/validate.js";
import type { WorkflowSession } from "../workflow/session.js";
import type { AwsComparison } from "../workflow/validate-on-aws.js";
import type { DefinitionFile } from "./definition-files.js";
import type { Io } from "./io.js";
import { jsonForAws } from "./json-for-aws.js";
import { readDefinition } from "./read-definition.js";
import type { FileReport } from "./reports/report.js";

/** What came of a file: a report, or why there is none. */
export interface Examined {
  readonly report?: FileReport;
  readonly problems: readonly SfnDsError[];
}

/** Makes the function that reads a file and says what is wrong with it. */
export function examiner(
  options: ValidateOptions,
  asksAws: boolean,
  io: Io,
): (file: DefinitionFile) => Promise<Examined> {
  const compare = asksAws ? comparison(options) : undefined;
  return async (file) => {
    const read = await readDefinition(file, io.input);
    if ("unreadable" in read) {
      const message = `the file ${shown(file.name)} cannot be read: ${read.unreadable}`;
      return { problems: [new SfnDsError("unreadable_file", message)] };
    }
    if ("issue" in read) return { report: { file: file.name, issues: [read.issue] }, problems: [] };
    const { text } = read;
    const issues = validate(text, options);
    const aws = compare === undefined ? {} : { aws: [await compare(text, issues)] };
    return { report: { file: file.name, text, issues, ...aws }, problems: [] };
  };
}

/** Asks with the credentials, the region and the endpoint of the process's environment. */
function comparison(
  options: ValidateOptions,
): (definition: unknown, ours: ReturnType<typeof validate>) => Promise<AwsComparison> {
  let session: Promise<WorkflowSession> | undefined;
  return async (definition, ours) => {
    session ??= import("../sagemaker/session/session.js").then(({ Session }) => new Session());
    const { compareWithAws } = await import("../workflow/validate-on-aws.js");
    const text = jsonForAws(definition, options.substitutions);
    return compareWithAws(await session, text, options.type ?? "STANDARD", ours);
  };
}
