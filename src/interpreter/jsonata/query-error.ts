import { messages } from "./messages.js";

/** What a message speaks of. */
export interface Inserts {
  readonly value?: unknown;
  readonly value2?: unknown;
  readonly index?: number;
  readonly type?: string | undefined;
  readonly exp?: number;
  readonly message?: string;
  readonly functionName?: string;
  token?: string | undefined;
}

/** Why an expression could not be evaluated. Thrown within an evaluation only, which ends by it: nothing in JSONata catches. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  /** `undefined`: a bound was met, and `message` is AWS's text for it. */
  readonly code: string | undefined;
  readonly inserts: Inserts;

  constructor(code: string | undefined, inserts: Inserts = {}, message = "") {
    super(message);
    this.code = code;
    this.inserts = inserts;
  }

  /** The text that AWS shows behind the code: numbers and texts are written as JSON. */
  get text(): string {
    const inserts = this.inserts as Readonly<Record<string, unknown>>;
    const template = this.code === undefined ? this.message : (messages[this.code] ?? "");
    return template.replace(/<(\w+)>|\{\{(\w+)\}\}/g, (_, plain?: string, asJson?: string) =>
      plain === undefined ? shownJson(inserts[asJson as string]) : String(inserts[plain]),
    );
  }
}

/** Something that the library in use did not foresee: AWS says so, and no more. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

function shownJson(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch {
    return "undefined";
  }
}
