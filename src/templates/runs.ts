import { compileResolved } from "../compile/compile.js";
import { type Issue, issue, shown, throwIssues } from "../language/errors.js";
import type { Session } from "../sagemaker/session/session.js";
import { Chain } from "../states/chain.js";
import type { DeployProgress } from "../states/deferred.js";
import { type AnyStep, authoredState } from "../states/step.js";
import type { Execution } from "../workflow/execution.js";
import type { Workflow } from "../workflow/workflow.js";
import { inputIn, type PipelineInput, timedName } from "./pipeline.js";

/** The names of the states, with the members that each reads from the input. */
type Shape = ReadonlyMap<string, ReadonlySet<string>>;

/** The executions of a template. */
export class Runs {
  readonly #workflow: Workflow<PipelineInput>;
  readonly #shape: Shape;
  readonly #base: string;
  readonly #session: Session;
  #last = "";
  #ofOneSecond = 1;

  /** @param steps - those that the workflow was made of */
  constructor(workflow: Workflow<PipelineInput>, steps: readonly AnyStep[], base: string, session: Session) {
    this.#workflow = workflow;
    this.#shape = shapeOf(steps);
    this.#base = base;
    this.#session = session;
  }

  /** `{base}-{time in UTC}`, as in the Python SDK; a second one in the same second ends in `-2`. */
  nextName(): string {
    const name = timedName(this.#base, this.#session);
    this.#ofOneSecond = name === this.#last ? this.#ofOneSecond + 1 : 1;
    this.#last = name;
    return this.#ofOneSecond === 1 ? name : `${name}-${this.#ofOneSecond}`;
  }

  /** Uploads what is new, and starts an execution with the requests of the steps. */
  async execute(jobName: string, steps: readonly AnyStep[], onProgress: DeployProgress = () => {}): Promise<Execution> {
    const { definition, deferred: files } = await compileResolved(Chain.from(steps));
    throwIssues(differences(this.#shape, shapeOf(steps)));
    // Files may have changed since the workflow was created.
    await Promise.all(files.map((file) => file.deploy?.(onProgress)));
    return this.#workflow.execute(inputIn(definition), { name: jobName });
  }
}

function shapeOf(steps: readonly AnyStep[]): Shape {
  return new Map(
    steps.map((step) => {
      const { parameters = {} } = authoredState(step).options as { readonly parameters?: object };
      return [step.name, new Set(Object.keys(parameters))];
    }),
  );
}

const hint = "give each execution the same states and members, or make another pipeline";

/** The state machine reads what it was made to read: the rest of an input would be lost, and what lacks would fail there. */
function differences(made: Shape, given: Shape): readonly Issue[] {
  const lacking = without(made, given).map((path) =>
    issue("invalid_argument", path, `the state machine reads ${named(path)}, and this execution has none`, hint),
  );
  const lost = without(given, made).map((path) =>
    issue("invalid_argument", path, `this execution has ${named(path)}, and the state machine reads none`, hint),
  );
  return [...lacking, ...lost];
}

/** The states, and the members of states that both have, of one shape that are not in the other. */
function without(one: Shape, other: Shape): readonly (readonly string[])[] {
  return [...one].flatMap(([state, members]) => {
    const others = other.get(state);
    if (others === undefined) return [[state]];
    return [...members].filter((member) => !others.has(member)).map((member) => [state, member]);
  });
}

function named([state, member]: readonly string[]): string {
  return member === undefined ? `a state ${shown(state)}` : `${member} of the state ${shown(state)}`;
}
