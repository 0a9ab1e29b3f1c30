import type { Json } from "../../language/json.js";
import type { Scope } from "../link.js";

/** A scope as it is written: filled state by state, so that nesting needs no recursion. */
export interface WrittenScope {
  readonly StartAt: string;
  readonly States: Record<string, Json>;
}

/** An empty object that is a table of keys from the start: with many names a plain `{}` becomes one, at three times the cost. */
function table(): Record<string, Json> {
  return Object.setPrototypeOf(Object.create(null), Object.prototype) as Record<string, Json>;
}

/** The written scopes of one machine. */
export class Scopes {
  private readonly written = new Map<Scope, WrittenScope>();

  of(scope: Scope): WrittenScope {
    const known = this.written.get(scope);
    if (known !== undefined) return known;
    const made = { StartAt: scope.start?.step.name ?? "", States: table() };
    this.written.set(scope, made);
    return made;
  }
}
