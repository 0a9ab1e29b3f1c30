import { type Issue, issue, shown } from "../language/errors.js";
import type { AnyChainable } from "../states/chain.js";
import type { DeployProgress } from "../states/deferred.js";
import type { FrozenDefinition } from "../states/frozen-definition.js";
import { flagIssues, functionIssues, type Names, optionIssues } from "./known-options.js";
import { type MachineSettings, settingsIssues } from "./machine-settings.js";
import type { PublishOptions } from "./state-machine.js";
import { nameIssues, textIssues } from "./workflow-options.js";

/** Options of `create()` and `upsert()`. */
export interface DeployOptions extends PublishOptions {
  /** Told about each file: that it was uploaded, or was there already. Default: nobody is told. */
  readonly onProgress?: DeployProgress;
  /**
   * Whether the validator is asked before anything is uploaded or sent; default `true`. With `false` its errors do not hold a definition
   * back, for where it should be wrong: AWS is asked all the same, and refuses what it does not take.
   */
  readonly validate?: boolean;
}

/** What `update()` changes; at least one of definition, role and settings. */
export interface WorkflowChanges extends DeployOptions, MachineSettings {
  /** The new definition; default: the machine keeps its own. */
  readonly definition?: AnyChainable | FrozenDefinition;
  /** Name or ARN of the new role; default: the machine keeps its own. */
  readonly role?: string;
}

/** Options of `execute()`. */
export interface ExecuteOptions {
  /** Name of the execution: 1 to 80 characters that AWS allows, unique in the machine for 90 days; default: a UUID. */
  readonly name?: string;
  /**
   * What runs: the number of a version, the name of an alias, or the ARN of either. Default: what the machine has now, which for some
   * seconds after an update may still be what it had before.
   */
  readonly version?: number | string;
}

const deployNames = {
  onProgress: true,
  publish: true,
  versionDescription: true,
  validate: true,
} as const satisfies Names<DeployOptions>;
const changeNames = {
  ...deployNames,
  definition: true,
  role: true,
  loggingConfiguration: true,
  tracingConfiguration: true,
  encryptionConfiguration: true,
} as const satisfies Names<WorkflowChanges>;
const executeNames = { name: true, version: true } as const satisfies Names<ExecuteOptions>;

/** What is wrong with options of `create()` and `upsert()`. */
export function deployIssues(options: DeployOptions): readonly Issue[] {
  return optionIssues("create() and upsert()", options, deployNames, (given) => [
    ...functionIssues(given, "onProgress"),
    ...flagIssues(given, "validate"),
    ...publishIssues(given),
  ]);
}

/** What is wrong with options of `update()`, but for the definition. */
export function changeIssues(changes: WorkflowChanges): readonly Issue[] {
  return optionIssues("update()", changes, changeNames, (given) => [
    ...(given.role === undefined ? [] : textIssues("role", given.role)),
    ...settingsIssues({ ...given }),
    ...functionIssues(given, "onProgress"),
    ...flagIssues(given, "validate"),
    ...publishIssues(given),
  ]);
}

/** What is wrong with options of `execute()`. */
export function executeIssues(options: ExecuteOptions): readonly Issue[] {
  return optionIssues("execute()", options, executeNames, ({ name, version }) => [
    ...(name === undefined ? [] : nameIssues(name)),
    ...versionIssues(version),
  ]);
}

function publishIssues({ publish, versionDescription }: PublishOptions): readonly Issue[] {
  const issues: Issue[] = [...flagIssues({ publish }, "publish")];
  if (versionDescription === undefined) return issues;
  if (typeof versionDescription !== "string" || versionDescription.length > 256) {
    const message = `expected at most 256 characters, got ${shown(versionDescription)}`;
    issues.push(issue("invalid_text", ["versionDescription"], message));
  }
  if (publish !== true) {
    const message = "expected publish: true, as it is the description of a version";
    issues.push(issue("conflicting_options", ["versionDescription"], message, "publish a version, or leave it out"));
  }
  return issues;
}

/** What is wrong with the version that is to run. */
function versionIssues(version: unknown): readonly Issue[] {
  const isVersion = version === undefined || (typeof version === "string" && version !== "");
  if (isVersion || (Number.isSafeInteger(version) && Number(version) > 0)) return [];
  const message = `expected a version's number or an alias's name, got ${shown(version)}`;
  return [issue("invalid_argument", ["version"], message, "give workflow.versionArn, a number or a name")];
}

/** The ARN that starts a version or an alias of a machine. */
export function qualifiedArn(stateMachineArn: string, version: number | string | undefined): string {
  if (version === undefined) return stateMachineArn;
  return String(version).startsWith("arn:") ? String(version) : `${stateMachineArn}:${version}`;
}
