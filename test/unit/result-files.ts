import { type ResultFile, writeAll } from "../../src/interpreter/map/result-files.js";

/** All files of the results of a Map run, without the pauses. */
export function resultFiles(...given: Parameters<typeof writeAll>): readonly ResultFile[] {
  return [...writeAll(...given)].filter((file) => file !== undefined);
}
