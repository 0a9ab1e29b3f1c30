/** A call to AWS: the operation and what it was given. */
export interface Call {
  readonly operation: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Calls that the reference's recordings leave out. */
const unrecorded = new Set(["ListBuckets", "HeadBucket", "HeadObject", "GetCallerIdentity"]);

const account = "123456789012";

/** Clients that answer without a network and remember what they were asked. */
export class Recorder {
  calls: Call[] = [];
  private readonly replies: Readonly<Record<string, unknown>>;
  private readonly region: string;

  constructor(replies: Readonly<Record<string, unknown>>, region: string) {
    this.replies = replies;
    this.region = region;
  }

  /** Something that is a client to the library: `send(command)`. */
  client(): { send(command: object): Promise<unknown>; readonly config: object; readonly middlewareStack: object } {
    return {
      send: async (command) => this.answer(command),
      config: { region: async () => this.region },
      middlewareStack: { add: () => undefined, use: () => undefined },
    };
  }

  private async answer(command: object): Promise<unknown> {
    const operation = command.constructor.name.replace(/Command$/, "");
    const { input } = command as { readonly input: Readonly<Record<string, unknown>> };
    if (!unrecorded.has(operation)) this.calls.push({ operation, params: await readable(input) });
    const reply = this.replies[operation];
    if (isRaise(reply)) throw Object.assign(new Error(reply.$raise.Message), { name: reply.$raise.Code });
    return reply === undefined ? this.standard(operation, input) : withDates(reply);
  }

  private standard(operation: string, input: Readonly<Record<string, unknown>>): unknown {
    const arn = (kind: string, name: unknown): string =>
      `arn:aws:states:${this.region}:${account}:${kind}:${String(name)}`;
    const now = new Date();
    switch (operation) {
      case "CreateStateMachine":
        return { stateMachineArn: arn("stateMachine", input["name"]), creationDate: now };
      case "StartExecution": {
        const machine = String(input["stateMachineArn"]).split(":").at(-1) ?? "";
        return { executionArn: arn("execution", `${machine}:${String(input["name"] ?? "generated")}`), startDate: now };
      }
      case "UpdateStateMachine":
        return { updateDate: now };
      case "GetRole":
        return { Role: { Arn: `arn:aws:iam::${account}:role/path/${String(input["RoleName"])}` } };
      case "GetCallerIdentity":
        return {
          Account: account,
          Arn: `arn:aws:sts::${account}:assumed-role/ExecRole/session`,
          UserId: "AROA:session",
        };
      case "CreateProcessingJob":
        return {
          ProcessingJobArn: `arn:aws:sagemaker:${this.region}:${account}:processing-job/${String(input["ProcessingJobName"])}`,
        };
      case "HeadBucket":
      case "HeadObject":
        throw Object.assign(new Error("Not Found"), { name: "NotFound", $metadata: { httpStatusCode: 404 } });
      default:
        return {};
    }
  }
}

function isRaise(reply: unknown): reply is { readonly $raise: { readonly Code: string; readonly Message: string } } {
  return typeof reply === "object" && reply !== null && "$raise" in reply;
}

/** Members that do not change what the service does. */
const uncounted = new Set(["ExpectedBucketOwner", "ClientRequestToken", "ContentLength", "ChecksumSHA256"]);

/** What counts of a request; bodies count as text. */
async function readable(input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || uncounted.has(name)) continue;
    result[name] = name === "Body" ? await textOf(value) : value;
  }
  return result;
}

async function textOf(body: unknown): Promise<string> {
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString("utf8");
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function withDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDates);
  if (typeof value !== "object" || value === null) return value;
  if ("$date" in value) return new Date(String(value.$date));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDates(member)]));
}
