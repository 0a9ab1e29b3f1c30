import * as yaml from "yaml";
import { mayBeTemplate, type TemplateMachines, templateMachines } from "../document/template-machines.js";
import { shown } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import type { ValidateOptions, ValidationIssue } from "../validate/issue.js";
import { nestsTooDeep } from "../validate/text/yaml-depth.js";
import { validate } from "../validate/validate.js";
import type { WorkflowSession } from "../workflow/session.js";
import type { AwsComparison } from "../workflow/validate-on-aws.js";
import type { DefinitionFile } from "./definition-files.js";
import type { Io } from "./io.js";
import { isOfKey } from "./is-of-key.js";
import { jsonForAws } from "./json-for-aws.js";
import { readDefinition } from "./read-definition.js";
import { type FileReport, filtered, type ReportedComparison, type ReportedIssue } from "./reports/report.js";

/** What came of a file: a report, and why there is none or not a whole one. */
export interface Examined {
  readonly report?: FileReport;
  readonly problem?: unknown;
}

type Compare = (
  definition: unknown,
  options: ValidateOptions,
  ours: readonly ValidationIssue[],
) => Promise<AwsComparison | undefined>;

/** Makes the function that reads a file and says what is wrong with it. Never throws: what goes wrong is the file's problem. */
export function examiner(
  options: ValidateOptions,
  asksAws: boolean,
  io: Io,
): (file: DefinitionFile) => Promise<Examined> {
  const look = new Look(options, asksAws ? comparison() : undefined);
  return async (file) => {
    try {
      const read = await readDefinition(file, io.input);
      if ("unreadable" in read) {
        const message = `the file ${shown(file.name)} cannot be read: ${read.unreadable}`;
        return { problem: new SfnDsError("unreadable_file", message) };
      }
      if ("issue" in read) return { report: { file: file.name, issues: [read.issue] } };
      return await examineText(file, read.text, look);
    } catch (problem) {
      return { problem };
    }
  };
}

async function examineText({ name: file, path }: DefinitionFile, text: string, look: Look): Promise<Examined> {
  // What nests too deep for the parser is told by the validator.
  const template = mayBeTemplate(text) && !nestsTooDeep(yaml, text) ? templateMachines(text) : undefined;
  if (template !== undefined) return examineTemplate(file, text, template, look);
  const { issues, aws, problem } = await look.at(text, formatOf(path));
  return { report: { file, text, issues, ...(aws && { aws: [aws] }) }, problem };
}

/** What a file holds by its name, as its reader will take it. */
function formatOf(path = ""): Pick<ValidateOptions, "format"> {
  if (/\.json$/i.test(path)) return { format: "json" };
  return /\.ya?ml$/i.test(path) ? { format: "yaml" } : {};
}

/** What is wrong with the definitions that stand in a template. */
async function examineTemplate(
  file: string,
  text: string,
  { machines, elsewhere }: TemplateMachines,
  look: Look,
): Promise<Examined> {
  const issues: ReportedIssue[] = [];
  const compared: ReportedComparison[] = [];
  let problem: unknown;
  for (const { name: machine, type, definition, substitutions, positionOf } of machines) {
    const seen = await look.at(definition, { ...(type && { type }) }, substitutions);
    issues.push(...seen.issues.map((one) => ({ ...one, ...positionOf({ ...one, isKey: isOfKey(one) }), machine })));
    if (seen.aws !== undefined) compared.push({ ...seen.aws, machine });
    problem ??= seen.problem;
  }
  const notes = elsewhere.map((place) => `${place}, which is not looked at`);
  if (machines.length + notes.length === 0) notes.push("the template has no state machine");
  const aws = compared.length > 0 && { aws: compared };
  return { report: { file, text, issues, ...aws, ...(notes.length > 0 && { notes }) }, problem };
}

/** What is said about one definition, and why AWS did not say it. */
interface Seen {
  readonly issues: readonly ValidationIssue[];
  readonly aws?: AwsComparison | undefined;
  readonly problem?: unknown;
}

/** Looks at definitions with the options of the command line. */
class Look {
  private readonly options: ValidateOptions;
  private readonly compare: Compare | undefined;
  private readonly ignored: ReadonlySet<string>;

  constructor(options: ValidateOptions, compare: Compare | undefined) {
    this.options = options;
    this.compare = compare;
    this.ignored = new Set(options.ignore);
  }

  /** `given` and `substitutions` are those of the file; the words of the command line count before them. */
  async at(
    definition: unknown,
    given: Pick<ValidateOptions, "type" | "format">,
    substitutions: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const own = { ...given, ...this.options, ...merged(this.options, substitutions) };
    if (this.compare === undefined) return { issues: validate(definition, own) };
    // What is not wanted is left out after the comparison: else one side would seem to say it alone.
    const { ignore: _, ...all } = own;
    const found = validate(definition, all);
    const issues = found.filter(({ code }) => !this.ignored.has(code));
    try {
      const aws = await this.compare(definition, all, found);
      return { issues, aws: aws && filtered(aws, ({ code, severity }) => this.isWanted(code, severity)) };
    } catch (problem) {
      return { issues, problem };
    }
  }

  private isWanted(code: string, severity: "ERROR" | "WARNING"): boolean {
    return severity === "ERROR" || !this.ignored.has(code);
  }
}

function merged(
  { substitutions }: ValidateOptions,
  own: Readonly<Record<string, string>>,
): Pick<ValidateOptions, "substitutions"> {
  if (substitutions === undefined) return {};
  if (substitutions === true && Object.keys(own).length === 0) return { substitutions };
  return { substitutions: { ...own, ...(substitutions === true ? {} : substitutions) } };
}

/** Asks with the credentials, the region and the endpoint of the process's environment; not again after a failure. */
function comparison(): Compare {
  let session: Promise<WorkflowSession> | undefined;
  let failure: { readonly cause: unknown } | undefined;
  return async (definition, options, ours) => {
    const json = jsonForAws(definition, options);
    if (json === undefined) return undefined;
    if (failure !== undefined) throw failure.cause;
    try {
      session ??= import("../sagemaker/session/session.js").then(({ Session }) => new Session());
      const { compareWithAws } = await import("../workflow/validate-on-aws.js");
      return await compareWithAws(await session, json, options.type ?? "STANDARD", ours);
    } catch (cause) {
      failure ??= { cause };
      throw failure.cause;
    }
  };
}
