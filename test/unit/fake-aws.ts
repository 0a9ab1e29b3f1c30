import { Session } from "../../src/sagemaker/session/session.js";
import type { SessionOptions } from "../../src/sagemaker/session/session-options.js";

/** A call as a fake client got it. */
export interface FakeCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Answer = (input: Readonly<Record<string, unknown>>, count: number) => unknown;

/** An AWS error as the clients throw it. */
export function awsError(name: string, status = 400): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
}

/** AWS without a network: remembers each call, answers as told. */
export class FakeAws {
  readonly calls: FakeCall[] = [];
  readonly slept: number[] = [];
  private readonly answers: Readonly<Record<string, Answer>>;

  constructor(answers: Readonly<Record<string, Answer>> = {}) {
    this.answers = { ...standard, ...answers };
  }

  /** The names of the calls, in their order. */
  get operations(): readonly string[] {
    return this.calls.map(({ operation }) => operation);
  }

  /** What an operation was called with, each time. */
  inputsOf(operation: string): readonly FakeCall["input"][] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  session(options: SessionOptions = {}): Session {
    const client = { send: (command: object) => this.send(command) } as never;
    return new Session({
      region: "us-east-1",
      clients: { sfn: client, s3: client, sagemaker: client, sts: client, iam: client, logs: client },
      now: () => new Date("2022-01-21T15:28:38.000Z"),
      sleep: async (milliseconds, signal) => {
        signal?.throwIfAborted();
        this.slept.push(milliseconds);
      },
      // The longest that each pause may be.
      random: () => 1,
      ...options,
    });
  }

  private async send(command: object): Promise<unknown> {
    const operation = command.constructor.name.replace(/Command$/, "");
    const { input } = command as { readonly input: FakeCall["input"] };
    this.calls.push({ operation, input });
    const answer = this.answers[operation];
    if (answer === undefined) throw new Error(`no answer for ${operation}`);
    const given = answer(input, this.inputsOf(operation).length);
    if (given instanceof Error) throw given;
    return given;
  }
}

const standard: Readonly<Record<string, Answer>> = {
  GetCallerIdentity: () => ({ Account: "123456789012", Arn: "arn:aws:sts::123456789012:assumed-role/Exec/me" }),
  GetRole: ({ RoleName }) => ({ Role: { Arn: `arn:aws:iam::123456789012:role/path/${String(RoleName)}` } }),
  HeadBucket: () => ({}),
  HeadObject: () => awsError("NotFound", 404),
  PutObject: () => ({}),
  CreateBucket: () => ({}),
  CreateProcessingJob: ({ ProcessingJobName: name }) => ({ ProcessingJobArn: `arn:job/${String(name)}` }),
  DescribeProcessingJob: () => ({ ProcessingJobStatus: "Completed" }),
  StopProcessingJob: () => ({}),
  DescribeLogStreams: () => awsError("ResourceNotFoundException"),
};

/** The bucket that a fake session has by default. */
export const fakeBucket = "sagemaker-us-east-1-123456789012";
