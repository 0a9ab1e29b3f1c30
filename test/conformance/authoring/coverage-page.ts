import type { Expectation } from "../suite.js";
import { coverage } from "./coverage.js";
import type { Row } from "./row.js";

/** How many definitions were looked at, and how many of them use each feature. */
export interface Counts {
  readonly definitions: number;
  /** By `<section>/<feature>`. */
  readonly uses: ReadonlyMap<string, number>;
}

/** Every feature as `<section>/<feature>`, with its row. */
export const rows: ReadonlyMap<string, Row> = new Map(
  Object.entries(coverage).flatMap(([section, features]) =>
    Object.entries(features).map(([feature, row]) => [`${section}/${feature}`, row] as const),
  ),
);

const head = `# What of Amazon States Language the authoring API says

Made by \`test/unit/asl-coverage.test.ts\` from definitions of others: AWS's documentation and samples, test suites of other tools, published workflows. Each is read, written again with the authoring API alone, compiled,
and compared with the original (\`npm run conformance -- --suite authoring\`). A feature that they use and that has no row here fails the test, as does a row that no definition proves; where none of theirs does, one of
our own does. \`ref\` stands for a placeholder. To make this page again, remove it and run the test.
`;

/** `docs/asl-coverage.md`. */
export function coveragePage({ definitions, uses }: Counts, failures: readonly Expectation[]): string {
  const sections = Object.entries(coverage).map(([section, features]) => {
    const lines = Object.entries(features).map(
      ([feature, row]) => `| ${feature} | ${uses.get(`${section}/${feature}`) ?? 0} | ${shown(row)} |`,
    );
    return `## ${section}\n\n| ASL | definitions | what you write |\n| --- | ---: | --- |\n${lines.join("\n")}\n`;
  });
  return [head, `Counted over ${definitions} definitions.\n`, ...sections, failurePart(failures)].join("\n");
}

function shown(row: Row): string {
  return typeof row === "string" ? row : row.missing;
}

function failurePart(failures: readonly Expectation[]): string {
  const lines = failures.map(
    ({ kind, name, reason }) => `| ${kind === "group" ? `all of ${name}` : name} | ${reason} |`,
  );
  return `## What does not come back\n\n| definition | why |\n| --- | --- |\n${lines.join("\n")}\n`;
}

/** The counts that stand on a page. */
export function countsOn(page: string): Counts {
  const uses = new Map<string, number>();
  let section = "";
  for (const line of page.split("\n")) {
    section = /^## (.+)$/.exec(line)?.[1] ?? section;
    const [, feature = "", count] = /^\| (.+?) \| (\d+) \| .+ \|$/.exec(line) ?? [];
    if (count !== undefined) uses.set(`${section}/${feature}`, Number(count));
  }
  return { definitions: Number(/^Counted over (\d+) definitions\.$/m.exec(page)?.[1] ?? 0), uses };
}
