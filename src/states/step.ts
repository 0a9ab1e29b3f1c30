import { isPathProblem, parseJsonPath } from "../expression/jsonpath.js";
import { type Placeholder, placeholderOf } from "../expression/placeholder.js";
import { type Schema, schemaUnder, unwrapped } from "../expression/schema.js";
import type { StateType } from "../language/asl.js";
import type { Issue } from "../language/errors.js";

/** What an author said of a state: the compiler's input. */
export interface AuthoredState {
  readonly type: StateType;
  /** Options by their camelCase names; values may hold placeholders and deferred values. */
  readonly options: object;
  /** What the step found wrong with its options; the compiler reports it with everything else. */
  readonly problems: readonly Issue[];
  /** The schema of the output, where one was given. */
  readonly outputSchema: Schema | undefined;
}

const brand = Symbol.for("sfn-ds.step");
const copy = Symbol.for("sfn-ds.step.copy");

/** A step, whatever it gives on. Steps are compared by this where their outputs do not matter. */
export interface AnyStep {
  readonly name: string;
  readonly [brand]: AuthoredState;
  [copy](name: string, options: object, problems?: readonly Issue[]): AnyStep;
}

/**
 * A state as an author writes it. A step never changes: linking it into a chain or a workflow leaves it as it is,
 * and the same step may stand in two workflows.
 */
export abstract class Step<Output = unknown> {
  /** The state's name, unique in the state machine; 1 to 80 characters. */
  readonly name: string;
  readonly [brand]: AuthoredState;
  #output: Placeholder<Output> | undefined;

  protected constructor(
    name: string,
    type: StateType,
    options: object,
    extra: { readonly problems?: readonly Issue[] | undefined; readonly outputSchema?: Schema | undefined } = noExtra,
  ) {
    this.name = name;
    this[brand] = { type, options, problems: extra.problems ?? noProblems, outputSchema: extra.outputSchema };
  }

  /** What the state gives on, as a placeholder for the steps after it. */
  get output(): Placeholder<Output> {
    this.#output ??= placeholderOf<Output>({ kind: "output", step: this }, outputSchemas(this[brand]));
    return this.#output;
  }

  /** A step of this class under another name; the constructor of the class is not run again. */
  [copy](name: string, options: object, problems = this[brand].problems): AnyStep {
    const { type, outputSchema } = this[brand];
    return Reflect.construct(Step, [name, type, options, { problems, outputSchema }], this.constructor) as AnyStep;
  }
}

/** What is known of a state's output: its result's schema, at the place that `resultPath` names. */
function outputSchemas({ outputSchema, options }: AuthoredState): readonly Schema[] | undefined {
  const { resultSelector, resultPath, outputPath, output } = options as Readonly<Record<string, unknown>>;
  const isMade = [resultSelector, outputPath, output].some((option) => option !== undefined);
  if (outputSchema === undefined || isMade) return undefined;
  if (resultPath === undefined) return unwrapped(outputSchema);
  const parsed = typeof resultPath === "string" ? parseJsonPath(resultPath) : undefined;
  if (parsed === undefined || isPathProblem(parsed)) return undefined;
  return unwrapped(schemaUnder(parsed.path, outputSchema));
}

const noProblems: readonly Issue[] = [];
const noExtra = {};

/** Whether `value` is a step, also one of another copy of this package. */
export function isStep(value: unknown): value is AnyStep {
  return typeof value === "object" && value !== null && brand in value;
}

/** What the author said of the step. */
export function authoredState(step: AnyStep): AuthoredState {
  return step[brand];
}

/** A step like another one, under another name and with other options; its problems are those of the other one unless they are given. */
export function copyStep(step: AnyStep, name: string, options: object, problems?: readonly Issue[]): AnyStep {
  return step[copy](name, options, problems);
}
