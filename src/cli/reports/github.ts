import { awsOnlyIssues, messageOf, placeOf, type ReportedIssue, type Reporter } from "./report.js";
import { visible } from "./visible.js";

/** Workflow commands of GitHub Actions: an annotation at the line of each issue. */
export function githubReporter(): Reporter {
  return {
    file: ({ file, issues, aws }) => [...issues, ...awsOnlyIssues(aws)].map((found) => command(file, found)).join(""),
    end: () => "",
  };
}

function command(file: string, found: ReportedIssue): string {
  const { severity, code, hint, line, column } = found;
  const properties = [`file=${property(file)}`];
  if (line !== undefined) properties.push(`line=${line}`);
  if (column !== undefined) properties.push(`col=${column}`);
  properties.push(`title=${property(code)}`);
  const place = placeOf(found);
  const at = place === "" ? "" : ` at ${place}`;
  return `::${severity} ${properties.join(",")}::${data(readable(`${messageOf(found)}${at} (${hint})`))}\n`;
}

/** What a terminal would obey does not get into the log. Line ends are escaped. */
function readable(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(visible(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
