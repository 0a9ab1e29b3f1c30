import type { LocalIdentity } from "../identity.js";

/** The ARN of a job, a model or the like: names that differ in nothing but case have one, and so are the same name. */
export function resourceArn({ partition, region, account }: LocalIdentity, resource: string, name: string): string {
  return `arn:${partition}:sagemaker:${region}:${account}:${resource}/${nameKey(name)}`;
}

/** What the service keeps a name by. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}
