import { described } from "../expression/described.js";
import type { Ref } from "../expression/placeholder.js";
import type { QueryLanguage } from "../language/asl.js";
import { type Issue, issue } from "../language/errors.js";
import { nameProblem } from "../language/limits.js";
import type { AnyChainable, Chainable } from "../states/chain.js";
import type { FrozenDefinition } from "../states/frozen-definition.js";
import { givenOptions } from "../states/given-options.js";
import { unknownOptions } from "./known-options.js";
import { type Logger, type LogLevel, logLevels } from "./logger.js";
import { type MachineSettings, settingsIssues } from "./machine-settings.js";
import type { GivenTags } from "./machine-tags.js";
import type { WorkflowSession } from "./session.js";
import { tagIssues } from "./tag-issues.js";

/** What a `Workflow` is made of. */
export interface WorkflowOptions<Input, Output> extends MachineSettings {
  /** Where the machine is created and run: `new Session()` of `sfn-ds/sagemaker`, or `local.session()`. */
  readonly session: WorkflowSession;
  /** Name or ARN of the role that the state machine runs as; a name is looked up in IAM when the workflow is deployed. */
  readonly role: string;
  /** Name of the state machine: 1 to 80 characters that AWS allows. */
  readonly name: string;
  /** A step, a chain, or a definition that exists: `fromAsl(text)`. */
  readonly definition: Chainable<Output> | AnyChainable | FrozenDefinition;
  /** The input that `execute()` takes and checks; default: any input. */
  readonly input?: Ref<Input>;
  /** The query language of every state that names none of its own; default `JSONPath`. Not with `fromAsl`. */
  readonly queryLanguage?: QueryLanguage;
  /** Of the state machine, for good: `EXPRESS` executions last five minutes at most, and keep no history. Default `STANDARD`. */
  readonly type?: "STANDARD" | "EXPRESS";
  /** `Comment` of the definition; not with `fromAsl`. */
  readonly comment?: string;
  /** Whole seconds for an execution, 1 to 99,999,998; default: no bound. Not with `fromAsl`. */
  readonly timeoutSeconds?: number;
  /** Version of the language; AWS knows `1.0`, and takes it by default. Not with `fromAsl`. */
  readonly version?: string;
  /** Tags of the machine, at most 50: `{ team: "data" }`, or AWS's list. Left out: `create()` sets none and the tags of a machine that exists are left alone. */
  readonly tags?: GivenTags;
  /** Told what is done: `console` or the like, or a level, from which on messages go to standard error. Default: nobody is told. */
  readonly logger?: Logger | LogLevel;
}

const names = {
  session: true,
  role: true,
  name: true,
  definition: true,
  input: true,
  queryLanguage: true,
  type: true,
  comment: true,
  timeoutSeconds: true,
  version: true,
  tags: true,
  loggingConfiguration: true,
  tracingConfiguration: true,
  encryptionConfiguration: true,
  logger: true,
} as const satisfies { [K in keyof WorkflowOptions<unknown, unknown>]-?: true };

/** A frozen copy of the options; anything but an object is refused at once, as nothing can be read from it. */
export function givenWorkflowOptions<T extends object>(options: T): Readonly<T> {
  return givenOptions("new Workflow()", "invalid_argument", options, "give session, role, name and definition");
}

/** What is wrong with the options, but for the definition: the compiler tells that. */
export function workflowIssues(options: object): readonly Issue[] {
  const given = options as Readonly<Record<string, unknown>>;
  return [
    ...unknownOptions("Workflow", given, names),
    ...sessionIssues(given["session"]),
    ...textIssues("role", given["role"]),
    ...nameIssues(given["name"], ["name"]),
    ...typeIssues(given["type"]),
    ...(["comment", "version"] as const).flatMap((name) =>
      given[name] === undefined || given[name] === "" ? [] : textIssues(name, given[name]),
    ),
    ...(given["tags"] === undefined ? [] : tagIssues(given["tags"])),
    ...settingsIssues(given),
    ...loggerIssues(given["logger"]),
  ];
}

/** What is wrong with the name of a state machine or execution. */
export function nameIssues(name: unknown, path: readonly string[] = []): readonly Issue[] {
  const problem = typeof name === "string" ? nameProblem(name) : "expected a text";
  if (problem === undefined) return [];
  return [issue("invalid_name", path, `the name ${described(name)}: ${problem}`)];
}

/** An issue unless `value` is a text with something in it. */
export function textIssues(name: string, value: unknown): readonly Issue[] {
  if (typeof value === "string" && value !== "") return [];
  return [issue("invalid_text", [name], `expected a text, got ${described(value)}`)];
}

function typeIssues(type: unknown): readonly Issue[] {
  if (type === undefined || type === "STANDARD" || type === "EXPRESS") return [];
  return [issue("invalid_text", ["type"], `expected "STANDARD" or "EXPRESS", got ${described(type)}`)];
}

function sessionIssues(session: unknown): readonly Issue[] {
  const isSession = typeof session === "object" && session !== null && "sfn" in session && "expandRole" in session;
  if (isSession) return [];
  const hint = "give new Session() of sfn-ds/sagemaker, or local.session()";
  return [issue("invalid_argument", ["session"], `expected a session, got ${described(session)}`, hint)];
}

function loggerIssues(logger: unknown): readonly Issue[] {
  if (logger === undefined || logLevels.includes(logger as LogLevel)) return [];
  const isLogger =
    typeof logger === "object" &&
    logger !== null &&
    logLevels.every((level) => typeof Object(logger)[level] === "function");
  if (isLogger) return [];
  const message = `expected a logger, or one of ${logLevels.join(", ")}, got ${described(logger)}`;
  return [issue("invalid_argument", ["logger"], message, "give console, or a level such as info")];
}
