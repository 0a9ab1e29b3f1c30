import fc from "fast-check";
import { expect, test } from "vitest";
import { isIntrinsicProblem, parseIntrinsic } from "../../src/expression/intrinsic-parser.js";
import type { Json } from "../../src/language/json.js";
import { evaluate } from "../unit/run-definition.js";

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

/** A value out of the input through a call. */
function through(call: string, input: Json): Json {
  return (evaluate({ "v.$": call }, input) as { readonly v: Json }).v;
}

test("a text in quotes comes out as it went in", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const quoted = `'${text.replace(/['{}\\]/g, (character) => `\\${character}`)}'`;
      expect(through(`States.ArrayGetItem(States.Array(${quoted}), 0)`, {})).toBe(text);
    }),
  );
});

test("Format keeps all but the places", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, value) => {
      const escaped = before.replace(/['{}\\]/g, (character) => `\\${character}`);
      expect(through(`States.Format('${escaped}{}', $.v)`, { v: value })).toBe(before + value);
    }),
  );
});

test("JSON goes to a text and back", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(through("States.StringToJson(States.JsonToString($.v))", { v: value })).toEqual(value);
    }),
  );
});

test("Base64 goes there and back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(through("States.Base64Decode(States.Base64Encode($.v))", { v: text })).toBe(text);
    }),
  );
});

test("the parts of a partition are the list", () => {
  fc.assert(
    fc.property(fc.array(json), fc.integer({ min: 1, max: 9 }), (list, size) => {
      const parts = through("States.ArrayPartition($.list, $.size)", { list, size }) as readonly (readonly Json[])[];
      expect(parts.flat(1)).toEqual(list);
      expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
    }),
  );
});

test("Unique keeps one of each, and each is contained", () => {
  fc.assert(
    fc.property(fc.array(json), (list) => {
      const unique = through("States.ArrayUnique($.list)", { list }) as readonly Json[];
      expect(through("States.ArrayUnique($.list)", { list: unique })).toEqual(unique);
      for (const item of list)
        expect(through("States.ArrayContains($.list, $.item)", { list: unique, item })).toBe(true);
    }),
  );
});

test("whatever the text, reading a call gives a tree or a problem", () => {
  const pieces = fc.constantFrom(
    "States.",
    "Format",
    "Array",
    "(",
    ")",
    "'",
    "\\",
    "{}",
    ",",
    "$.a",
    "[",
    "]",
    "1",
    "-",
    " ",
    "null",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const text = parts.join("");
      const result = parseIntrinsic(text);
      if (isIntrinsicProblem(result)) expect(result.at).toBeLessThanOrEqual(text.length);
      else expect(result.kind).toBe("call");
    }),
  );
});
