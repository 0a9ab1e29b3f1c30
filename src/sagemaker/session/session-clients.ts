import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { STSClient } from "@aws-sdk/client-sts";
import { explainAwsError } from "../../language/sfn-ds-error.js";

/** The AWS clients of a session. */
export interface SessionClients {
  readonly sfn: SFNClient;
  readonly s3: S3Client;
  readonly sagemaker: SageMakerClient;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
}

/** What all clients of a session are made with. */
export interface ClientConfig {
  readonly region: () => Promise<string>;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly customUserAgent: [name: string, version: string][];
  readonly credentials?: NonNullable<S3ClientConfig["credentials"]>;
  readonly requestHandler?: NonNullable<S3ClientConfig["requestHandler"]>;
}

/** Makes each client; its package is loaded here and not before. */
export const clientMakers: {
  readonly [K in keyof SessionClients]: (config: ClientConfig) => Promise<SessionClients[K]>;
} = {
  sfn: async (config) => {
    const client = new (await import("@aws-sdk/client-sfn")).SFNClient(config);
    client.middlewareStack.add(explaining, placement);
    return client;
  },
  s3: async (config) => {
    const { S3Client } = await import("@aws-sdk/client-s3");
    const client = new S3Client({ ...config, forcePathStyle: hasOwnEndpoint(config), followRegionRedirects: true });
    client.middlewareStack.add(explaining, placement);
    return client;
  },
  sagemaker: async (config) => {
    const client = new (await import("@aws-sdk/client-sagemaker")).SageMakerClient(config);
    client.middlewareStack.add(explaining, placement);
    return client;
  },
  sts: async (config) => {
    const client = new (await import("@aws-sdk/client-sts")).STSClient(config);
    client.middlewareStack.add(explaining, placement);
    return client;
  },
  iam: async (config) => {
    const client = new (await import("@aws-sdk/client-iam")).IAMClient(config);
    client.middlewareStack.add(explaining, placement);
    return client;
  },
  logs: async (config) => {
    const client = new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(config);
    client.middlewareStack.add(explaining, placement);
    return client;
  },
};

/** The region of the shared AWS configuration; `undefined` where it names none. */
export async function configuredRegion(profile: string | undefined): Promise<string | undefined> {
  const { STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient(profile === undefined ? {} : { profile });
  try {
    return await client.config.region();
  } catch (error) {
    if (error instanceof Error && /region is missing/i.test(error.message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

const placement = { step: "initialize", priority: "high", name: "sfnDsExplain", override: true } as const;

/** Around everything that a client does: what goes wrong before AWS answers is said in our words. */
function explaining<Input, Output>(next: (request: Input) => Promise<Output>): (request: Input) => Promise<Output> {
  return async (request) => {
    try {
      return await next(request);
    } catch (error) {
      throw explainAwsError(error);
    }
  };
}

/** Endpoints of one's own know no host name per bucket. */
function hasOwnEndpoint({ endpoint }: ClientConfig): boolean {
  return Boolean(endpoint ?? (process.env["AWS_ENDPOINT_URL_S3"] || process.env["AWS_ENDPOINT_URL"]));
}
