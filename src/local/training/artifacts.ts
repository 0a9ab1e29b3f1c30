import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { collectOutput, isInside, upload } from "../jobs/collect-outputs.js";
import { below } from "../jobs/request-parts.js";
import type { Host, JobSurroundings } from "../jobs/run-hosts.js";
import type { TrainingJobRequest } from "./training-job-request.js";

/** Where the model of a job goes. */
export function modelUri({ outputPath, name, isCompressed }: TrainingJobRequest): string {
  return below(outputPath, `${name}/output/${isCompressed ? "model.tar.gz" : "model/"}`).uri;
}

/** Copies what the hosts have left in `/opt/ml/model` to S3. */
export async function saveModel(
  surroundings: JobSurroundings,
  request: TrainingJobRequest,
  hosts: readonly Host[],
): Promise<void> {
  await save(surroundings, request, hosts, { folder: "model", name: "model" });
}

/** Copies what the hosts have left in `/opt/ml/output/data`, and their checkpoints. */
export async function saveOutput(
  surroundings: JobSurroundings,
  request: TrainingJobRequest,
  hosts: readonly Host[],
): Promise<void> {
  await save(surroundings, request, hosts, { folder: "output/data", name: "output" });
  const { checkpoints } = request;
  if (checkpoints === undefined) return;
  const output = { name: "checkpoints", destination: checkpoints.place, localPath: checkpoints.localPath };
  for (const { ml, log } of hosts) {
    const folder = join(ml, checkpoints.localPath.slice("/opt/ml/".length));
    const count = await collectOutput(surroundings.storage, output, { folder, ml, say: log.note });
    log.note(`checkpoints: ${count} files uploaded to ${checkpoints.place.uri}`);
  }
}

/** Copies a folder of the hosts to S3: an archive, or its files. */
async function save(
  { storage }: JobSurroundings,
  { outputPath, name: job, isCompressed }: TrainingJobRequest,
  hosts: readonly Host[],
  { folder, name }: { readonly folder: string; readonly name: string },
): Promise<void> {
  const [first, ...others] = hosts;
  if (first === undefined) return;
  const { log, ml } = first;
  const own = join(ml, folder);
  if (!(await isInside(own, ml))) {
    return log.note(`/opt/ml/${folder} is gone or leads elsewhere: nothing was uploaded`);
  }
  await merge(own, others, folder);
  const entries = (await readdir(own)).sort();
  if (entries.length === 0) {
    // Few jobs have other output than their model.
    if (name === "model") log.note("/opt/ml/model is empty: no model was uploaded");
    return;
  }
  const place = below(outputPath, `${job}/output/${name}`);
  if (!isCompressed) {
    const output = { name, destination: place, localPath: `/opt/ml/${folder}` };
    const count = await collectOutput(storage, output, { folder: own, ml, say: log.note });
    return log.note(`/opt/ml/${folder}: ${count} files uploaded to ${place.uri}/`);
  }
  const file = join(first.folder, `${name}.tar.gz`);
  await archive(file, own, entries);
  await upload(storage, place.bucket, `${place.key}.tar.gz`, file);
  await rm(file);
  log.note(`/opt/ml/${folder} uploaded to ${place.uri}.tar.gz`);
}

/** The folders of all hosts become one, in which the first host's files count. */
async function merge(own: string, others: readonly Host[], folder: string): Promise<void> {
  for (const { ml } of others) {
    const theirs = join(ml, folder);
    if (await isInside(theirs, ml)) await cp(theirs, own, { recursive: true, force: false, verbatimSymlinks: true });
  }
}

async function archive(file: string, folder: string, entries: readonly string[]): Promise<void> {
  const { create } = await import("tar");
  // A name that begins with @ would be taken for an archive that is to be put in.
  const names = entries.map((entry) => (entry.startsWith("@") ? `./${entry}` : entry));
  await create({ file, cwd: folder, gzip: true, portable: true }, names);
}
