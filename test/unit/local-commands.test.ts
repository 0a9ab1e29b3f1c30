import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { commandsOf, parseNamedCommand } from "../../src/cli/local-commands.js";
import { createLocalService, defaultIdentity, startLocal } from "../../src/local/index.js";
import { type LocalCommands, namedCommands } from "../../src/local/jobs/local-commands.js";
import { temporaryFolder } from "../wire/clients.js";

const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn-train:1";

describe("a command stands for an image or a job", () => {
  const keys = [
    { key: image, fits: true },
    { key: "*", fits: true },
    { key: "*/churn-train:*", fits: true },
    { key: "*.amazonaws.com/*-train:1", fits: true },
    { key: "nightly-*", fits: true },
    { key: "*/churn-train", fits: false },
    { key: "churn-train:1", fits: false },
    { key: "*:1:1", fits: false },
    { key: "*churn-train:1*1", fits: false },
    { key: "123*123456789012*", fits: false },
  ];
  test.each(keys)("$key: $fits", ({ key, fits }) => {
    expect(namedCommands({ [key]: ["true"] })(image, "nightly-1") !== undefined).toBe(fits);
  });

  test("the key that says most counts", () => {
    const find = namedCommands({ "*": ["a"], [image]: ["b"], "*churn-train:*": ["c"] });
    expect(find(image, "job")?.words).toEqual(["b"]);
  });

  test("of two that say as much, the first counts", () => {
    expect(namedCommands({ "*ab": ["a"], "ab*": ["b"] })("ab", "job")?.words).toEqual(["a"]);
  });

  test.each([
    ["nightly-*", true],
    ["*/train:*", false],
  ])("for a name that is not known yet, %s counts: %s", (key, counts) => {
    expect(namedCommands({ [key]: ["x"] })("other:1", undefined) !== undefined).toBe(counts);
  });

  test("it runs where the service runs, or in its own directory", () => {
    const find = namedCommands({ a: ["x"], b: { command: ["x"], directory: "test" } });
    expect([find("a", "")?.directory, find("b", "")?.directory]).toEqual([process.cwd(), resolve("test")]);
  });
});

const wrong = [
  { name: "a text", commands: { a: "python3 train.py" }, text: 'as the command of "a", got "python3 train.py"' },
  { name: "no words", commands: { a: [] }, text: "expected a list of words" },
  { name: "an empty program", commands: { a: [""] }, text: "expected a list of words" },
  { name: "a number among the words", commands: { a: ["x", 1] }, text: "expected a list of words" },
  { name: "a NUL character", commands: { a: ["x", "\0"] }, text: "no NUL character" },
  { name: "a directory that is none", commands: { a: { command: ["x"], directory: 1 } }, text: "expected a path" },
  { name: "a folder that is not there", commands: { a: { command: ["x"], directory: "no/such" } }, text: "exists" },
  { name: "a file as the directory", commands: { a: { command: ["x"], directory: "package.json" } }, text: "exists" },
  {
    name: "a member that is misspelt",
    commands: { a: { command: ["x"], dir: "." } },
    text: 'the command of "a" has no "dir"; the nearest are "directory"',
  },
  { name: "a member that there is not", commands: { a: { command: ["x"], environment: {} } }, text: '"environment"' },
  { name: "an empty key", commands: { "": ["x"] }, text: "got an empty text" },
  { name: "a list", commands: [["x"]], text: "expected commands by image or job" },
];
test.each(wrong)("$name is refused at the start", async ({ commands, text }) => {
  const started = startLocal({ directory: await temporaryFolder(), commands: commands as unknown as LocalCommands });
  await expect(started).rejects.toMatchObject({ code: "invalid_command", message: expect.stringContaining(text) });
});

test("an option that there is not is refused at the start", async () => {
  const directory = await temporaryFolder();
  for (const options of [{ comands: {} }, { directory, Port: 1 }]) {
    await expect(startLocal(options as never)).rejects.toMatchObject({ issues: [{ code: "unknown_option" }] });
  }
  await expect(startLocal(null as never)).rejects.toMatchObject({ issues: [{ code: "invalid_argument" }] });
  const service = { directory, identity: defaultIdentity, command: {} };
  await expect(createLocalService(service as never)).rejects.toMatchObject({ issues: [{ path: ["command"] }] });
});

describe("--command", () => {
  const words = [
    ["a=b", ["b"]],
    ["a=python3  train.py ", ["python3", "train.py"]],
    ["a=sh -c 'echo $HOME > x'", ["sh", "-c", "echo $HOME > x"]],
    [`a=x --k="a b"'c' ""`, ["x", "--k=a bc", ""]],
    ["a=x=y", ["x=y"]],
  ] as const;
  test.each(words)("%s", (text, expected) => {
    expect(parseNamedCommand(text)).toEqual(["a", expected]);
  });

  test.each(["a", "=b", "a=", "a=  ", "a=x 'y"])("refuses %j", (text) => {
    expect(() => parseNamedCommand(text)).toThrow("expected IMAGE=COMMAND");
  });
});

describe("--commands", () => {
  const file = async (text: string) => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "sub"));
    await writeFile(join(folder, "sub/commands.json"), text);
    return folder;
  };

  test("run in the folder of their file, or below it", async () => {
    const folder = await file('{"a": ["x"], "b": {"command": ["y"], "directory": "d"}}');
    expect(await commandsOf({ commands: "sub/commands.json" }, folder)).toEqual({
      a: { command: ["x"], directory: join(folder, "sub") },
      b: { command: ["y"], directory: join(folder, "sub/d") },
    });
  });

  test("give way to those of the command line", async () => {
    const folder = await file('{"a": ["x"]}');
    expect(await commandsOf({ command: [["a", ["y"]]], commands: "sub/commands.json" }, folder)).toEqual({
      a: { command: ["y"], directory: folder },
    });
  });

  test.each([
    ["{", "unreadable_file"],
    ["[]", "invalid_command"],
  ])("refuses a file with %s", async (text, code) => {
    await expect(commandsOf({ commands: "sub/commands.json" }, await file(text))).rejects.toMatchObject({ code });
  });
});
