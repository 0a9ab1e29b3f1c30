import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { filled, guideFile, names, picturesOf, placesOf } from "../guide/guide.js";

// Where one of these fails on purpose, `npm run guide` writes the guide and its pictures anew.

const guide = readFileSync(guideFile, "utf8");
const pictures = picturesOf(guide);

describe("docs/data-flow.md", () => {
  test("shows the code that is compiled here, and what the compiler makes of it", () => {
    expect(filled(guide)).toBe(guide);
  });

  test("shows every flow", () => {
    const shown = new Set(placesOf(guide).map(({ name }) => name));
    expect(names.filter((name) => !shown.has(name))).toEqual([]);
  });

  test("has no block of code that is not filled in", () => {
    const rest = guide.replace(/<!-- \w+ \w+ -->\n[\s\S]*?<!-- end -->/g, "");
    expect(rest).not.toContain("```");
  });
});

describe("the pictures", () => {
  test.each(pictures)("$file shows what is compiled and run here", ({ file, svg }) => {
    expect(readFileSync(file, "utf8")).toBe(svg);
  });

  test("none is left over", () => {
    const [first] = pictures;
    const there = readdirSync(dirname(first?.file ?? "")).filter((name) => name.startsWith("data-flow-"));
    expect(there.sort()).toEqual(pictures.map(({ file }) => basename(file)).sort());
  });
});
