import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { intrinsicFunctions } from "../../src/expression/intrinsic-parser.js";
import { ChoiceRule } from "../../src/index.js";
import { stateFields } from "../../src/language/fields.js";
import type { JsonObject } from "../../src/language/json.js";
import { type Counts, countsOn, coveragePage, rows } from "../conformance/authoring/coverage-page.js";
import { featuresOf } from "../conformance/authoring/features.js";
import { ownDefinitions } from "../conformance/authoring/own-definitions.js";
import { readDefinitions, rebuild } from "../conformance/authoring/suite.js";
import { parseExpectations } from "../conformance/suite.js";

const folder = fileURLToPath(new URL("../../../shared/conformance/definitions", import.meta.url));
const hasData = existsSync(folder);
const page = new URL("../../docs/asl-coverage.md", import.meta.url);
const listed = new URL("../conformance/expected-failures/authoring.txt", import.meta.url);

/** What the page says, if there is one. */
const written = existsSync(page) ? countsOn(readFileSync(page, "utf8")) : undefined;

/** Features by how many definitions use them, and those of definitions that come back. */
const uses = new Map<string, number>();
const proved = new Set<string>();
let definitions = 0;

function prove(definition: JsonObject): void {
  if (rebuild(definition) !== undefined) return;
  for (const feature of featuresOf(definition)) proved.add(feature);
}

beforeAll(async () => {
  for (const definition of Object.values(ownDefinitions)) prove(definition);
  if (!hasData) return;
  for (const { definition } of await readDefinitions(folder)) {
    definitions++;
    for (const feature of featuresOf(definition)) uses.set(feature, (uses.get(feature) ?? 0) + 1);
    prove(definition);
  }
});

test.each(Object.entries(ownDefinitions))("our own definition of %s comes back", (_, definition) => {
  expect(rebuild(definition)).toBeUndefined();
});

describe.skipIf(!hasData)("the definitions in ../shared/conformance (skipped where they are not there)", () => {
  test("use no feature that has no row", () => {
    expect([...uses.keys()].filter((feature) => !rows.has(feature))).toEqual([]);
  });

  test("come back with no feature that is said to be missing", () => {
    const missing = [...rows].filter(([, row]) => typeof row !== "string").map(([feature]) => feature);
    expect(missing.filter((feature) => proved.has(feature))).toEqual([]);
  });
});

test("every row that says what to write is proved by a definition of others that uses it, or by one of our own", () => {
  const said = [...rows].filter(([, row]) => typeof row === "string").map(([feature]) => feature);
  const looked = said.filter((feature) => uses.has(feature) || (written?.uses.get(feature) ?? 0) === 0);
  expect(looked.filter((feature) => !proved.has(feature))).toEqual([]);
});

describe("every part of the language has a row", () => {
  const has = (section: string, name: string): boolean =>
    [...rows.keys()].some((row) => row === `${section}/\`${name}\`` || row.startsWith(`${section}/\`${name}: `));

  test.each(Object.entries(stateFields))("the fields of %s", (type, fields) => {
    expect(Object.keys(fields).filter((field) => field !== "Type" && !has(type, field))).toEqual([]);
  });

  test("the intrinsic functions", () => {
    expect(Object.keys(intrinsicFunctions).filter((name) => !has("Intrinsic functions", name))).toEqual([]);
  });

  test("the operators of choice rules", () => {
    const names = Object.keys(ChoiceRule).map((name) => name.charAt(0).toUpperCase() + name.slice(1));
    expect(names.filter((name) => !has("Choice, a rule", name))).toEqual([]);
  });
});

/** Other definitions have other counts, and none are there without them: those on the page stand then. */
function counts(): Counts {
  const isCounted = hasData && (written === undefined || written.definitions === definitions);
  return isCounted || written === undefined ? { definitions, uses } : written;
}

test("docs/asl-coverage.md says what the rows say", async () => {
  const failures = parseExpectations(readFileSync(listed, "utf8"));
  await expect(coveragePage(counts(), failures)).toMatchFileSnapshot(fileURLToPath(page));
});
