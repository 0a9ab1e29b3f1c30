import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { run } from "../../src/cli/index.js";

const page = readFileSync(new URL("../../docs/validate.md", import.meta.url), "utf8");
const [, definition = "", said = ""] =
  /^Of this file\n\n```json\n([\s\S]*?)```\n\nit says\n\n```\n([\s\S]*?)```/m.exec(page) ?? [];

test("docs/validate.md shows what the command says", async () => {
  let out = "";
  const code = await run(["validate", "-"], {
    write: (text) => {
      out += stripVTControlCharacters(text);
    },
    writeError: () => undefined,
    input: (async function* () {
      yield Buffer.from(definition);
    })(),
    environment: {},
    directory: ".",
    isTerminal: false,
  });
  const timeless = (text: string): string => text.replace(/\(\d+ ms\)/, "(… ms)");
  expect(timeless(out.replaceAll("<stdin>", "order.asl.json"))).toBe(timeless(said));
  expect(code).toBe(1);
});

test("docs/validate.md names every option of the command", async () => {
  let help = "";
  await run(["validate", "--help"], {
    write: (text) => {
      help += text;
    },
    writeError: () => undefined,
    environment: {},
    directory: ".",
    isTerminal: false,
  });
  const options = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
  expect(options.length).toBeGreaterThan(8);
  expect(options.filter((option) => !page.includes(`| \`${option}`))).toEqual([]);
});
