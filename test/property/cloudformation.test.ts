import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { renderTemplate } from "../../src/document/cloudformation.js";
import type { StateMachineDefinition } from "../../src/language/asl.js";

/** Texts that mean something to one reader of YAML or another. */
const odd = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom(
      "\u0085",
      "\u2028",
      "\ufeff",
      "\u007f",
      "\t",
      "\n",
      " ",
      "'",
      '"',
      "#",
      ":",
      "-",
      "$",
      "{",
      "é",
      "😀",
    ),
  }),
  fc.constantFrom(
    "yes",
    "Off",
    "~",
    "null",
    "<<",
    "=",
    "0o7",
    "1_000",
    "12:30:00",
    "2010-09-09",
    "1e3",
    ".inf",
    "!t",
    "&a",
    "*a",
    "- x",
    "? x",
    "%x",
    "@x",
  ),
);

test("a template is read back as what it was written from, by YAML 1.1 and 1.2", async () => {
  await fc.assert(
    fc.asyncProperty(odd, odd, odd, fc.jsonValue(), async (name, key, description, result) => {
      const definition = {
        StartAt: name,
        States: { [name]: { Type: "Pass", Result: result, Comment: description, End: true } },
      } as unknown as StateMachineDefinition;
      const machine = { name, roleArn: key, definition, tags: [{ key, value: description }] };
      const text = await renderTemplate(machine, { description });
      // What parsers of YAML 1.1 refuse, or take for the end of a line.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for.
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/);
      for (const version of ["1.1", "1.2"] as const) {
        const { Description, Resources } = parse(text, { version });
        const { DefinitionString, ...properties } = Resources.StateMachineComponent.Properties;
        expect(Description).toBe(description);
        expect(properties).toEqual({ StateMachineName: name, RoleArn: key, Tags: [{ Key: key, Value: description }] });
        expect(DefinitionString).not.toMatch(/\$\{/);
        // A number may be -0, which JSON does not know.
        expect(JSON.parse(DefinitionString)).toEqual(JSON.parse(JSON.stringify(definition)));
      }
    }),
  );
});
