import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { issueCodes } from "../../src/language/errors.js";
import { errorCodes } from "../../src/language/sfn-ds-error.js";

const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
const [, issuePart = "", errorPart = ""] = page.split(/^## .*$/m);

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
});
