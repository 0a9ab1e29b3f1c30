import type { Reporter } from "./report.js";

/** One object: `files` with their issues, and how many errors and warnings there are. */
export function jsonReporter(): Reporter {
  let before = '{"files":[';
  return {
    file({ file, issues, aws, notes }) {
      const text = `${before}\n${JSON.stringify({ file, issues, ...(aws && { aws }), ...(notes && { notes }) })}`;
      before = ",";
      return text;
    },
    end: ({ errors, warnings }) => `${before === "," ? "" : before}\n],"errors":${errors},"warnings":${warnings}}\n`,
  };
}
