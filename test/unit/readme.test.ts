import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const fromRoot = (name: string): URL => new URL(`../../${name}`, import.meta.url);
const read = (name: string): string => readFileSync(fromRoot(name), "utf8");

const example = read("examples/one-step-processing/workflow.ts");
const blocks = [...read("README.md").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code.trimEnd());

describe("the code in the README", () => {
  test("is there", () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  test.each(blocks)("stands in the example that CI runs: %#", (block) => {
    expect(example).toContain(block);
  });
});

describe("what the pages speak of is there", () => {
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/guide.md",
    "docs/data-flow.md",
    "docs/errors.md",
    "docs/from-python.md",
    "docs/validate.md",
  ];
  const places = (text: string): readonly string[] => [
    ...[...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = ""]) => link),
    ...[...text.matchAll(/`((?:[a-z-]+\/)+[a-z-]+\.(?:ts|json|md|cjs))`/g)].map(([, path = ""]) => path),
  ];
  const cases = pages.flatMap((page) => places(read(page)).map((place) => ({ page, place })));

  test.each(cases)("$page: $place", ({ page, place }) => {
    const folders = [new URL(`../../${page}`, import.meta.url), ...["", "src/"].map(fromRoot)];
    expect(folders.some((folder) => existsSync(new URL(place, folder)))).toBe(true);
  });

  test("and the package holds every page and file that the README links to", () => {
    const { files } = JSON.parse(read("package.json")) as { files: readonly string[] };
    const links = [...read("README.md").matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !files.some((file) => link === file || link.startsWith(`${file}/`)))).toEqual([]);
  });
});
