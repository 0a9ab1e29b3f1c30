import { inspectIntrinsic, inspectPath, isUnreadable } from "../../expression/inspect-path.js";
import { looksLikeIntrinsic } from "../../expression/intrinsic-parser.js";
import { jobNames, nameTaken } from "../../language/job-names.js";
import { limits } from "../../language/limits.js";
import { isMembers, type Members } from "../check-object.js";
import type { Findings } from "../findings.js";
import type { Graph, Node } from "../graph.js";

/** Warns of tasks that nobody can end, that never end, and that are tried again in vain. */
export function checkTasks(machine: unknown, graphs: readonly Graph[], findings: Findings): void {
  const isBounded = isMembers(machine) && machine["TimeoutSeconds"] !== undefined;
  for (const graph of graphs) {
    for (const node of graph.nodes) {
      checkRetries(node, findings);
      checkSize(node, findings);
      const { Resource: resource } = node.state;
      if (node.state["Type"] !== "Task" || typeof resource !== "string") continue;
      if (resource.endsWith(".waitForTaskToken")) checkToken(node, findings);
      if (!isBounded) checkBound(node, resource, findings);
    }
  }
}

function checkToken({ state, place, isJsonata }: Node, findings: Findings): void {
  const given = isJsonata ? state["Arguments"] : state["Parameters"];
  if (isJsonata ? hasText(given, (text) => tokenInJsonata.test(text)) : handsOnToken(state["InputPath"], given)) return;
  const [field, token] = isJsonata ? ["Arguments", "$states.context.Task.Token"] : ["Parameters", "$$.Task.Token"];
  const message = `expected ${token} in ${field}, as the task waits for an answer that names it`;
  findings.add({
    code: "missing_task_token",
    message,
    place: given === undefined ? place : { outer: place, key: field },
    ...(isJsonata && { hint: `hand on ${token}: without it nobody can end the task` }),
  });
}

const tokenInJsonata = /\$states\.context|\$states\s*(?:$|[^.\s]|%\})|\$\w*(?:context|token)/i;

/** Whether what a task is given has the token: then `InputPath`, or a path in the parameters, leads to it, or to what is around it. */
function handsOnToken(inputPath: unknown, parameters: unknown): boolean {
  if (typeof inputPath === "string" && leadsToToken(inputPath)) return true;
  return hasText(parameters, (text, key) => key.endsWith(".$") && leadsToToken(text));
}

function leadsToToken(text: string): boolean {
  const read = looksLikeIntrinsic(text) ? inspectIntrinsic(text) : inspectPath(text);
  if (isUnreadable(read)) return false;
  return ("paths" in read ? read.paths : [read]).some(
    ({ root, segments }) =>
      root === "context" && segments.every((key, index) => index > 1 || key === wayToToken[index]),
  );
}

const wayToToken = ["Task", "Token"];

/** Values that are looked at: an object may stand within itself. */
const mostLooks = 20_000;

/** Whether a text within a value fits; nothing is recursive. */
function hasText(value: unknown, fits: (text: string, key: string) => boolean): boolean {
  const pending: (readonly [string, unknown])[] = [["", value]];
  for (let looks = 0; looks < mostLooks; looks++) {
    const [key, next] = pending.pop() ?? [];
    if (key === undefined) return false;
    if (typeof next === "string" && fits(next, key)) return true;
    if (typeof next === "object" && next !== null) for (const inner of Object.entries(next)) pending.push(inner);
  }
  return false;
}

/** Jobs of services that set no bound of their own; of others AWS ends a job after minutes, hours or days. */
const unbounded =
  /^arn:[^:]*:states:::(?:ecs:runTask|batch:submitJob|eks:runJob|eks:call|elasticmapreduce:addStep)\.sync$/;

function checkBound({ state, place }: Node, resource: string, findings: Findings): void {
  if (!unbounded.test(resource)) return;
  const fields = ["TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"];
  if (fields.some((field) => state[field] !== undefined)) return;
  const given = state["Parameters"] ?? state["Arguments"];
  if (isMembers(given) && (given["Timeout"] !== undefined || given["Timeout.$"] !== undefined)) return;
  const message = "expected TimeoutSeconds: the service sets no bound to the job, and AWS waits for it up to a year";
  findings.add({ code: "job_without_timeout", message, place });
}

/** Errors that the same input brings on again, or that AWS never tries again. */
const hopeless: ReadonlySet<string> = new Set(["States.Runtime", "States.DataLimitExceeded", "States.NoChoiceMatched"]);
const jobResource = /^arn:[^:]*:states:::(?:aws-sdk:)?sagemaker:([A-Za-z]+)(\.sync(?::2)?)?$/;

function checkRetries({ state, place, isJsonata }: Node, findings: Findings): void {
  const rules = state["Retry"];
  if (!Array.isArray(rules)) return;
  const job = constantJob(state, isJsonata);
  const outer = { outer: place, key: "Retry" };
  for (const [key, rule] of rules.entries()) {
    const errors: unknown = isMembers(rule) ? rule["ErrorEquals"] : undefined;
    if (!isMembers(rule) || !Array.isArray(errors) || rule["MaxAttempts"] === 0) continue;
    const inVain = errors.findIndex((error) => hopeless.has(error));
    const at = { outer, key };
    if (inVain >= 0) {
      const names = { outer: at, key: "ErrorEquals" };
      const isOnly = errors.length === 1;
      const message = isOnly
        ? `expected an error that another try may mend, got ${errors[inVain]}`
        : `expected errors that another try may mend: ${errors[inVain]} has no effect here`;
      findings.add({ code: "retry_cannot_succeed", message, place: isOnly ? names : { outer: names, key: inVain } });
    }
    if (job !== undefined && errors.some((error) => job.failures.has(error))) {
      const message = `expected another ${job.field} at each try, got ${JSON.stringify(job.name)}, which is taken by then`;
      findings.add({ code: "retry_cannot_succeed", message, place: at });
    }
  }
}

interface Job {
  readonly field: string;
  readonly name: string;
  /** Errors of a job that was accepted: its name is taken. */
  readonly failures: ReadonlySet<unknown>;
}

/** A job whose name is the same at each try. */
function constantJob(state: Members, isJsonata: boolean): Job | undefined {
  const [, call = "", sync] = jobResource.exec(String(state["Resource"])) ?? [];
  const field = Object.hasOwn(jobNames, call) ? jobNames[call] : undefined;
  const given = isJsonata ? state["Arguments"] : state["Parameters"];
  if (field === undefined || !isMembers(given)) return undefined;
  const name = given[field] ?? given[`${field}.$`];
  if (typeof name !== "string" || changing.test(name)) return undefined;
  const failures = sync === undefined ? [nameTaken] : [nameTaken, "States.TaskFailed", "States.Timeout", "States.ALL"];
  return { field, name, failures: new Set(failures) };
}

/** What may give another name at another try; a placeholder of a template may stand for anything. */
const changing =
  /States\.(?:UUID|MathRandom)|\$(?:uuid|random|now|millis)\s*\(|RetryCount|EnteredTime|\$\{|\$states(?!\s*\.)|\$\$\s*$/;

/** Constants that alone are more than a payload may hold. */
function checkSize({ state, place, isJsonata }: Node, findings: Findings): void {
  for (const key of isJsonata ? ["Arguments", "Output"] : ["Result", "Parameters"]) {
    const value = state[key];
    if (typeof value !== "object" || value === null) continue;
    const size = leastSize(value);
    if (size <= limits.payloadBytes) continue;
    const message = `expected at most ${limits.payloadBytes} bytes, got at least ${size}`;
    findings.add({ code: "large_payload", message, place: { outer: place, key } });
  }
}

/** Characters that a value has as JSON at the least. Nothing is recursive. */
function leastSize(value: object): number {
  let size = 0;
  const pending: unknown[] = [value];
  // Larger than a definition nothing gets, but for an object that stands within itself.
  while (pending.length > 0 && size <= limits.definitionLength) {
    const next = pending.pop();
    if (typeof next === "string") size += isRead(next) ? 0 : next.length + 3;
    else if (Array.isArray(next)) for (const inner of next) pending.push(inner);
    else if (isMembers(next)) {
      for (const key of Object.keys(next)) {
        size += key.length + 3;
        pending.push(next[key]);
      }
    } else size += 2;
  }
  return size;
}

function isRead(text: string): boolean {
  return text.startsWith("$") || text.startsWith("States.") || text.startsWith("{%");
}
