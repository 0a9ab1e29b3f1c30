import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { issueCodes } from "../../src/language/errors.js";
import { errorCodes } from "../../src/language/sfn-ds-error.js";
import { validationCodes } from "../../src/language/validation-codes.js";

const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
const [, issuePart = "", errorPart = "", validatorPart = ""] = page.split(/^## .*$/m);

function codesOn(part: string): readonly string[] {
  return [...part.matchAll(/^\| `([a-z_]+)` \| .+ \| .+ \|$/gm)].map(([, code = ""]) => code);
}

describe("docs/errors.md and the tables list the same codes", () => {
  test("issues", () => {
    expect([...codesOn(issuePart)].sort()).toEqual(Object.keys(issueCodes).sort());
  });

  test("errors at run time", () => {
    expect([...codesOn(errorPart)].sort()).toEqual(Object.keys(errorCodes).sort());
  });

  test("what the validator says, with its severity", () => {
    const rows = [...validatorPart.matchAll(/^\| `([A-Za-z_]+)` \| (error|warning) \| .+ \| .+ \|$/gm)];
    const listed = Object.fromEntries(rows.map(([, code = "", severity = ""]) => [code, severity]));
    const known = Object.entries(validationCodes).map(([code, { severity }]) => [code, severity]);
    expect(listed).toEqual(Object.fromEntries(known));
  });
});

describe("every code has a test that names it", () => {
  const folder = new URL("../", import.meta.url);
  const tests = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.test(-d)?\.ts$/.test(name) && !name.endsWith("errors-page.test.ts"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));

  test.each([...Object.keys(issueCodes), ...Object.keys(errorCodes), ...Object.keys(validationCodes)])("%s", (code) => {
    // Quoted, in brackets as messages print it, or in a list of codes.
    const named = new RegExp(`["'\`[,]${code}["'\`\\], :]`);
    expect(tests.some((text) => named.test(text))).toBe(true);
  });
});
