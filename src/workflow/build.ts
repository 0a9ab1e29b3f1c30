import { compileResolved } from "../compile/compile.js";
import { compileOptionsOf } from "../compile/compile-options.js";
import { renderDefinition } from "../document/render.js";
import type { StateMachineDefinition } from "../language/asl.js";
import { DefinitionError, type Issue, issue, throwIssues } from "../language/errors.js";
import { limits } from "../language/limits.js";
import type { Deferred } from "../states/deferred.js";
import { frozenDefinition } from "../states/frozen-definition.js";
import { jsonTextOf } from "./json-text.js";
import { sessionPartition, type WorkflowSession } from "./session.js";
import type { WorkflowOptions } from "./workflow-options.js";

/** A definition, its text, and what has to be deployed with it. */
export interface Built {
  readonly definition: StateMachineDefinition;
  /** What is sent: indented, or compact where only that is within AWS's limit. */
  readonly text: string;
  readonly deferred: readonly Deferred[];
}

/** Options that say something of a definition that is compiled. */
type BuildOptions = Pick<
  WorkflowOptions<unknown, unknown>,
  "comment" | "input" | "queryLanguage" | "timeoutSeconds" | "type" | "version"
>;

/**
 * Compiles steps; takes a `fromAsl` definition as it is.
 *
 * @throws {@link DefinitionError} with every problem; `definition_too_large` when the compact text has more than 1,048,576 characters.
 */
export async function buildDefinition(
  definition: unknown,
  options: BuildOptions,
  session: WorkflowSession,
): Promise<Built> {
  const frozen = frozenDefinition(definition);
  if (frozen === undefined) {
    const built = await compileResolved(definition, compileOptionsOf(options), () => sessionPartition(session));
    return { ...built, text: textOf(built.definition) };
  }
  throwIssues(conflicts(options));
  return { definition: frozen, text: textOf(frozen), deferred: [] };
}

const headFields = {
  comment: "Comment",
  queryLanguage: "QueryLanguage",
  timeoutSeconds: "TimeoutSeconds",
  version: "Version",
} as const;

function conflicts(options: BuildOptions): readonly Issue[] {
  return (Object.keys(headFields) as (keyof typeof headFields)[])
    .filter((name) => options[name] !== undefined)
    .map((name) => {
      const message = `a definition of fromAsl() is kept as it is, and \`${name}\` of the workflow would not stand in it`;
      return issue("conflicting_options", [name], message, `write \`${headFields[name]}\` in the definition instead`);
    });
}

function textOf(definition: StateMachineDefinition): string {
  const compact = jsonTextOf(definition, "invalid_definition", "the definition");
  if (compact.length > limits.definitionLength) {
    const message = `expected at most ${limits.definitionLength} characters, got ${compact.length}`;
    throw new DefinitionError([issue("definition_too_large", [], message)]);
  }
  const indented = renderDefinition(definition);
  return indented.length > limits.definitionLength ? compact : indented;
}
