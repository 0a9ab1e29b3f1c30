import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);

/** A module hook that writes the URL of each module that is loaded. */
const hook = `export async function resolve(name, context, next) {
  const found = await next(name, context);
  process.stderr.write(found.url + "\\n");
  return found;
}`;

test("importing sfn-ds/sagemaker loads no AWS client and no zod", async () => {
  const program = `
    import { register } from "node:module";
    register("data:text/javascript," + encodeURIComponent(${JSON.stringify(hook)}));
    await import("./src/sagemaker/index.ts");`;
  const run = promisify(execFile);
  const flags = ["--import", "tsx", "--input-type=module", "--eval", program];
  const { stderr } = await run(process.execPath, flags, { cwd: root });
  const loaded = stderr.split("\n");
  expect(loaded.some((url) => url.includes("/src/sagemaker/session.ts"))).toBe(true);
  expect(loaded.filter((url) => /node_modules\/(@aws-sdk|@smithy|zod)/.test(url))).toEqual([]);
});
