import { open } from "node:fs/promises";
import { isPlainObject } from "../../language/json.js";
import type { Session } from "./session.js";

/** Where SageMaker says which notebook instance or Studio profile a program runs in. */
export const notebookMetadata = "/opt/ml/metadata/resource-metadata.json";

const maxMetadataBytes = 65_536;

/**
 * The role of the SageMaker notebook or Studio profile that the program runs in: from the metadata file, else from SageMaker.
 *
 * @returns `undefined` outside a notebook, and where the role could not be found out; then `onWarning` is told why
 */
export async function notebookRole(
  session: Session,
  path: string,
  onWarning: (message: string) => void,
): Promise<string | undefined> {
  try {
    const metadata = await readMetadata(path);
    return metadata === undefined ? undefined : await roleOf(session, metadata);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onWarning(`the role of this notebook is not known: ${reason}. The caller of AWS is taken instead`);
    return undefined;
  }
}

type Metadata = Readonly<Record<string, unknown>>;

async function readMetadata(path: string): Promise<Metadata | undefined> {
  const text = await readStart(path);
  if (text === undefined) return undefined;
  const metadata: unknown = JSON.parse(text);
  if (!isPlainObject(metadata)) throw new Error(`${path} holds no object`);
  return metadata;
}

async function readStart(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxMetadataBytes), 0, maxMetadataBytes, 0);
      return buffer.subarray(0, bytesRead).toString("utf8");
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Outside SageMaker there is no such file.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function roleOf(session: Session, metadata: Metadata): Promise<string | undefined> {
  const { ExecutionRoleArn: arn, DomainId: domain, UserProfileName: profile, ResourceName: notebook } = metadata;
  if (typeof arn === "string") return arn;
  const client = await session.sagemaker();
  const { DescribeDomainCommand, DescribeNotebookInstanceCommand, DescribeUserProfileCommand } = await import(
    "@aws-sdk/client-sagemaker"
  );
  if (typeof domain !== "string") {
    if (typeof notebook !== "string") return undefined;
    return (await client.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName: notebook }))).RoleArn;
  }
  if (typeof profile === "string") {
    const request = new DescribeUserProfileCommand({ DomainId: domain, UserProfileName: profile });
    const role = (await client.send(request)).UserSettings?.ExecutionRole;
    if (role !== undefined) return role;
  }
  return (await client.send(new DescribeDomainCommand({ DomainId: domain }))).DefaultUserSettings?.ExecutionRole;
}
