/** One case of `python-sdk/cases.json`; the format is described beside the data. */
export interface Case {
  readonly id: string;
  readonly group: string;
  readonly python: string;
  readonly args: {
    readonly program: readonly Statement[];
    readonly emit: readonly [kind: string, of: Node];
    readonly files?: Readonly<Record<string, string>>;
    readonly replies?: Readonly<Record<string, unknown>>;
    readonly region?: string;
  };
  readonly expected: unknown;
  readonly quirk?: string;
}

export type Statement =
  | readonly ["let", string, Node]
  | readonly ["call", string, readonly Node[], Readonly<Record<string, Node>>, string?]
  | readonly ["clear_calls"];

export type Node = unknown;

/** Whether `node` is a construct of the language with this marker, for example `$new`. */
export function isNode<Marker extends string>(
  node: Node,
  marker: Marker,
): node is Readonly<Record<Marker, unknown>> & Readonly<Record<string, unknown>> {
  return typeof node === "object" && node !== null && marker in node;
}

/** A Python name as this library writes it: `input_path` is `inputPath`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A class, method or option that this library does not have yet. */
export class NotBuilt extends Error {
  override readonly name = "NotBuilt";
}
