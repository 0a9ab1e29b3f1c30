import { firstBytes } from "../jobs/first-bytes.js";

/** What a host has written to `/opt/ml/output/failure`, its first 1024 bytes; empty when there is no such file. */
export async function readFailure(ml: string): Promise<string> {
  const bytes = await firstBytes(`${ml}/output/failure`);
  return new TextDecoder("utf-8").decode(bytes, { stream: true }).trim();
}
