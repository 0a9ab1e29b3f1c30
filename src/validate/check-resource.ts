import type { IntegrationPattern } from "../language/arn.js";
import { allIntegrations, findIntegration, type Integration } from "../language/integrations.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** Checks the Resource of a reader or writer of a Map, which makes one of the calls `known` alone. */
export function checkCalled(
  resource: unknown,
  outer: Place | undefined,
  key: string,
  known: readonly string[],
  checker: Checker,
): undefined {
  if (checker.isOpen(resource)) return;
  if (typeof resource !== "string") return checker.refuse("Expected value of type String", outer, key);
  const [arn, partition, ...rest] = resource.split(":");
  const hint = `give ${known.map((call) => `arn:aws:states:::${call}`).join(" or ")}`;
  if (arn !== "arn" || !partition || rest.length < 4) {
    return checker.refuse("Value is not a valid resource ARN", outer, key, undefined, hint);
  }
  if (!known.some((call) => rest.join(":") === `states:::${call}`)) {
    checker.refuse(unrecognized(resource), outer, key, undefined, hint);
  }
}

function unrecognized(resource: string): string {
  return `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
}

/** What the Resource of a Task calls, as far as it can be told. */
export interface Call {
  readonly pattern: IntegrationPattern;
  /** Where it is an optimised integration. */
  readonly integration?: Integration | undefined;
}

const suffixes = {
  "": "REQUEST_RESPONSE",
  ".sync": "RUN_JOB",
  ".waitForTaskToken": "WAIT_FOR_TASK_TOKEN",
} as const satisfies { readonly [suffix: string]: IntegrationPattern };

const actionPattern = /^([A-Za-z0-9-]+):([A-Za-z0-9]+)(?:\.(sync|waitForTaskToken))?(?::(\d+))?$/;

/**
 * Checks the Resource of a Task: an ARN of a function, of an activity, or of an integration that there is.
 *
 * @param type - of the machine, or of the child executions in which the state runs
 */
export function checkResource(
  resource: unknown,
  task: Place,
  type: "STANDARD" | "EXPRESS",
  checker: Checker,
): Call | undefined {
  if (typeof resource !== "string") {
    checker.refuse("Expected value of type String", task, "Resource");
    return undefined;
  }
  // Most Tasks of a machine call what others call, too.
  const calls = checker.callsOf(type);
  const known = calls.get(resource);
  if (known !== undefined) return known;
  const call = readResource(resource, task, type, checker);
  if (call !== undefined) calls.set(resource, call);
  return call;
}

function readResource(resource: string, task: Place, type: "STANDARD" | "EXPRESS", checker: Checker): Call | undefined {
  const [arn, partition, service, , , ...rest] = resource.split(":");
  // AWS takes an ARN without a service: it looks at that of integrations and activities alone.
  if (arn !== "arn" || !partition || rest.length === 0) {
    const hint = "give an ARN such as arn:aws:states:::lambda:invoke";
    checker.refuse("Value is not a valid resource ARN", task, "Resource", undefined, hint);
    return undefined;
  }
  if (service === "lambda" && isFunctionWithoutName(rest)) {
    const hint = "name the function: arn:aws:lambda:<region>:<account>:function:<name>";
    checker.refuse("Value is not a valid resource ARN", task, "Resource", undefined, hint);
    return undefined;
  }
  if (service !== "states") return undefined;
  const called = rest.join(":");
  if (called.startsWith("activity:")) {
    if (called === "activity:") {
      const hint = "name the activity: arn:aws:states:<region>:<account>:activity:<name>";
      checker.refuse("Value is not a valid resource ARN", task, "Resource", undefined, hint);
    } else if (type === "EXPRESS")
      checker.refuse("Express state machine does not support Activity ARN", task, "Resource");
    return undefined;
  }
  const call = callOf(called);
  if (call === undefined) {
    checker.refuse(
      unrecognized(resource),
      task,
      "Resource",
      undefined,
      hintFor(called, resource.slice(0, -called.length), checker),
    );
    return undefined;
  }
  if (type === "EXPRESS" && call.pattern !== "REQUEST_RESPONSE") {
    checkExpress(call, task, checker);
    return undefined;
  }
  return call;
}

function isFunctionWithoutName([kind, name]: readonly string[]): boolean {
  return kind === "function" && !name;
}

function callOf(text: string): Call | undefined {
  const isSdk = text.startsWith("aws-sdk:");
  const [, service = "", action = "", suffix, version] = actionPattern.exec(isSdk ? text.slice(8) : text) ?? [];
  if (service === "") return undefined;
  const pattern = suffixes[suffix === undefined ? "" : (`.${suffix}` as keyof typeof suffixes)];
  // AWS writes services in small letters, and actions from a small one on.
  if (isSdk && (service !== service.toLowerCase() || /^[A-Z]/.test(action))) return undefined;
  if (isSdk) return pattern === "RUN_JOB" || version !== undefined ? undefined : { pattern };
  const integration = findIntegration(service, action);
  if (integration === undefined || !integration.patterns.includes(pattern)) return undefined;
  if (version === undefined) return { pattern, integration };
  const isVersion = pattern === "RUN_JOB" && Number(version) >= 1 && Number(version) <= (integration.jobVersion ?? 1);
  return isVersion ? { pattern, integration } : undefined;
}

/** `before` is what the ARN has before the call. */
function hintFor(called: string, before: string, checker: Checker): string {
  const isSdk = called.startsWith("aws-sdk:");
  const [, service = "", action = "", suffix] = actionPattern.exec(isSdk ? called.slice(8) : called) ?? [];
  if (isSdk) return hintForSdk(service, action, suffix, before);
  const integration = findIntegration(service, action);
  if (integration !== undefined) return `after ${service}:${action} there may stand ${endingsOf(integration)}`;
  const known = allIntegrations().map(([name, call]) => `${name}:${call}`);
  const near = checker.meant("resource", `${service}:${action}`, known);
  if (near === undefined) {
    return `use an optimised integration that there is, or aws-sdk:${service || "<service>"}:${action || "<action>"}`;
  }
  const right = callOf(`${near}${called.slice(service.length + 1 + action.length)}`) === undefined ? "" : suffix;
  return `did you mean ${before}${near}${right ? `.${right}` : ""}?`;
}

function hintForSdk(service: string, action: string, suffix: string | undefined, before: string): string {
  if (service === "") return "write aws-sdk:<service>:<action>, such as aws-sdk:s3:getObject";
  if (suffix === "sync") return "calls of the SDK have no .sync: wait in a loop, or use an optimised integration";
  const right = `${service.toLowerCase()}:${action.charAt(0).toLowerCase()}${action.slice(1)}`;
  return `did you mean ${before}aws-sdk:${right}${suffix === undefined ? "" : `.${suffix}`}?`;
}

/** What may be written after the action of a call. */
function endingsOf({ patterns, jobVersion }: Integration): string {
  const written = Object.entries(suffixes).filter(([, pattern]) => patterns.includes(pattern));
  const endings = written.map(([ending]) => (ending === "" ? "nothing" : ending));
  if (jobVersion !== undefined && patterns.includes("RUN_JOB")) endings.push(`.sync:${jobVersion}`);
  return endings.join(", ");
}

/** AWS's words; the second has a blank at its end. */
const inExpress: { readonly [P in IntegrationPattern]?: string } = {
  RUN_JOB: "Express state machine does not support '.sync' service integration",
  WAIT_FOR_TASK_TOKEN: "Express state machine does not support '.waitForTaskToken' service integration ",
};

function checkExpress({ pattern }: Call, task: Place, checker: Checker): undefined {
  const message = inExpress[pattern];
  if (message !== undefined) {
    checker.refuse(message, task, "Resource", undefined, "use a STANDARD machine, or call without waiting");
  }
}
