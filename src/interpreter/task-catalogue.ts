import type { JsonObject } from "../language/json.js";
import type { TaskResource } from "./task-resource.js";

/** A call that the shell can make. */
export interface KnownTask {
  readonly resource: TaskResource;
  readonly requiredParameters: readonly string[];
  /** All parameters of the call; `undefined` where any name goes. */
  readonly parameters?: readonly string[];
  /** Why a call with these parameters, as they stand in the definition, can never be made. */
  readonly refuses?: ((parameters: JsonObject) => string | undefined) | undefined;
}

/** Which tasks the shell can run. */
export interface TaskCatalogue {
  /** The call that a `Resource` names, or why there is none here. */
  find(resource: string): KnownTask | { readonly refusal: string };
}
