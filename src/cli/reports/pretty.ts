import pc from "picocolors";
import type { AwsDiagnostic } from "../../workflow/validate-on-aws.js";
import {
  type FileReport,
  messageOf,
  placeOf,
  type ReportedComparison,
  type ReportedIssue,
  type Reporter,
  type Totals,
} from "./report.js";
import { SourceLines } from "./source-lines.js";
import { cut, visible } from "./visible.js";

/** A message may quote what the definition has, however long. */
const mostOfMessage = 500;

/** For people: each issue with its line of the file, and a line about all of them. */
export function prettyReporter(): Reporter {
  return { file: fileText, end: summary };
}

function fileText({ file, text, issues, aws = [] }: FileReport): string {
  const lines = issues.length === 0 || text === undefined ? undefined : new SourceLines(text);
  const parts = issues.map((found) => issueText(file, found, lines));
  return [...parts, ...aws.map((compared) => comparisonText(file, compared))].join("");
}

function issueText(file: string, found: ReportedIssue, lines: SourceLines | undefined): string {
  const { severity, code, hint, line, column = 1 } = found;
  const place = line === undefined ? "" : `:${line}:${column}`;
  const word = severity === "error" ? pc.red("error") : pc.yellow("warning");
  const first = `${pc.bold(visible(file))}${place} ${word} ${pc.bold(code)} ${readable(messageOf(found))}`;
  const shown = line === undefined ? undefined : lines?.excerpt(line, column);
  const margin = " ".repeat(String(line ?? "").length);
  const source =
    shown === undefined
      ? []
      : [`  ${pc.dim(`${line} |`)} ${shown[0]}`, `  ${margin} ${pc.dim("|")} ${pc.red(shown[1])}`];
  const where = placeOf(found);
  const rest = [
    ...(where === "" ? [] : [`  at ${readable(where)}`]),
    ...source,
    `  ${pc.cyan("hint:")} ${readable(hint)}`,
  ];
  return `${[first, ...rest].join("\n")}\n\n`;
}

function readable(text: string): string {
  return visible(cut(text, mostOfMessage));
}

function comparisonText(file: string, compared: ReportedComparison): string {
  const { both, awsOnly, oursOnly, truncated, machine } = compared;
  const name = machine === undefined ? "" : ` ${visible(machine)}`;
  const counts = `both say ${both.length}, AWS alone ${awsOnly.length}, sfn-ds alone ${oursOnly.length}`;
  const more = truncated ? "; AWS has more than it says at once" : "";
  const title = `${pc.bold(visible(file))}${name} ${pc.cyan("AWS")} ${counts}${more}\n`;
  return `${title}${listed("AWS alone:   ", awsOnly)}${listed("sfn-ds alone:", oursOnly)}\n`;
}

function listed(label: string, diagnostics: readonly AwsDiagnostic[]): string {
  return diagnostics
    .map(({ severity, code, message, location }) => {
      const at = location === undefined ? "" : ` at ${readable(location)}`;
      return `  ${pc.dim(label)} ${severity.toLowerCase()} ${code} ${readable(message)}${at}\n`;
    })
    .join("");
}

function summary({ files, errors, warnings, unreadable, milliseconds }: Totals): string {
  const counts = [counted(errors, "error"), counted(warnings, "warning")];
  if (unreadable > 0) counts.push(`${counted(unreadable, "file")} could not be checked`);
  const colour = errors > 0 || unreadable > 0 ? pc.red : warnings > 0 ? pc.yellow : pc.green;
  return `${counted(files, "file")}: ${colour(counts.join(", "))} ${pc.dim(`(${Math.round(milliseconds)} ms)`)}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
