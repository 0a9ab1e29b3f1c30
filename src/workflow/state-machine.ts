import type { DescribeStateMachineCommandOutput, SFNClient, UpdateStateMachineCommandInput } from "@aws-sdk/client-sfn";
import { differencesOf, formatDifference } from "../document/difference.js";
import { parseArn } from "../language/arn.js";
import { awsErrorName, SfnDsError } from "../language/sfn-ds-error.js";
import { realSleep } from "../services/pause.js";
import { WorkflowExistsError } from "./errors.js";
import { replaceTags, type Tags, tagsAsObject, tagsOf } from "./machine-tags.js";
import { callSfn, type WorkflowSession } from "./session.js";

/** A state machine as it is to be. */
export interface WantedMachine {
  readonly name: string;
  /** The definition's text. */
  readonly definition: string;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS" | undefined;
  /** `undefined`: nothing is said of tags. */
  readonly tags: Tags | undefined;
}

/**
 * Creates a state machine, or takes the one that is there when it is the same.
 *
 * @returns its ARN
 * @throws {@link WorkflowExistsError} with what differs.
 */
export async function createMachine(session: WorkflowSession, wanted: WantedMachine): Promise<string> {
  const { name, definition, roleArn, type, tags = [] } = wanted;
  const sent = await nextMillisecond();
  try {
    const answer = await sendDefinition(session, async (client) => {
      const { CreateStateMachineCommand } = await import("@aws-sdk/client-sfn");
      const request = { name, definition, roleArn, tags: [...tags], ...(type === undefined ? {} : { type }) };
      return client.send(new CreateStateMachineCommand(request));
    });
    const arn = answer.stateMachineArn ?? "";
    if (!isOfThisCall(answer.creationDate, sent)) await refuseOther(session, arn, wanted);
    return arn;
  } catch (error) {
    if (awsErrorName(error) !== "StateMachineAlreadyExists") throw error;
    const arn = arnInMessage(error);
    if (arn === undefined) throw error;
    await refuseOther(session, arn, wanted, error);
    return arn;
  }
}

/** As {@link callSfn}; a definition that is refused is told without the stack and the metadata of the client, which are the cause's. */
function sendDefinition<T>(session: WorkflowSession, call: (client: SFNClient) => Promise<T>): Promise<T> {
  return callSfn(session, call).catch((error: unknown) => {
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
      ...settingsOf(existing),
      ...(tags === undefined ? {} : { tags: tagsAsObject(tags) }),
    },
    {
      definition: parseOrText(wanted.definition),
      roleArn: wanted.roleArn,
      ...settingsOf({ type: wanted.type }),
      ...(wanted.tags === undefined ? {} : { tags: tagsAsObject(wanted.tags) }),
    },
  );
  if (found.length > 0) throw new WorkflowExistsError(arn, found.map(formatDifference), { cause });
}

/** What a workflow does not set, and AWS counts when it asks whether two machines are the same. */
function settingsOf(machine: Partial<DescribeStateMachineCommandOutput>): Readonly<Record<string, unknown>> {
  return {
    type: machine.type ?? "STANDARD",
    loggingConfiguration: { level: machine.loggingConfiguration?.level ?? "OFF" },
    tracingConfiguration: { enabled: machine.tracingConfiguration?.enabled ?? false },
    encryptionConfiguration: { type: machine.encryptionConfiguration?.type ?? "AWS_OWNED_KEY" },
  };
}

/** Gives a machine the definition, the role and the tags that are wanted. */
export async function replaceMachine(session: WorkflowSession, arn: string, wanted: WantedMachine): Promise<void> {
  const { definition, roleArn, tags } = wanted;
  await updateMachine(session, { stateMachineArn: arn, definition, roleArn });
  if (tags !== undefined) await replaceTags(session, arn, tags);
}

/** Changes what the request names. */
export async function updateMachine(session: WorkflowSession, request: UpdateStateMachineCommandInput): Promise<void> {
  await sendDefinition(session, async (client) => {
    const { UpdateStateMachineCommand } = await import("@aws-sdk/client-sfn");
    await client.send(new UpdateStateMachineCommand(request));
  });
}

/** What AWS says of a machine. */
export function describeMachine(session: WorkflowSession, arn: string): Promise<DescribeStateMachineCommandOutput> {
  return callSfn(session, async (client) => {
    const { DescribeStateMachineCommand } = await import("@aws-sdk/client-sfn");
    return client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
  });
}

/** Deletes a machine. */
export async function deleteMachine(session: WorkflowSession, arn: string): Promise<void> {
  await callSfn(session, async (client) => {
    const { DeleteStateMachineCommand } = await import("@aws-sdk/client-sfn");
    await client.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));
  });
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
