import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sfnDs, temporaryFolder } from "./run.js";

const wrong = '{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }';
const good = '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }';

test.each([
  { name: "errors were found", text: wrong, code: 1 },
  { name: "not all is looked at", text: good, code: 1 },
])("a reader that leaves early does not make a success of it: $name", async ({ text, code }) => {
  const directory = temporaryFolder();
  for (let index = 0; index < 200; index++) writeFileSync(join(directory, `${index}.asl.json`), text);
  const { child, ended } = sfnDs(["validate", ".", "--json"], { directory });
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code, signal: null, err: "" });
});
