import { readFileSync, truncateSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { SfnDsError } from "../../src/language/sfn-ds-error.js";
import { notebookRole } from "../../src/sagemaker/session/notebook-role.js";
import { expandRole, getExecutionRole } from "../../src/sagemaker/session/role.js";
import { Session } from "../../src/sagemaker/session/session.js";
import type { SessionOptions } from "../../src/sagemaker/session/session-options.js";
import { awsError, FakeAws, fakeBucket } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";

afterEach(() => vi.unstubAllEnvs());

/** The code of the error that a promise ends with. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return SfnDsError.is(error) ? error.code : `no SfnDsError: ${String(error)}`;
}

describe("region", () => {
  const environments = [
    { name: "the option comes first", region: "eu-west-1", env: { AWS_REGION: "us-east-2" }, expected: "eu-west-1" },
    {
      name: "AWS_REGION comes second",
      env: { AWS_REGION: "us-east-2", AWS_DEFAULT_REGION: "us-west-1" },
      expected: "us-east-2",
    },
    {
      name: "AWS_DEFAULT_REGION comes third",
      env: { AWS_REGION: "", AWS_DEFAULT_REGION: "us-west-1" },
      expected: "us-west-1",
    },
  ];
  test.each(environments)("$name", async ({ region, env, expected }) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    await expect(new Session(region === undefined ? {} : { region }).region()).resolves.toBe(expected);
  });

  test("the shared configuration comes last", async () => {
    const folder = temporaryFiles({ config: "[default]\nregion = ap-south-1\n" });
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_CONFIG_FILE", `${folder}/config`);
    await expect(new Session().region()).resolves.toBe("ap-south-1");
  });

  test("no region anywhere is refused by name", async () => {
    const folder = temporaryFiles({ config: "" });
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_CONFIG_FILE", `${folder}/config`);
    expect(await codeOf(new Session().region())).toBe("no_region");
  });

  test.each([
    ["us-east-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("the partition of %s is %s", async (region, partition) => {
    await expect(new Session({ region }).partition()).resolves.toBe(partition);
  });
});

describe("account", () => {
  test("STS is asked once", async () => {
    const aws = new FakeAws();
    const session = aws.session();
    expect([await session.account(), await session.account()]).toEqual(["123456789012", "123456789012"]);
    expect(aws.operations).toEqual(["GetCallerIdentity"]);
  });

  test("a failed answer is not kept", async () => {
    const aws = new FakeAws({
      GetCallerIdentity: (_, count) => (count === 1 ? awsError("Throttled") : { Account: "1", Arn: "a" }),
    });
    const session = aws.session();
    await expect(session.account()).rejects.toThrow("Throttled");
    await expect(session.account()).resolves.toBe("1");
  });
});

describe("default bucket", () => {
  test("its name is made from region and account, and nothing is created", async () => {
    const aws = new FakeAws();
    await expect(aws.session().defaultBucket()).resolves.toBe(fakeBucket);
    expect(aws.operations).toEqual(["GetCallerIdentity"]);
  });

  test("a name of one's own asks nobody", async () => {
    const aws = new FakeAws();
    await expect(aws.session({ defaultBucket: "mine" }).defaultBucket()).resolves.toBe("mine");
    expect(aws.operations).toEqual([]);
  });

  const missing = { HeadBucket: () => awsError("NotFound", 404) };
  const outcomes = [
    { name: "a bucket that is there is used", answers: {}, created: 0 },
    { name: "a missing bucket is created", answers: missing, created: 1 },
    {
      name: "a bucket that another program just created is used",
      answers: { ...missing, CreateBucket: () => awsError("BucketAlreadyOwnedByYou", 409) },
      created: 1,
    },
    {
      name: "a bucket that another program is creating is used",
      answers: { ...missing, CreateBucket: () => awsError("OperationAborted", 409) },
      created: 1,
    },
  ];
  test.each(outcomes)("$name", async ({ answers, created }) => {
    const aws = new FakeAws(answers);
    await expect(aws.session().ensureDefaultBucket()).resolves.toBe(fakeBucket);
    expect(aws.inputsOf("CreateBucket")).toHaveLength(created);
  });

  const refusals = [
    { name: "forbidden", answers: { HeadBucket: () => awsError("Forbidden", 403) } },
    { name: "taken", answers: { ...missing, CreateBucket: () => awsError("BucketAlreadyExists", 409) } },
  ];
  test.each(refusals)("a bucket of somebody else is refused: $name", async ({ answers }) => {
    expect(await codeOf(new FakeAws(answers).session().ensureDefaultBucket())).toBe("bucket_not_owned");
  });

  test("us-east-1 is not named when the bucket is created", async () => {
    const aws = new FakeAws(missing);
    await aws.session().ensureDefaultBucket();
    expect(aws.inputsOf("CreateBucket")).toEqual([{ Bucket: fakeBucket }]);
  });

  test("another region is named when the bucket is created", async () => {
    const aws = new FakeAws(missing);
    await aws.session({ region: "eu-west-1" }).ensureDefaultBucket();
    expect(aws.inputsOf("CreateBucket")).toEqual([
      {
        Bucket: "sagemaker-eu-west-1-123456789012",
        CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
      },
    ]);
  });

  test("it is made sure of once", async () => {
    const aws = new FakeAws();
    const session = aws.session();
    await Promise.all([session.ensureDefaultBucket(), session.ensureDefaultBucket()]);
    await session.ensureDefaultBucket();
    expect(aws.inputsOf("HeadBucket")).toHaveLength(1);
  });
});

describe("uploadData", () => {
  test("a file goes below the prefix under its own name", async () => {
    const folder = temporaryFiles({ "a.csv": "1" });
    const aws = new FakeAws();
    const uri = await aws.session().uploadData(`${folder}/a.csv`, { keyPrefix: "pre/fix" });
    expect(uri).toBe(`s3://${fakeBucket}/pre/fix/a.csv`);
    expect(aws.inputsOf("PutObject")).toMatchObject([
      { Bucket: fakeBucket, Key: "pre/fix/a.csv", Body: readFileSync(`${folder}/a.csv`) },
    ]);
  });

  test("a folder goes file by file", async () => {
    const folder = temporaryFiles({ "a.csv": "1", "sub/b.csv": "2" });
    const aws = new FakeAws();
    const uri = await aws.session({ defaultBucketPrefix: "/team/" }).uploadData(folder);
    expect(uri).toBe(`s3://${fakeBucket}/team/data`);
    const keys = aws.inputsOf("PutObject").map(({ Key }) => String(Key));
    expect(keys.sort()).toEqual(["team/data/a.csv", "team/data/sub/b.csv"]);
  });

  const sha256 = "a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=";
  test.each([
    { name: "the same contents", found: { ChecksumSHA256: sha256 }, options: {}, kind: "unchanged" },
    { name: "other contents", found: { ChecksumSHA256: "x" }, options: {}, kind: "uploaded" },
    { name: "contents that nobody knows", found: {}, options: {}, kind: "uploaded" },
    {
      name: "the same contents under another key",
      found: { ChecksumSHA256: sha256, SSEKMSKeyId: "arn:aws:kms:::key/a" },
      options: { kmsKeyId: "b" },
      kind: "uploaded",
    },
    {
      name: "the same contents under the same key",
      found: { ChecksumSHA256: sha256, SSEKMSKeyId: "arn:aws:kms:::key/a" },
      options: { kmsKeyId: "a" },
      kind: "unchanged",
    },
  ])("an object with $name is $kind, and that is said", async ({ found, options, kind }) => {
    const folder = temporaryFiles({ "a.csv": "1" });
    const aws = new FakeAws({ HeadObject: () => found });
    const said: string[] = [];
    await aws.session().uploadData(`${folder}/a.csv`, { ...options, onProgress: (event) => said.push(event.kind) });
    expect([said, aws.inputsOf("PutObject").length]).toEqual([[kind], kind === "uploaded" ? 1 : 0]);
  });

  test("a bucket and a key of one's own are used", async () => {
    const folder = temporaryFiles({ "a.csv": "1" });
    const aws = new FakeAws();
    await aws.session({ defaultBucketPrefix: "team" }).uploadData(`${folder}/a.csv`, { bucket: "b", kmsKeyId: "k" });
    expect(aws.inputsOf("PutObject")).toMatchObject([
      { Bucket: "b", Key: "data/a.csv", ServerSideEncryption: "aws:kms", SSEKMSKeyId: "k" },
    ]);
  });

  test.each(["nothing-here", "."])("what cannot be read is refused by name: %s", async (name) => {
    const folder = temporaryFiles({});
    expect(await codeOf(new FakeAws().session().uploadData(`${folder}/${name}`))).toBe("unreadable_file");
  });

  test("a file that one request cannot carry is refused by name, and nothing of it is sent", async () => {
    const folder = temporaryFiles({ "large.bin": "" });
    // Sparse: it takes no room.
    truncateSync(`${folder}/large.bin`, 5 * 1024 ** 3 + 1);
    const aws = new FakeAws();
    expect(await codeOf(aws.session().uploadData(`${folder}/large.bin`))).toBe("file_too_large");
    expect(aws.inputsOf("PutObject")).toEqual([]);
  });
});

describe("getExecutionRole", () => {
  const caller = (Arn: string) => ({ GetCallerIdentity: () => ({ Account: "123456789012", Arn }) });
  const assumed = (name: string) => caller(`arn:aws-cn:sts::123456789012:assumed-role/${name}/session`);
  const denied = { GetRole: () => awsError("AccessDenied", 403) };

  const found = [
    {
      name: "IAM knows the path of an assumed role",
      answers: assumed("Exec"),
      expected: "arn:aws:iam::123456789012:role/path/Exec",
    },
    {
      name: "a role's own ARN is given back",
      answers: caller("arn:aws:iam::123456789012:role/a/b"),
      expected: "arn:aws:iam::123456789012:role/a/b",
    },
    {
      name: "SageMaker's own roles stand under /service-role/ where IAM is denied",
      answers: { ...assumed("AmazonSageMaker-ExecutionRole-20260101T000000"), ...denied },
      expected: "arn:aws-cn:iam::123456789012:role/service-role/AmazonSageMaker-ExecutionRole-20260101T000000",
    },
  ];
  test.each(found)("$name", async ({ answers, expected }) => {
    const warnings: string[] = [];
    const session = new FakeAws(answers).session();
    await expect(getExecutionRole(session, { onWarning: (message) => warnings.push(message) })).resolves.toBe(expected);
    expect(warnings).toEqual([]);
  });

  test("where IAM is denied another role is taken to stand under /, with a warning", async () => {
    const warnings: string[] = [];
    const session = new FakeAws({ ...assumed("Exec"), ...denied }).session();
    const arn = await getExecutionRole(session, { onWarning: (message) => warnings.push(message) });
    expect(arn).toBe("arn:aws-cn:iam::123456789012:role/Exec");
    expect(warnings).toEqual([expect.stringContaining("iam:GetRole was denied")]);
  });

  const refused = [
    { name: "a user", answers: caller("arn:aws:iam::123456789012:user/path/me"), code: "not_a_role" },
    { name: "the root", answers: caller("arn:aws:iam::123456789012:root"), code: "not_a_role" },
    { name: "a federated user", answers: caller("arn:aws:sts::123456789012:federated-user/me"), code: "not_a_role" },
    {
      name: "an Identity Center role",
      answers: assumed("AWSReservedSSO_Admin_0123456789abcdef"),
      code: "not_a_role",
    },
    {
      name: "a role that is gone",
      answers: { ...assumed("Exec"), GetRole: () => awsError("NoSuchEntityException", 404) },
      code: "unknown_role",
    },
  ];
  test.each(refused)("$name is refused", async ({ answers, code }) => {
    expect(await codeOf(getExecutionRole(new FakeAws(answers).session()))).toBe(code);
  });
});

describe("the role of a notebook", () => {
  const found = [
    { name: "the file says it", metadata: { ExecutionRoleArn: "a" }, answers: {}, expected: "a", calls: [] },
    {
      name: "a notebook instance has one",
      metadata: { ResourceName: "n" },
      answers: { DescribeNotebookInstance: () => ({ RoleArn: "b" }) },
      expected: "b",
      calls: ["DescribeNotebookInstance"],
    },
    {
      name: "a Studio profile has one",
      metadata: { DomainId: "d", UserProfileName: "u" },
      answers: { DescribeUserProfile: () => ({ UserSettings: { ExecutionRole: "c" } }) },
      expected: "c",
      calls: ["DescribeUserProfile"],
    },
    {
      name: "a profile without one has its domain's",
      metadata: { DomainId: "d", UserProfileName: "u" },
      answers: {
        DescribeUserProfile: () => ({}),
        DescribeDomain: () => ({ DefaultUserSettings: { ExecutionRole: "e" } }),
      },
      expected: "e",
      calls: ["DescribeUserProfile", "DescribeDomain"],
    },
    { name: "a file that names nothing says nothing", metadata: {}, answers: {}, expected: undefined, calls: [] },
  ];
  test.each(found)("$name", async ({ metadata, answers, expected, calls }) => {
    const folder = temporaryFiles({ "m.json": JSON.stringify(metadata) });
    const aws = new FakeAws(answers);
    expect(await notebookRole(aws.session(), `${folder}/m.json`, (message) => expect.fail(message))).toBe(expected);
    expect(aws.operations).toEqual(calls);
  });

  test("outside a notebook there is none, and nobody is warned", async () => {
    const folder = temporaryFiles({});
    const role = await notebookRole(new FakeAws().session(), `${folder}/none`, (message) => expect.fail(message));
    expect(role).toBeUndefined();
  });

  test.each([
    { name: "a broken file", text: "{", answers: {} },
    { name: "a file with a list", text: "[]", answers: {} },
    {
      name: "a denied question",
      text: '{"ResourceName":"n"}',
      answers: { DescribeNotebookInstance: () => awsError("AccessDeniedException") },
    },
  ])("$name is a warning", async ({ text, answers }) => {
    const folder = temporaryFiles({ "m.json": text });
    const warnings: string[] = [];
    const session = new FakeAws(answers).session();
    expect(await notebookRole(session, `${folder}/m.json`, (message) => warnings.push(message))).toBeUndefined();
    expect(warnings).toHaveLength(1);
  });
});

describe("expandRole", () => {
  test("an ARN is given back without asking", async () => {
    const aws = new FakeAws();
    await expect(expandRole(aws.session(), "arn:aws:iam::1:role/x")).resolves.toBe("arn:aws:iam::1:role/x");
    expect(aws.operations).toEqual([]);
  });

  test("a name is looked up", async () => {
    await expect(new FakeAws().session().expandRole("Name")).resolves.toBe("arn:aws:iam::123456789012:role/path/Name");
  });

  test.each(["NoSuchEntity", "NoSuchEntityException", "AccessDenied"])("%s is an unknown role", async (name) => {
    expect(await codeOf(expandRole(new FakeAws({ GetRole: () => awsError(name) }).session(), "Name"))).toBe(
      "unknown_role",
    );
  });

  test("any other error of IAM is given on", async () => {
    const session = new FakeAws({ GetRole: () => awsError("Throttling") }).session();
    await expect(expandRole(session, "Name")).rejects.toThrow("Throttling");
  });
});

describe("the options of a session", () => {
  test("a misspelt option, client or endpoint is refused at once, all of them together", () => {
    const options = { regon: "x", clients: { sage: {} }, endpoints: { s4: "http://x" } } as unknown as SessionOptions;
    expect(() => new Session(options)).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({ code: "unknown_option", path: ["regon"] }),
          expect.objectContaining({ code: "unknown_option", path: ["clients", "sage"] }),
          expect.objectContaining({ code: "unknown_option", path: ["endpoints", "s4"] }),
        ],
      }),
    );
  });

  test("a profile beside credentials is refused", () => {
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    expect(() => new Session({ profile: "p", credentials })).toThrow("conflicting_options");
  });

  test("a profile gives the region and the credentials", async () => {
    const folder = temporaryFiles({
      config: "[profile team]\nregion = eu-north-1\n",
      credentials: "[team]\naws_access_key_id = TEAMKEY\naws_secret_access_key = s\n",
    });
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "OTHER");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "OTHER");
    vi.stubEnv("AWS_CONFIG_FILE", `${folder}/config`);
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", `${folder}/credentials`);
    const session = new Session({ profile: "team" });
    const client = await session.sts();
    expect([await session.region(), (await client.config.credentials()).accessKeyId]).toEqual([
      "eu-north-1",
      "TEAMKEY",
    ]);
  });

  test("a service may have an endpoint of its own", async () => {
    const session = new Session({
      region: "us-east-1",
      endpoint: "http://127.0.0.1:1",
      endpoints: { s3: "http://127.0.0.1:2" },
    });
    const ports = await Promise.all(
      [await session.s3(), await session.sagemaker()].map(async (client) => (await client.config.endpoint?.())?.port),
    );
    expect(ports).toEqual([2, 1]);
  });

  test("a bucket that the session makes is encrypted with its key", async () => {
    const aws = new FakeAws({ HeadBucket: () => awsError("NotFound", 404), PutBucketEncryption: () => ({}) });
    await aws.session({ defaultBucketKmsKeyId: "kk" }).ensureDefaultBucket();
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "kk" } };
    expect(aws.inputsOf("PutBucketEncryption")).toMatchObject([
      { Bucket: fakeBucket, ServerSideEncryptionConfiguration: { Rules: [{ ...rule, BucketKeyEnabled: true }] } },
    ]);
  });
});

describe("partitions", () => {
  test.each([
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["us-isof-south-1", "aws-iso-f"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["eusc-de-east-1", "aws-eusc"],
    ["us-gov-east-1", "aws-us-gov"],
    ["cn-northwest-1", "aws-cn"],
  ])("a role of %s stays in the partition %s", async (region, partition) => {
    const aws = new FakeAws({
      GetCallerIdentity: () => ({
        Account: "123456789012",
        Arn: `arn:${partition}:sts::123456789012:assumed-role/R/s`,
      }),
      GetRole: () => awsError("AccessDenied", 403),
    });
    const session = aws.session({ region });
    const role = await getExecutionRole(session, { onWarning: () => undefined });
    expect([await session.partition(), role]).toEqual([partition, `arn:${partition}:iam::123456789012:role/R`]);
  });
});
