import { compileResolved } from "../compile/compile.js";
import { isPlaceholder } from "../expression/placeholder.js";
import type { StateMachineDefinition } from "../language/asl.js";
import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject, type Json, type JsonObject } from "../language/json.js";
import type { Session } from "../sagemaker/session/session.js";
import { Chain, FlowStep } from "../states/chain.js";
import { type Deferred, deferred, isDeferred } from "../states/deferred.js";
import { type AnyStep, authoredState } from "../states/step.js";
import { Workflow } from "../workflow/workflow.js";

/** The request of each state, by the state's name: what an execution of a template is given. */
export type PipelineInput = { readonly [state: string]: JsonObject };

/** What the templates take alike. */
export interface PipelineOptions {
  /** Name or ARN of the role that the state machine runs as. */
  readonly role: string;
  /** Name of the state machine; default `{kind of template}-{time}` in UTC. */
  readonly pipelineName?: string;
  /** Where the state machine is created and run; default the session of what runs in it. */
  readonly session?: Session;
}

/**
 * A workflow whose states take their whole requests from the execution's input, so that each execution may be given other ones.
 *
 * @param steps - the steps with all that is known when the workflow is made
 */
export function pipelineWorkflow(
  name: string,
  { session, role }: { readonly session: Session; readonly role: string },
  steps: readonly AnyStep[],
): Workflow<PipelineInput> {
  const definition = Chain.from(steps.map((step) => new PipelineState(step)));
  return new Workflow<PipelineInput, unknown>({ session, role, name, definition }) as Workflow<PipelineInput>;
}

/** The input that gives each of the steps its request. */
export async function inputOf(steps: readonly AnyStep[]): Promise<PipelineInput> {
  const { definition } = await compileResolved(Chain.from(steps));
  return inputIn(definition);
}

/** The requests that stand in a definition, by their states. */
export function inputIn(definition: StateMachineDefinition): PipelineInput {
  return Object.fromEntries(
    Object.entries(definition.States).map(([name, state]) => {
      const { Parameters: request } = state as { readonly Parameters?: Json };
      return [name, (request ?? {}) as JsonObject];
    }),
  );
}

/** `{base}-{time in UTC}`. */
export function timedName(base: string, session: Session): string {
  return `${base}-${session.now().toISOString().slice(0, 19).replace(/[T:]/g, "-")}`;
}

/** A step whose request comes from the execution's input. Creating its workflow uploads the files that the request names. */
class PipelineState extends FlowStep {
  constructor(step: AnyStep) {
    const { options, problems } = authoredState(step);
    const { resource, parameters = {} } = options as { readonly resource?: unknown; readonly parameters?: object };
    const paths = Object.keys(parameters).map((key) => [`${key}.$`, pathOf(step.name, key)]);
    const own = { ...options, resource: withFiles(resource, step), parameters: Object.fromEntries(paths) };
    super(step.name, "Task", own, { problems: [...problems, ...placeholdersIn(parameters)] });
  }
}

function pathOf(state: string, key: string): string {
  const name = state.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return `$$.Execution.Input['${name}'].${key}`;
}

function withFiles(resource: unknown, step: AnyStep): Deferred<string> {
  const resolve = async (): Promise<string> => String(isDeferred(resource) ? await resource.resolve() : resource);
  return deferred(`the call of ${shown(step.name)}`, resolve, async (progress) => {
    const { deferred: files } = await compileResolved(step);
    await Promise.all(files.map((file) => file.deploy?.(progress)));
  });
}

/** What is read while the machine runs has no place in an input, which is written before. */
function placeholdersIn(parameters: object): readonly Issue[] {
  const issues: Issue[] = [];
  const waiting: { readonly value: unknown; readonly path: Issue["path"] }[] = [
    { value: parameters, path: ["Parameters"] },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    if (isPlaceholder(value)) {
      const message = "a template writes its requests into the execution's input: they take values, no placeholders";
      issues.push(issue("invalid_argument", path, message, "give a value, or write the workflow of steps"));
    } else if ((isPlainObject(value) && !isDeferred(value)) || Array.isArray(value)) {
      for (const [key, member] of Object.entries(value)) waiting.push({ value: member, path: [...path, key] });
    }
  }
  return issues;
}
