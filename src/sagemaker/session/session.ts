import { partitionOf } from "../../language/arn.js";
import { throwIssues } from "../../language/errors.js";
import { SfnDsError } from "../../language/sfn-ds-error.js";
import { version } from "../../language/version.js";
import { realSleep } from "../../services/pause.js";
import { givenOptions } from "../../states/given-options.js";
import { type UploadOptions, uploadData } from "../assets/upload.js";
import { ensureBucket } from "./default-bucket.js";
import { expandRole } from "./role.js";
import { type ClientConfig, clientMakers, configuredRegion, type SessionClients } from "./session-clients.js";
import { type SessionOptions, sessionProblems } from "./session-options.js";

interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

const brand = Symbol.for("sfn-ds.session");

/**
 * Where jobs and workflows run: region, credentials, the bucket for uploads. Making one asks nobody;
 * AWS clients are loaded at the first call, one of each kind.
 *
 * @example
 * const session = new Session();
 * await session.defaultBucket(); // sagemaker-us-east-1-123456789012
 */
export class Session {
  readonly [brand] = true;
  /** Stands between the bucket and every key; `undefined` for none. */
  readonly defaultBucketPrefix: string | undefined;
  readonly #options: SessionOptions;
  readonly #clients: { [K in keyof SessionClients]?: Promise<SessionClients[K]> } = {};
  #region: Promise<string> | undefined;
  #identity: Promise<CallerIdentity> | undefined;
  #bucket: Promise<string> | undefined;

  /**
   * Makes a session; nothing is asked or loaded.
   *
   * @throws {@link DefinitionError} `unknown_option`, `conflicting_options`.
   */
  constructor(options: SessionOptions = {}) {
    this.#options = givenOptions("Session", "invalid_argument", options);
    throwIssues(sessionProblems(this.#options));
    this.defaultBucketPrefix = options.defaultBucketPrefix?.replace(/^\/+|\/+$/g, "") || undefined;
  }

  /** Whether `value` is a session, also one of another copy of this package. */
  static is(value: unknown): value is Session {
    return typeof value === "object" && value !== null && brand in value;
  }

  /** The region, where it is known without asking: from the options or the environment. */
  get knownRegion(): string | undefined {
    return this.#options.region || process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"] || undefined;
  }

  /** KMS key of a default bucket that the session makes. */
  get defaultBucketKmsKeyId(): string | undefined {
    return this.#options.defaultBucketKmsKeyId;
  }

  /** Whether requests go to an endpoint of one's own, for example the local service, and not to AWS. */
  get hasOwnEndpoint(): boolean {
    return Boolean(this.#options.endpoint || process.env["AWS_ENDPOINT_URL"]);
  }

  /**
   * The region of the clients.
   *
   * @throws {@link SfnDsError} `no_region`.
   */
  region(): Promise<string> {
    this.#region ??= this.#findRegion().catch((error: unknown) => {
      // A later call may find the environment set.
      this.#region = undefined;
      throw error;
    });
    return this.#region;
  }

  /** The partition of the region: `aws`, `aws-cn`, `aws-us-gov`, … */
  async partition(): Promise<string> {
    return partitionOf(await this.region());
  }

  /** The account of the credentials: twelve digits. Asks STS once. */
  async account(): Promise<string> {
    return (await this.#caller()).account;
  }

  /** The ARN of whoever the credentials belong to. Asks STS once. */
  async callerArn(): Promise<string> {
    return (await this.#caller()).arn;
  }

  /**
   * The ARN of a role that is given by its name or its ARN.
   *
   * @throws {@link SfnDsError} `unknown_role`.
   */
  expandRole(role: string): Promise<string> {
    return expandRole(this, role);
  }

  /** The name of the bucket for uploads and outputs. Makes none: see {@link ensureDefaultBucket}. */
  async defaultBucket(): Promise<string> {
    const { defaultBucket } = this.#options;
    if (defaultBucket) return defaultBucket;
    const [region, account] = await Promise.all([this.region(), this.account()]);
    return `sagemaker-${region}-${account}`;
  }

  /**
   * The name of the default bucket, which is made when it does not exist.
   *
   * @throws {@link SfnDsError} `bucket_not_owned` when it belongs to somebody else.
   */
  ensureDefaultBucket(): Promise<string> {
    this.#bucket ??= ensureBucket(this, this.#options.defaultBucket === undefined).catch((error: unknown) => {
      this.#bucket = undefined;
      throw error;
    });
    return this.#bucket;
  }

  /**
   * Uploads a file, or a folder with all that is below it.
   *
   * @returns the S3 URI: of the file `s3://bucket/prefix/name`, of a folder `s3://bucket/prefix`
   * @throws {@link SfnDsError} `unreadable_file`, `file_too_large`, `bucket_not_owned`.
   */
  uploadData(path: string, options: UploadOptions = {}): Promise<string> {
    return uploadData(this, path, options);
  }

  /** The present, by the session's clock. */
  now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  /** Waits, by the session's clock. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await (this.#options.sleep ?? realSleep)(milliseconds, signal);
  }

  /** A number from 0 to below 1, by the session's chance. */
  random(): number {
    return (this.#options.random ?? Math.random)();
  }

  /** The client of Step Functions. */
  sfn(): Promise<SessionClients["sfn"]> {
    return this.#client("sfn");
  }

  /** The client of S3. */
  s3(): Promise<SessionClients["s3"]> {
    return this.#client("s3");
  }

  /** The client of SageMaker. */
  sagemaker(): Promise<SessionClients["sagemaker"]> {
    return this.#client("sagemaker");
  }

  /** The client of STS. */
  sts(): Promise<SessionClients["sts"]> {
    return this.#client("sts");
  }

  /** The client of IAM. */
  iam(): Promise<SessionClients["iam"]> {
    return this.#client("iam");
  }

  /** The client of CloudWatch Logs. */
  logs(): Promise<SessionClients["logs"]> {
    return this.#client("logs");
  }

  #client<K extends keyof SessionClients>(kind: K): Promise<SessionClients[K]> {
    const known: Promise<SessionClients[K]> | undefined = this.#clients[kind];
    if (known !== undefined) return known;
    const given: SessionClients[K] | undefined = this.#options.clients?.[kind];
    const made = given === undefined ? clientMakers[kind](this.#clientConfig(kind)) : Promise.resolve(given);
    const clients: { [P in K]?: Promise<SessionClients[P]> } = this.#clients;
    clients[kind] = made;
    return made;
  }

  #clientConfig(kind: keyof SessionClients): ClientConfig {
    const { endpoints, profile, credentials, requestHandler } = this.#options;
    const endpoint = endpoints?.[kind] ?? this.#options.endpoint;
    return {
      region: () => this.region(),
      customUserAgent: [["sfn-ds", version]],
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(profile === undefined ? {} : { profile }),
      ...(credentials === undefined ? {} : { credentials }),
      ...(requestHandler === undefined ? {} : { requestHandler }),
    };
  }

  async #findRegion(): Promise<string> {
    const region = this.knownRegion ?? (await configuredRegion(this.#options.profile));
    if (region !== undefined) return region;
    throw new SfnDsError("no_region", "no AWS region is set");
  }

  #caller(): Promise<CallerIdentity> {
    this.#identity ??= this.#askCaller().catch((error: unknown) => {
      this.#identity = undefined;
      throw error;
    });
    return this.#identity;
  }

  async #askCaller(): Promise<CallerIdentity> {
    const client = await this.sts();
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const { Account: account, Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
    if (account === undefined || arn === undefined) {
      throw new SfnDsError("no_credentials", "AWS did not say whose the credentials are");
    }
    return { account, arn };
  }
}
