import type { CreateStateMachineCommandInput, DescribeStateMachineCommandOutput } from "@aws-sdk/client-sfn";
import { differencesOf, formatDifference } from "../document/difference.js";
import { parseArn } from "../language/arn.js";
import { awsErrorName, SfnDsError } from "../language/sfn-ds-error.js";
import { realSleep } from "../services/pause.js";
import { WorkflowExistsError } from "./errors.js";
import { comparableSettings, type MachineSettings, settingsIn } from "./machine-settings.js";
import { replaceTags, type Tags, tagsAsObject, tagsOf } from "./machine-tags.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** A state machine as it is to be. */
export interface WantedMachine extends MachineSettings {
  readonly name: string;
  /** The definition's text. */
  readonly definition: string;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS" | undefined;
  /** `undefined`: nothing is said of tags. */
  readonly tags: Tags | undefined;
}

/** Whether a version is to be published, and with what words. */
export interface PublishOptions {
  /** Publishes what the machine has then as a version, which can be run by its number; default: none is published. */
  readonly publish?: boolean;
  /** Description of the version, at most 256 characters; only with `publish`. */
  readonly versionDescription?: string;
}

/** A machine that is there. */
export interface Deployed {
  readonly arn: string;
  /** Whether this call made it. */
  readonly isNew: boolean;
  /** Of the version that was published. */
  readonly versionArn: string | undefined;
}

/**
 * Creates a state machine, or takes the one that is there when it is the same.
 *
 * @throws {@link WorkflowExistsError} with what differs.
 */
export async function createMachine(
  session: WorkflowSession,
  wanted: WantedMachine,
  version: PublishOptions,
): Promise<Deployed> {
  const sent = await nextMillisecond();
  try {
    const request = createRequest(wanted, version);
    const answer = await sendDefinition(callSfn(session, (sfn) => new sfn.CreateStateMachineCommand(request)));
    const arn = answer.stateMachineArn ?? "";
    const isNew = isOfThisCall(answer.creationDate, sent);
    if (!isNew) await refuseOther(session, arn, wanted);
    return { arn, isNew, versionArn: answer.stateMachineVersionArn ?? (await publish(session, arn, version)) };
  } catch (error) {
    if (awsErrorName(error) !== "StateMachineAlreadyExists") throw error;
    const arn = arnInMessage(error);
    if (arn === undefined) throw error;
    await refuseOther(session, arn, wanted, error);
    return { arn, isNew: false, versionArn: await publish(session, arn, version) };
  }
}

function createRequest(
  { name, definition, roleArn, type, tags = [], ...rest }: WantedMachine,
  version: PublishOptions,
): CreateStateMachineCommandInput {
  return {
    name,
    definition,
    roleArn,
    tags: [...tags],
    ...(type === undefined ? {} : { type }),
    ...settingsIn(rest),
    ...versionIn(version),
  };
}

function versionIn({ publish, versionDescription }: PublishOptions): PublishOptions {
  if (publish !== true) return {};
  return { publish, ...(versionDescription === undefined ? {} : { versionDescription }) };
}

/** A version of a machine that was there before; AWS gives the newest one when nothing has changed since. */
async function publish(session: WorkflowSession, arn: string, version: PublishOptions): Promise<string | undefined> {
  if (version.publish !== true) return undefined;
  const { versionDescription: description } = version;
  const request = { stateMachineArn: arn, ...(description === undefined ? {} : { description }) };
  const answer = await callSfn(session, (sfn) => new sfn.PublishStateMachineVersionCommand(request));
  return answer.stateMachineVersionArn;
}

/** A definition that is refused is told without the stack and the metadata of the client, which are the cause's. */
function sendDefinition<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    if (awsErrorName(error) !== "InvalidDefinition" || !(error instanceof Error)) throw error;
    const isOfLocal = error.message.includes("not run by the embedded service");
    const options = isOfLocal ? { hint: "run this workflow on AWS, or do without that here" } : {};
    throw new SfnDsError("definition_refused", error.message, { cause: error, ...options });
  });
}

/** A time that nothing has been made at yet: what this program made just before is older. */
async function nextMillisecond(): Promise<number> {
  const now = Date.now();
  while (Date.now() <= now) await realSleep(1, undefined);
  return Date.now();
}

/**
 * Whether a machine was made while the call lasted. AWS answers with success, and the date of the machine that was there, when only
 * its role or tags differ. The service's clock and ours may disagree: then the date is outside the call, and the machine is looked at.
 */
function isOfThisCall(creationDate: Date | undefined, sent: number): boolean {
  const made = creationDate?.getTime() ?? Number.NaN;
  return made >= sent && made <= Date.now();
}

async function refuseOther(
  session: WorkflowSession,
  arn: string,
  wanted: WantedMachine,
  cause?: unknown,
): Promise<void> {
  const existing = await describeMachine(session, arn);
  const tags = wanted.tags === undefined ? undefined : await tagsOf(session, arn);
  const found = differencesOf(
    {
      definition: parseOrText(existing.definition ?? ""),
      roleArn: existing.roleArn,
      ...comparableSettings(existing.type, existing),
      ...(tags === undefined ? {} : { tags: tagsAsObject(tags) }),
    },
    {
      definition: parseOrText(wanted.definition),
      roleArn: wanted.roleArn,
      ...comparableSettings(wanted.type, wanted),
      ...(wanted.tags === undefined ? {} : { tags: tagsAsObject(wanted.tags) }),
    },
  );
  if (found.length > 0) throw new WorkflowExistsError(arn, found.map(formatDifference), { cause });
}

/** Gives a machine the definition, the role and the tags that are wanted. */
export async function replaceMachine(
  session: WorkflowSession,
  arn: string,
  wanted: WantedMachine,
  version: PublishOptions,
): Promise<Deployed> {
  const { definition, roleArn, tags } = wanted;
  const changes = { definition, roleArn, ...settingsIn(wanted) };
  const versionArn = await updateMachine(session, arn, changes, version);
  if (tags !== undefined) await replaceTags(session, arn, tags);
  return { arn, isNew: false, versionArn };
}

/** What `updateMachine` changes: what is named. */
export interface MachineChanges extends MachineSettings {
  readonly definition?: string;
  readonly roleArn?: string;
}

/** Changes what is named; gives the ARN of the version, where one is published. */
export async function updateMachine(
  session: WorkflowSession,
  stateMachineArn: string,
  changes: MachineChanges,
  version: PublishOptions,
): Promise<string | undefined> {
  const request = { stateMachineArn, ...changes, ...versionIn(version) };
  const answer = await sendDefinition(callSfn(session, (sfn) => new sfn.UpdateStateMachineCommand(request)));
  return answer.stateMachineVersionArn;
}

/** What `DescribeStateMachine` answers. */
export type WorkflowDescription = Omit<DescribeStateMachineCommandOutput, "$metadata">;

/** What AWS says of a machine. */
export function describeMachine(session: WorkflowSession, arn: string): Promise<DescribeStateMachineCommandOutput> {
  return callSfn(session, (sfn) => new sfn.DescribeStateMachineCommand({ stateMachineArn: arn }));
}

/** Deletes a machine. */
export async function deleteMachine(session: WorkflowSession, arn: string): Promise<void> {
  await callSfn(session, (sfn) => new sfn.DeleteStateMachineCommand({ stateMachineArn: arn }));
}

function arnInMessage(error: unknown): string | undefined {
  const found = /'(arn:[^']+)'/.exec(error instanceof Error ? error.message : "")?.[1];
  return found !== undefined && parseArn(found) !== undefined ? found : undefined;
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
