import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { explainAwsError } from "../language/sfn-ds-error.js";

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

/** Runs one call to Step Functions, with errors that say what to do. */
export async function callSfn<T>(session: WorkflowSession, call: (client: SFNClient) => Promise<T>): Promise<T> {
  try {
    return await call(await session.sfn());
  } catch (error) {
    throw explainAwsError(error);
  }
}
