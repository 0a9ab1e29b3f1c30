import type { S3Client } from "@aws-sdk/client-s3";
import { awsErrorName, SfnDsError } from "../../language/sfn-ds-error.js";
import type { Session } from "./session.js";

/**
 * Makes the session's bucket unless it is there.
 *
 * @param isDerived - whether the name was made from region and account, so that it must be the account's own
 */
export async function ensureBucket(session: Session, isDerived: boolean): Promise<string> {
  const bucket = await session.defaultBucket();
  const client = await session.s3();
  const owner = isDerived ? { ExpectedBucketOwner: await session.account() } : {};
  const { HeadBucketCommand } = await import("@aws-sdk/client-s3");
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket, ...owner }));
  } catch (error) {
    const status = httpStatus(error);
    if (status === 403) throw notOwned(bucket, error);
    if (status !== 404 && awsErrorName(error) !== "NotFound") throw error;
    await create(client, bucket, await session.region());
    await encrypt(client, bucket, session.defaultBucketKmsKeyId);
  }
  return bucket;
}

async function create(client: S3Client, bucket: string, region: string): Promise<void> {
  const { CreateBucketCommand } = await import("@aws-sdk/client-s3");
  type Place = NonNullable<ConstructorParameters<typeof CreateBucketCommand>[0]["CreateBucketConfiguration"]>;
  // us-east-1 is the one region that must not be named.
  const place = { LocationConstraint: region } as Place;
  try {
    const configuration = region === "us-east-1" ? {} : { CreateBucketConfiguration: place };
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...configuration }));
  } catch (error) {
    switch (awsErrorName(error)) {
      // Somebody of this account was faster.
      case "BucketAlreadyOwnedByYou":
      case "OperationAborted":
        return;
      case "BucketAlreadyExists":
        throw notOwned(bucket, error);
      default:
        throw error;
    }
  }
}

/** S3 encrypts every bucket; a key of one's own has to be said. */
async function encrypt(client: S3Client, bucket: string, kmsKeyId: string | undefined): Promise<void> {
  if (kmsKeyId === undefined) return;
  const { PutBucketEncryptionCommand } = await import("@aws-sdk/client-s3");
  const byDefault = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKeyId } as const;
  const configuration = { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: true }] };
  await client.send(
    new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: configuration }),
  );
}

function notOwned(bucket: string, cause: unknown): SfnDsError {
  const message = `the bucket ${bucket} belongs to somebody else, or the credentials may not read it`;
  return new SfnDsError("bucket_not_owned", message, { cause });
}

/** The HTTP status of an AWS client's error. */
export function httpStatus(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return undefined;
  const { httpStatusCode } = error.$metadata as { readonly httpStatusCode?: number };
  return httpStatusCode;
}
