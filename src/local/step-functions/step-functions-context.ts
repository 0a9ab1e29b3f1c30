import type { JsonObject } from "../../language/json.js";
import type { Clock } from "../clock.js";
import type { LocalIdentity } from "../identity.js";
import type { Structure } from "../protocols/shape.js";
import type { Executions } from "./executions.js";
import type { Plans } from "./plans.js";
import type { Store } from "./store.js";
import type { Tasks } from "./tasks.js";

/** What the operations of Step Functions work on. */
export interface StepFunctionsContext {
  readonly identity: LocalIdentity;
  readonly clock: Clock;
  readonly store: Store;
  readonly plans: Plans;
  readonly executions: Executions;
  readonly tasks: Tasks;
  readonly newId: () => string;
}

/** One operation of the API. */
export interface ServedOperation {
  /** What AWS asks of the request. */
  readonly request: Structure;
  /** Operations that change something run one after the other. */
  readonly writes?: true;
  /** @param input - the request, checked */
  run(context: StepFunctionsContext, input: JsonObject): Promise<object>;
}
