import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Findings } from "../../src/validate/findings.js";
import type { Place } from "../../src/validate/place.js";
import { jsonFault } from "../../src/validate/text/json-fault.js";
import { readDefinition } from "../../src/validate/text/read-definition.js";

type Keys = readonly (string | number)[];

/** A value as it is written: objects as lists of members, so that a key may come twice. */
type Written =
  | string
  | number
  | boolean
  | null
  | readonly Written[]
  | { readonly members: readonly (readonly [string, Written])[] };

const key = fc.oneof(
  fc.constantFrom("a", "b", "States", "__proto__", 'q"', "\\", "é\u2028"),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const written = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.record({ members: fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }) }),
  ),
})).value;
const objects = fc.record({ members: fc.array(fc.tuple(key, written), { maxLength: 6 }) });
const spaces = fc.infiniteStream(fc.constantFrom("", "", " ", "\n", "\r\n", "\t", "  \n  "));

interface Rendered {
  readonly text: string;
  /** Where each place begins; of a key that comes twice, the last one. */
  readonly values: ReadonlyMap<string, number>;
  readonly paths: readonly Keys[];
  readonly hasDuplicates: boolean;
}

/** Writes a value with random white space, and notes where everything is. The judge: it knows nothing of reading. */
function render(value: Written, space: Iterator<string>): Rendered {
  let text = "";
  let hasDuplicates = false;
  const values = new Map<string, number>();
  const paths = new Map<string, Keys>();
  const blank = () => {
    text += space.next().value;
  };
  const write = (part: Written, path: Keys): void => {
    blank();
    const name = JSON.stringify(path);
    for (const known of values.keys()) if (known.startsWith(`${name.slice(0, -1)},`)) drop(known);
    values.set(name, text.length);
    paths.set(name, path);
    if (Array.isArray(part)) list(part as readonly Written[], path);
    else if (typeof part === "object" && part !== null && "members" in part) object(part.members, path);
    else text += JSON.stringify(part);
    blank();
  };
  const drop = (name: string): void => {
    values.delete(name);
    paths.delete(name);
  };
  const list = (items: readonly Written[], path: Keys): void => {
    text += "[";
    items.forEach((item, index) => {
      if (index > 0) text += ",";
      write(item, [...path, index]);
    });
    if (items.length === 0) blank();
    text += "]";
  };
  const object = (members: readonly (readonly [string, Written])[], path: Keys): void => {
    text += "{";
    const seen = new Set<string>();
    members.forEach(([name, inner], index) => {
      if (index > 0) text += ",";
      blank();
      hasDuplicates ||= seen.has(name);
      seen.add(name);
      text += JSON.stringify(name);
      blank();
      text += ":";
      write(inner, [...path, name]);
    });
    if (members.length === 0) blank();
    text += "}";
  };
  write(value, []);
  return { text, values, paths: [...paths.values()], hasDuplicates };
}

function placeOf(keys: Keys): Place | undefined {
  return keys.reduce<Place | undefined>((outer, name) => ({ outer, key: name }), undefined);
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

describe("the text of a definition", () => {
  test("every place is found where it was written", () => {
    fc.assert(
      fc.property(objects, spaces, (value, space) => {
        const { text, values, paths } = render(value, space);
        const { source } = readDefinition(text, new Findings());
        const found = source?.positionsOf(
          paths.map((path) => ({ code: "NO_PATH", message: "", place: placeOf(path) })),
        );
        const expected = paths.map((path) => lineAndColumn(text, values.get(JSON.stringify(path)) ?? -1));
        expect(found).toEqual(expected);
      }),
    );
  });

  test("what leads into nothing is told at the nearest place around it", () => {
    fc.assert(
      fc.property(objects, spaces, fc.nat(), (value, space, choice) => {
        const { text, values, paths } = render(value, space);
        const path = paths[choice % paths.length] as Keys;
        const { source } = readDefinition(text, new Findings());
        const place = placeOf([...path, "nowhere to be found", 3]);
        const found = source?.positionsOf([{ code: "NO_PATH", message: "", place }]);
        expect(found).toEqual([lineAndColumn(text, values.get(JSON.stringify(path)) ?? -1)]);
      }),
    );
  });

  test("the data are those of JSON.parse, and keys that come twice are never missed", () => {
    fc.assert(
      fc.property(objects, spaces, (value, space) => {
        const { text, hasDuplicates } = render(value, space);
        const findings = new Findings();
        expect(readDefinition(text, findings).value).toEqual(JSON.parse(text));
        expect(findings.all.length > 0).toBe(hasDuplicates);
      }),
    );
  });

  test("AWS's words are found for exactly what is no JSON", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "\\",
      "1",
      "-",
      "0",
      ".",
      "e",
      "+",
      "true",
      "nul",
      " ",
      "\n",
      "\u0000",
      "/",
      "x",
      "\\u00g",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = text.trim() === "";
        }
        expect(jsonFault(text) === undefined).toBe(isJson);
      }),
      { numRuns: 2_000 },
    );
  });

  test("no text and no data make it throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 60 }),
          fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true }),
        ),
        (definition) => {
          const findings = new Findings();
          const { value, source } = readDefinition(definition, findings, { substitutions: { a: "b" } });
          source?.positionsOf(findings.all);
          expect(value !== undefined || findings.all.length > 0).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
