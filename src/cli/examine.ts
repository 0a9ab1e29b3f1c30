import { type TemplateMachines, templateMachines } from "../document/template-machines.js";
import { shown } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import type { ValidateOptions, ValidationIssue } from "../validate/issue.js";
import { validate } from "../validate/validate.js";
import type { WorkflowSession } from "../workflow/session.js";
import type { AwsComparison } from "../workflow/validate-on-aws.js";
import type { DefinitionFile } from "./definition-files.js";
import type { Io } from "./io.js";
import { jsonForAws } from "./json-for-aws.js";
import { readDefinition } from "./read-definition.js";
import type { FileReport } from "./reports/report.js";

/** What came of a file: a report, or why there is none; and what was passed over. */
export interface Examined {
  readonly report?: FileReport;
  readonly problem?: SfnDsError;
  readonly notes?: readonly string[];
}

type Compare = (
  definition: unknown,
  options: ValidateOptions,
  ours: readonly ValidationIssue[],
) => Promise<AwsComparison>;

/** Makes the function that reads a file and says what is wrong with it. */
export function examiner(
  options: ValidateOptions,
  asksAws: boolean,
  io: Io,
): (file: DefinitionFile) => Promise<Examined> {
  const compare = asksAws ? comparison() : undefined;
  return async (file) => {
    const read = await readDefinition(file, io.input);
    if ("unreadable" in read) {
      const message = `the file ${shown(file.name)} cannot be read: ${read.unreadable}`;
      return { problem: new SfnDsError("unreadable_file", message) };
    }
    if ("issue" in read) return { report: { file: file.name, issues: [read.issue] } };
    const { text } = read;
    const template = templateMachines(text);
    if (template !== undefined) return examineTemplate(file.name, text, template, options, compare);
    const issues = validate(text, options);
    const aws = compare === undefined ? {} : { aws: [await compare(text, options, issues)] };
    return { report: { file: file.name, text, issues, ...aws } };
  };
}

/** What is wrong with the definitions that stand in a template. */
async function examineTemplate(
  file: string,
  text: string,
  { machines, elsewhere }: TemplateMachines,
  options: ValidateOptions,
  compare: Compare | undefined,
): Promise<Examined> {
  if (machines.length === 0) {
    const why = elsewhere.length === 0 ? "it has no state machine" : elsewhere.join(", ");
    return { problem: new SfnDsError("no_definition", `the template ${shown(file)} holds no definition: ${why}`) };
  }
  const issues = [];
  const aws = [];
  for (const { name: machine, type, definition, substitutions, positionOf } of machines) {
    const own = { ...(type === undefined ? {} : { type }), ...options, ...merged(options, substitutions) };
    const found = validate(definition, own);
    issues.push(...found.map((one) => ({ ...one, ...positionOf(one), machine })));
    if (compare !== undefined) aws.push({ ...(await compare(definition, own, found)), machine });
  }
  const notes = elsewhere.map((place) => `${file}: ${place}, which is not looked at`);
  return { report: { file, text, issues, ...(compare === undefined ? {} : { aws }) }, notes };
}

/** The words of the command line count before those of the template. */
function merged(
  { substitutions }: ValidateOptions,
  own: Readonly<Record<string, string>>,
): Pick<ValidateOptions, "substitutions"> {
  if (substitutions === undefined) return {};
  return { substitutions: { ...own, ...(substitutions === true ? {} : substitutions) } };
}

/** Asks with the credentials, the region and the endpoint of the process's environment. */
function comparison(): Compare {
  let session: Promise<WorkflowSession> | undefined;
  return async (definition, { type = "STANDARD", substitutions }, ours) => {
    session ??= import("../sagemaker/session/session.js").then(({ Session }) => new Session());
    const { compareWithAws } = await import("../workflow/validate-on-aws.js");
    return compareWithAws(await session, jsonForAws(definition, substitutions), type, ours);
  };
}
