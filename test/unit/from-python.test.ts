import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { fromPythonPage } from "../from-python/page.js";
import { type PublicName, readPublicNames } from "../from-python/public-names.js";
import { isPlanned, type Members, nameOf, type Thing } from "../from-python/row.js";
import { table } from "../from-python/table.js";

const page = new URL("../../docs/from-python.md", import.meta.url);
const shared = new URL("../../../shared/", import.meta.url);
const sheet = new URL("reference/python-sdk-parity.md", shared);
const cases = new URL("conformance/python-sdk/cases.json", shared);

const things = table.flatMap((section) => section.things);
const named = things.filter((thing) => thing.at !== undefined).map((thing) => [thing.python, thing] as const);

let publicName: (...at: NonNullable<Thing["at"]>) => PublicName | undefined;
beforeAll(() => {
  publicName = readPublicNames();
}, 120_000);

test("docs/from-python.md is what the table says", () => {
  if (!existsSync(page)) writeFileSync(page, fromPythonPage());
  expect(readFileSync(page, "utf8")).toBe(fromPythonPage());
});

/** What is wrong with the names of members here: one that is not there, or a planned one that is. */
function wrongMembers(members: Members | undefined, known: ReadonlySet<string>): readonly string[] {
  return Object.entries(members ?? {}).flatMap(([python, member]) => {
    const name = nameOf(python, member);
    if (name === undefined || known.has(name) !== isPlanned(member)) return [];
    return isPlanned(member) ? `${name} is there: take away planned` : `${python}: there is no ${name}`;
  });
}

describe("what a row names is there, and what it calls planned is not", () => {
  test.each(named)("%s", (_, { at, planned, options, methods }) => {
    const found = at && publicName(...at);
    if (planned === true) {
      expect(found, "take away planned").toBeUndefined();
      return;
    }
    expect(found, `${at?.join(" ")} is exported`).toBeDefined();
    const wrong = found && [...wrongMembers(options, found.options), ...wrongMembers(methods, found.methods)];
    expect(wrong).toEqual([]);
  });
});

/** The exports that the words of a row speak of: `new Name(…)`, and functions with their arguments. */
function spokenOf({ here, options = {}, methods = {} }: Thing): readonly string[] {
  const words = [...Object.values(options), ...Object.values(methods)].map((member) =>
    typeof member === "object" && "say" in member ? member.say : "",
  );
  const texts = [here, ...words];
  return texts.flatMap((text) =>
    [...text.matchAll(/`(?:await )?(?:new ([A-Z]\w*)\(|([a-z]\w*)\((?!\)))/g)].map(
      ([, made, called]) => made ?? called ?? "",
    ),
  );
}

test("the functions and classes that rows speak of are exported", () => {
  const golden = readFileSync(new URL("../golden/exported-names.json", import.meta.url), "utf8");
  const exported = new Set(Object.values(JSON.parse(golden) as Record<string, readonly string[]>).flat());
  const spoken = things.filter(({ planned }) => planned !== true).flatMap(spokenOf);
  expect(spoken.length).toBeGreaterThan(30);
  expect([...new Set(spoken)].filter((name) => !exported.has(name))).toEqual([]);
});

/** Every name of Python that the table has. */
const pythonNames = new Set(
  things.flatMap(({ python, options = {}, methods = {} }) => [
    ...python.split(/[.,]\s*/),
    ...Object.keys(options),
    ...Object.keys(methods),
  ]),
);

/** What is no name of Python's API: short forms, what the sheet wishes for, and options that Python refuses. */
const noNames = new Set([
  "DeleteItemStep",
  "AddStep",
  "EmrCancelStep",
  "AwsSdkStep",
  "max_delay_seconds",
  "result_selector",
]);

describe.skipIf(!existsSync(sheet))(
  "the sheet of the Python packages in ../shared/reference (skipped where it is not there)",
  () => {
    const text = existsSync(sheet) ? readFileSync(sheet, "utf8") : "";
    const sections = text.slice(text.indexOf("\n## 1."), text.indexOf("\n## 14."));

    test("has no option or method without a row", () => {
      const words = new Set(sections.match(/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g));
      expect([...words].filter((word) => !pythonNames.has(word) && !noNames.has(word))).toEqual([]);
    });

    test("has no class or function without a row", () => {
      // A name before a bracket that opens its arguments.
      const calls = [...sections.matchAll(/(?<![\w.])([A-Za-z_]\w*)\((?=[a-z_]+[,=)*+]|[a-z_]+ |\))/g)].map(
        ([, name = ""]) => name,
      );
      expect([...new Set(calls)].filter((name) => !pythonNames.has(name) && !noNames.has(name))).toEqual([]);
    });

    test("has no step of a service without a row", () => {
      const steps = sections.match(/\b[A-Z][A-Za-z]+Step\b/g) ?? [];
      expect([...new Set(steps)].filter((name) => !pythonNames.has(name) && !noNames.has(name))).toEqual([]);
    });
  },
);

test.skipIf(!existsSync(cases))(
  "the classes and options of the conformance data have rows (skipped where they are not there)",
  () => {
    const missing = new Set<string>();
    const waiting: unknown[] = existsSync(cases) ? [JSON.parse(readFileSync(cases, "utf8"))] : [];
    for (const value of waiting) {
      if (typeof value !== "object" || value === null) continue;
      const { $new: made, kwargs } = value as { readonly $new?: unknown; readonly kwargs?: object };
      if (typeof made === "string") {
        for (const name of [...made.split("."), ...Object.keys(kwargs ?? {})])
          if (!pythonNames.has(name) && !noNames.has(name)) missing.add(`${made}: ${name}`);
      }
      for (const member of Object.values(value)) waiting.push(member);
    }
    expect([...missing]).toEqual([]);
  },
);
