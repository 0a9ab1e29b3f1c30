import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SfnDsError } from "../../src/language/sfn-ds-error.js";
import { openRoot, temporaryName } from "../../src/local/root.js";
import { temporaryFolder } from "../wire/clients.js";

/** No process has this number: Linux ends at 4,194,304. */
const deadProcess = 99_999_999;

describe("the data folder", () => {
  test("is made with all that is in it", async () => {
    const root = await openRoot(join(await temporaryFolder(), "new", ".sfn-ds"));
    expect(await readdir(root.path)).toEqual(["jobs", "s3", "s3-meta", "tmp"]);
  });

  test("loses what a process that has ended was writing", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "tmp"));
    await writeFile(join(folder, "tmp", `object-${deadProcess}-0123456789ab`), "half");
    expect(await readdir((await openRoot(folder)).temporary)).toEqual([]);
  });

  test("keeps what a process that runs is writing", async () => {
    const folder = await temporaryFolder();
    const name = temporaryName("object");
    await mkdir(join(folder, "tmp"));
    await writeFile(join(folder, "tmp", name), "half");
    expect(await readdir((await openRoot(folder)).temporary)).toEqual([name]);
  });

  test("is refused with its path when it cannot be made", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    const opened = openRoot(join(file, ".sfn-ds"));
    await expect(opened).rejects.toMatchObject({ code: "data_folder_not_writable", path: join(file, ".sfn-ds") });
  });

  test("is refused with an error that says what to do", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    const error: unknown = await openRoot(file).catch((problem: unknown) => problem);
    expect(SfnDsError.is(error)).toBe(true);
  });
});
