import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type * as sfnPackage from "@aws-sdk/client-sfn";
import type {
  $Command,
  ServiceInputTypes,
  ServiceOutputTypes,
  SFNClient,
  SFNClientResolvedConfig,
} from "@aws-sdk/client-sfn";
import { partitionOf } from "../language/arn.js";
import { explainAwsError, SfnDsError } from "../language/sfn-ds-error.js";
import { version } from "../language/version.js";

/** What a workflow asks of a session; `Session` of `sfn-ds/sagemaker` is one. */
export interface WorkflowSession {
  /** The Step Functions client; made at the first call. */
  sfn(): Promise<SFNClient>;
  /** The CloudWatch Logs client; made at the first call. */
  logs(): Promise<CloudWatchLogsClient>;
  /** Whether requests go to an endpoint of one's own, such as the local service; default: they go to AWS. */
  readonly hasOwnEndpoint?: boolean;
  /** Region and account, for the ARN of a machine that is not created yet; without them it is known after `create()`. */
  region?(): Promise<string>;
  account?(): Promise<string>;
  /** The ARN of a role that is given by its name or its ARN. */
  expandRole(role: string): Promise<string>;
}

/** Sends one command to Step Functions, with errors that say what to do. */
export async function callSfn<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  session: WorkflowSession,
  make: (
    sfn: typeof sfnPackage,
  ) => $Command<Input, Output, SFNClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>,
): Promise<Output> {
  try {
    const client = await session.sfn();
    const command = make(await import("@aws-sdk/client-sfn"));
    // On the command and not on the client: somebody else may have made that, and use it for calls of his own.
    command.middlewareStack.add(
      (next) => (handled) => {
        addUserAgent((handled.request as { readonly headers?: Record<string, string> }).headers ?? {});
        return next(handled);
      },
      { step: "finalizeRequest", name: "sfnDsUserAgent" },
    );
    return await client.send(command);
  } catch (error) {
    throw explainAwsError(error);
  }
}

/** Once, also where the client says it already. Signatures leave these headers out. */
function addUserAgent(headers: Record<string, string>): void {
  // In a browser the header is the second one.
  for (const name of ["user-agent", "x-amz-user-agent"]) {
    const value = headers[name];
    if (value !== undefined && !value.includes("sfn-ds/")) headers[name] = `${value} sfn-ds/${version}`;
  }
}

/** The partition of the session's region; `aws` where no region is set. */
export async function sessionPartition(session: WorkflowSession): Promise<string> {
  try {
    return partitionOf((await session.region?.()) ?? "");
  } catch (error) {
    if (SfnDsError.is(error) && error.code === "no_region") return "aws";
    throw error;
  }
}
