import { describe, expect, test } from "vitest";
import { mostFindings } from "../../src/validate/findings.js";
import type { ValidateOptions } from "../../src/validate/issue.js";
import { validate } from "../../src/validate/validate.js";

describe("options from JavaScript", () => {
  const cases: readonly (readonly [options: unknown, said: string])[] = [
    [null, "[invalid_argument] validate() takes an object of options, got null"],
    [{ type: "express" }, '[invalid_argument] type: expected one of STANDARD, EXPRESS, got "express"'],
    [{ format: "toml" }, '[invalid_argument] format: expected one of json, yaml, got "toml"'],
    [{ ignore: "NO_PATH" }, '[invalid_argument] ignore: expected a list of codes, got "NO_PATH"'],
    [{ ignore: ["NO_PAT"] }, '[invalid_argument] ignore: expected codes of warnings, got "NO_PAT"; near it: NO_PATH'],
    [
      { ignore: ["SCHEMA_VALIDATION_FAILED"] },
      '[invalid_argument] ignore: expected codes of warnings, got "SCHEMA_VALIDATION_FAILED", which is an error',
    ],
    [{ substitutions: { A: 1 } }, '[invalid_argument] substitutions: expected true or an object of texts, got {"A":1}'],
    [{ ignor: [] }, '[unknown_option] ignor: validate() has no option "ignor"; near it: ignore'],
  ];

  test.each(cases)("%j", (options, said) => {
    expect(() => validate("{}", options as ValidateOptions)).toThrow(said);
  });

  test("an error cannot be switched off", () => {
    // @ts-expect-error the code of an error
    expect(() => validate("{}", { ignore: ["MISSING_END_STATE"] })).toThrow("which is an error");
  });
});

describe("what is too much to list", () => {
  const more = (definition: unknown, options?: ValidateOptions): readonly string[] =>
    validate(definition, options)
      .map(({ code }) => code)
      .filter((code) => code === "more_issues");

  test("is told, unless nobody wants to know", () => {
    const states = Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`S${index}`, { Type: "Foo" }]));
    const definition = { StartAt: "S0", States: states };
    expect(validate(definition)).toHaveLength(mostFindings + 1);
    expect(more(definition)).toEqual(["more_issues"]);
    expect(more(definition, { ignore: ["more_issues"] })).toEqual([]);
  });

  test("is not told where all is listed", () => {
    expect(more({ StartAt: "A", States: { A: { Type: "Foo" } } })).toEqual([]);
  });

  test("is also what a name makes long", () => {
    const name = "n".repeat(900_000);
    const fields = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`F${index}`, 1]));
    const issues = validate({ StartAt: name, States: { [name]: { Type: "Pass", End: true, ...fields } } });
    expect(issues.length).toBeLessThan(10);
    expect(issues.at(-1)?.code).toBe("more_issues");
  });
});
