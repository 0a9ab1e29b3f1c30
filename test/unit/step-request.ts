import { compileResolved, tryCompile } from "../../src/compile/compile.js";
import type { TaskState } from "../../src/language/asl.js";
import { DefinitionError, type Issue } from "../../src/language/errors.js";
import type { Json } from "../../src/language/json.js";
import type { AnyStep } from "../../src/states/step.js";

/** The state that a step becomes, with all that a session has to say. */
export async function stateOf(step: AnyStep): Promise<TaskState> {
  const { definition } = await compileResolved(step);
  return definition.States[step.name] as TaskState;
}

/** The request of a step that calls a service. */
export async function requestOf(step: AnyStep): Promise<Readonly<Record<string, Json>>> {
  return (await stateOf(step)).Parameters as Readonly<Record<string, Json>>;
}

/** What is wrong with a step, whether its constructor says so or `compile()`: code and place of each issue. */
export function problemsOf(make: () => AnyStep): readonly string[] {
  return issuesOf(make).map(({ code, path }) => [code, ...path.slice(path[0] === "States" ? 2 : 0)].join(" "));
}

/** The issues of a step. */
export function issuesOf(make: () => AnyStep): readonly Issue[] {
  try {
    return tryCompile(make()).issues;
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues;
    throw error;
  }
}
