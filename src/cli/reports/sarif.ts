import { validationCodes } from "../../language/validation-codes.js";
import { version } from "../../language/version.js";
import { awsOnlyIssues, messageOf, placeOf, type ReportedIssue, type Reporter } from "./report.js";

const codes = Object.keys(validationCodes);

/** SARIF 2.1.0, as code scanning takes it: one run, whose rules are the validator's codes. */
export function sarifReporter(): Reporter {
  let before = head();
  return {
    file({ file, issues, aws }) {
      let text = "";
      for (const found of [...issues, ...awsOnlyIssues(aws)]) {
        text += `${before}\n${JSON.stringify(resultOf(file, found))}`;
        before = ",";
      }
      return text;
    },
    end({ unreadable }) {
      const invocations = JSON.stringify([{ executionSuccessful: unreadable === 0 }]);
      return `${before === "," ? "" : before}\n],"invocations":${invocations}}]}\n`;
    },
  };
}

function head(): string {
  const driver = {
    name: "sfn-ds",
    semanticVersion: version,
    rules: Object.entries(validationCodes).map(([id, { severity, hint }]) => ({
      id,
      shortDescription: { text: inWords(id) },
      fullDescription: { text: `${inWords(id)}: ${hint}` },
      help: { text: hint },
      defaultConfiguration: { level: severity },
    })),
  };
  return [
    '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",',
    `"runs":[{"tool":{"driver":${JSON.stringify(driver)}},`,
    '"columnKind":"utf16CodeUnits","results":[',
  ].join("\n");
}

function inWords(code: string): string {
  return code.toLowerCase().replaceAll("_", " ");
}

function resultOf(file: string, found: ReportedIssue): object {
  const { severity, code, hint, line, column } = found;
  const ruleIndex = codes.indexOf(code);
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } };
  const logical = placeOf(found);
  return {
    ruleId: code,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: severity,
    message: { text: `${messageOf(found)} (${hint})` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file), uriBaseId: "%SRCROOT%" }, ...region },
        ...(logical === "" ? {} : { logicalLocations: [{ fullyQualifiedName: logical }] }),
      },
    ],
  };
}

/** A name as part of a URI, lone surrogates and all. */
function uriOf(file: string): string {
  return file
    .split("/")
    .map((part) => encodeURIComponent(Buffer.from(part).toString()))
    .join("/");
}
