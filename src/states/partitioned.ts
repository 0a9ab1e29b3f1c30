/** A text of a definition that depends on the partition of the workflow: the ARN of an integration. */
export interface Partitioned {
  readonly [brand]: true;
  textIn(partition: string): string;
}

const brand = Symbol.for("sfn-ds.partitioned");

/** A text that is made once the partition of the workflow is known; without one, it is `aws`. */
export function partitioned(textIn: (partition: string) => string): Partitioned {
  return { [brand]: true, textIn };
}

/** Whether `value` is a {@link Partitioned}. */
export function isPartitioned(value: unknown): value is Partitioned {
  return typeof value === "object" && value !== null && (value as Partial<Partitioned>)[brand] === true;
}
