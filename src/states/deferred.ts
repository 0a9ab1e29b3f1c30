/** What a deployment can do: say a value, and bring about what the value speaks of. */
export interface Deferred<T = unknown> {
  readonly [deferredBrand]: true;
  /** What it is, for messages: `the S3 URI of preprocess.py`. */
  readonly label: string;
  /** The value; asks the session at most for names, changes nothing. */
  resolve(): Promise<T>;
  /** Makes true what the value says, for example uploads the file; called by `create()` and `update()`. */
  deploy?(progress: DeployProgress): Promise<void>;
}

/** Told about each thing that a deployment does. */
export type DeployProgress = (event: DeployEvent) => void;

export interface DeployEvent {
  readonly kind: "uploaded" | "unchanged";
  /** Where it is now, for example an S3 URI. */
  readonly uri: string;
  readonly sizeBytes: number;
}

const deferredBrand = Symbol.for("sfn-ds.deferred");

/**
 * A value that is known when the workflow is deployed, not when it is written: an account's bucket, a role's ARN, the place of an uploaded file.
 * It may stand wherever a value may stand in a step.
 */
export function deferred<T>(
  label: string,
  resolve: () => Promise<T>,
  deploy?: (progress: DeployProgress) => Promise<void>,
): Deferred<T> {
  return { [deferredBrand]: true, label, resolve, ...(deploy === undefined ? {} : { deploy }) };
}

/** Whether `value` is a {@link Deferred}. */
export function isDeferred(value: unknown): value is Deferred {
  return typeof value === "object" && value !== null && (value as Partial<Deferred>)[deferredBrand] === true;
}
