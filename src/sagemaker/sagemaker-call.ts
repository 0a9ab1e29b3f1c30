import { described } from "../expression/described.js";
import type { IntegrationPattern } from "../language/arn.js";
import type { Problems } from "../services/problems.js";
import { type TaskFields, taskFieldNames, taskFieldsOf } from "../states/task.js";
import { checkRequest, type RequestName } from "./request/check-request.js";
import { withoutUndefined } from "./request/late-value.js";
import { withParameters } from "./request/merge-parameters.js";
import { sageMakerResource } from "./sagemaker-task.js";
import { Session } from "./session/session.js";

/** A call to SageMaker as a step makes it. */
export interface SageMakerCall {
  /** Class of the step. */
  readonly step: string;
  /** The step's options beside those of every Task. */
  readonly names: { readonly [name: string]: unknown };
  readonly operation: RequestName;
  /** `undefined` where the step stands in the partition of its workflow. */
  readonly session: Session | undefined;
  readonly pattern: IntegrationPattern;
}

/**
 * The options of the Task that makes a call: the request with the author's `parameters` over it, held against what the API demands.
 *
 * @param request - members that are `undefined` are left out; `undefined` where there is nothing to make one of
 */
export function sageMakerTask(
  call: SageMakerCall,
  options: TaskFields & { readonly parameters?: unknown },
  request: Readonly<Record<string, unknown>> | undefined,
  problems: Problems,
): object {
  const { operation, session, pattern } = call;
  problems.addUnknown(call.step, options, { ...call.names, ...taskFieldNames }, []);
  const action = operation.charAt(0).toLowerCase() + operation.slice(1);
  const fields = { ...taskFieldsOf(options), resource: sageMakerResource(session, action, pattern) };
  if (request === undefined) return fields;
  const parameters = withParameters(withoutUndefined(request), options.parameters, ["Parameters"], problems);
  checkRequest(operation, parameters, ["Parameters"], problems);
  return { ...fields, parameters };
}

/** The session that a step was given, if any, which describes nothing with a session of its own. */
export function sessionOf(given: unknown, problems: Problems): Session | undefined {
  if (given === undefined || Session.is(given)) return given;
  problems.add("invalid_argument", ["session"], `expected a Session, got ${described(given)}`);
  return undefined;
}
