import { isPlanned, type Member, type Members, nameOf, type Section, type Thing } from "./row.js";
import { table } from "./table.js";

const head = `# From Python

What stands here for what the Python packages \`stepfunctions\` and \`sagemaker\` (version 2) have. Options and methods have Python's names in camelCase where nothing else is said; every options object is typed, and an
option that is unknown is refused. The rows below a name in bold are its options and, with \`()\`, its methods. Held by \`test/unit/from-python.test.ts\`; to make this page again, remove it and run the test.
`;

/** `docs/from-python.md`. */
export function fromPythonPage(): string {
  const sections = table.map(sectionText);
  const mark = sections.some((section) => section.includes("*planned*"))
    ? ["What is marked *planned* is not there yet.\n"]
    : [];
  return [head, ...mark, ...sections].join("\n");
}

function sectionText({ title, text, things }: Section): string {
  const lines = things.flatMap(linesOf);
  const intro = text === undefined ? "" : `${text}\n\n`;
  return `## ${title}\n\n${intro}| Python | here |\n| --- | --- |\n${lines.join("\n")}\n`;
}

function linesOf({ python, here, at, planned, options = {}, methods = {} }: Thing): readonly string[] {
  const entry = at === undefined || at[0] === "." ? "" : `, of \`sfn-ds${at[0].slice(1)}\``;
  const mark = planned === true ? ", *planned*" : "";
  return [
    `| **${python.replace(/^\w[\w.]*$/, "`$&`")}** | ${here}${entry}${mark} |`,
    ...memberLines(options, ""),
    ...memberLines(methods, "()"),
  ];
}

function memberLines(members: Members, suffix: string): readonly string[] {
  return Object.entries(members).map(
    ([python, member]) => `| \`${python}${suffix}\` | ${shown(python, member, suffix)} |`,
  );
}

function shown(python: string, member: Member, suffix: string): string {
  if (typeof member === "object" && "say" in member) return member.say;
  return `\`${nameOf(python, member)}${suffix}\`${isPlanned(member) ? ", *planned*" : ""}`;
}
