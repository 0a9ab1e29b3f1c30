import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { root } from "./run.js";

/** A module hook that writes the URL of each module that is loaded. */
const hook = `export async function resolve(name, context, next) {
  const found = await next(name, context);
  process.stdout.write(found.url + "\\n");
  return found;
}`;

/** Every module that `import` loads. */
function imported(entry: string): readonly string[] {
  return loaded(`
    import { register } from "node:module";
    register("data:text/javascript," + encodeURIComponent(${JSON.stringify(hook)}));
    await import(${JSON.stringify(entry)});`);
}

/** Every module that `require` loads. */
function required(entry: string): readonly string[] {
  return loaded(`
    import { createRequire } from "node:module";
    const require = createRequire(${JSON.stringify(`${root}package.json`)});
    require(${JSON.stringify(entry)});
    process.stdout.write(Object.keys(require.cache).join("\\n"));`);
}

function loaded(program: string): readonly string[] {
  const flags = ["--input-type=module", "--eval", program];
  const { stdout, stderr, status } = spawnSync(process.execPath, flags, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.split("\n");
}

describe.each([
  { way: "import", load: imported, extension: ".js" },
  { way: "require", load: required, extension: ".cjs" },
])("$way of the built package", ({ load, extension }) => {
  test.each([
    { entry: "sfn-ds", file: "index" },
    { entry: "sfn-ds/services", file: "services/index" },
    { entry: "sfn-ds/sagemaker", file: "sagemaker/index" },
  ])("$entry loads no AWS client, no zod and no yaml", ({ entry, file }) => {
    const modules = load(entry);
    expect(modules.some((name) => name.endsWith(`/dist/${file}${extension}`))).toBe(true);
    expect(modules.filter((name) => /node_modules\/(@aws-sdk|@smithy|zod|yaml)\//.test(name))).toEqual([]);
  });
});
