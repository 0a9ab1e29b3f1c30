import { isPlaceholder, type Ref } from "../../expression/placeholder.js";
import { type Deferred, isDeferred } from "../../states/deferred.js";

/** A text that is known now, when the workflow is deployed, or while the state machine runs. */
export type LateText = string | Ref<string> | Deferred<string>;

/** Whether `value` is known only later, so that nothing can be said of it now. */
export function isLate(value: unknown): value is Ref<unknown> | Deferred {
  return isPlaceholder(value) || isDeferred(value);
}

/** An object without its members that are `undefined`. */
export function withoutUndefined(data: { readonly [key: string]: unknown }): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
