import type { Issue } from "../../language/errors.js";
import type { Sleep } from "../../services/pause.js";
import { Problems } from "../../services/problems.js";
import type { ClientConfig, SessionClients } from "./session-clients.js";

/** What a `Session` is made with; everything has a default. */
export interface SessionOptions {
  /** Default: `AWS_REGION`, `AWS_DEFAULT_REGION`, the shared AWS configuration. */
  readonly region?: string;
  /** Bucket of uploads and outputs; default `sagemaker-{region}-{account}`. Made at the first upload when it does not exist. */
  readonly defaultBucket?: string;
  /** Stands between the bucket and every key, without slashes at its ends. */
  readonly defaultBucketPrefix?: string;
  /** KMS key of what the default bucket holds, set when the session makes that bucket; default S3's own encryption, which every bucket has. */
  readonly defaultBucketKmsKeyId?: string;
  /** URL for all services; default AWS's own, or `AWS_ENDPOINT_URL`. */
  readonly endpoint?: string;
  /** URLs for single services, for example `{ s3: "http://127.0.0.1:9000" }`; default `endpoint`, or `AWS_ENDPOINT_URL_S3` and the like. */
  readonly endpoints?: { readonly [K in keyof SessionClients]?: string };
  /** Profile of the shared AWS configuration, for credentials and region; default `AWS_PROFILE`, or `default`. */
  readonly profile?: string;
  /** Instead of `profile` and the default chain. */
  readonly credentials?: NonNullable<ClientConfig["credentials"]>;
  /** How requests are sent; for tests and proxies. */
  readonly requestHandler?: NonNullable<ClientConfig["requestHandler"]>;
  /** Clients to use as they are instead of new ones. */
  readonly clients?: Partial<SessionClients>;
  /** The clock, for the time in job names; default the real one. */
  readonly now?: () => Date;
  /** Waits between two questions about a job; default the real time. Rejects when `signal` is aborted. */
  readonly sleep?: Sleep;
  /** A number from 0 to below 1, for the length of pauses; default `Math.random`. */
  readonly random?: () => number;
}

const optionNames = {
  region: true,
  defaultBucket: true,
  defaultBucketPrefix: true,
  defaultBucketKmsKeyId: true,
  endpoint: true,
  endpoints: true,
  profile: true,
  credentials: true,
  requestHandler: true,
  clients: true,
  now: true,
  sleep: true,
  random: true,
} as const satisfies { [K in keyof SessionOptions]-?: true };

const clientNames = { sfn: true, s3: true, sagemaker: true, sts: true, iam: true, logs: true } as const satisfies {
  [K in keyof SessionClients]: true;
};

/** What is wrong with the options of a session. */
export function sessionProblems(options: SessionOptions): readonly Issue[] {
  const problems = new Problems();
  problems.addUnknown("Session", options, optionNames, []);
  const { clients, endpoints, profile, credentials } = options;
  if (clients !== undefined) problems.addUnknown("clients", clients, clientNames, ["clients"]);
  if (endpoints !== undefined) problems.addUnknown("endpoints", endpoints, clientNames, ["endpoints"]);
  if (profile !== undefined && credentials !== undefined) {
    problems.add("conflicting_options", ["profile"], "profile and credentials are both set");
  }
  return problems.issues;
}
