import { parseArn } from "../../language/arn.js";
import { awsErrorName, SfnDsError } from "../../language/sfn-ds-error.js";
import { notebookMetadata, notebookRole } from "./notebook-role.js";
import type { Session } from "./session.js";

/** Options of {@link getExecutionRole}. */
export interface ExecutionRoleOptions {
  /** Told what could not be made sure; default a warning of the process. */
  readonly onWarning?: (message: string) => void;
}

/**
 * The ARN of the role that the program runs as, for SageMaker jobs and state machines to run as it too.
 *
 * In a SageMaker notebook or Studio it is the role that these run with; elsewhere that of the credentials.
 * An assumed role does not say its path, so IAM is asked. Where that is denied, a role named `AmazonSageMaker-ExecutionRole…` is taken to stand under
 * `/service-role/`, where SageMaker puts it; any other one under `/`, with a warning. Roles of IAM Identity Center are refused: no service can assume them.
 *
 * @throws {@link SfnDsError} `not_a_role` for a user, the root, a federated user and an Identity Center role; `unknown_role`, `no_credentials`.
 * @example
 * await getExecutionRole(session); // arn:aws:iam::123456789012:role/service-role/AmazonSageMaker-ExecutionRole-20260101T120000
 */
export async function getExecutionRole(session: Session, options: ExecutionRoleOptions = {}): Promise<string> {
  const warn = options.onWarning ?? ((message: string) => process.emitWarning(message, "SfnDsWarning"));
  // The role of a notebook is AWS's: the local service knows nothing of it.
  const ofNotebook = session.hasOwnEndpoint ? undefined : await notebookRole(session, notebookMetadata, warn);
  if (ofNotebook !== undefined) return ofNotebook;
  const caller = await session.callerArn();
  const arn = parseArn(caller);
  if (arn?.service === "iam" && arn.resource.startsWith("role/")) return caller;
  const [kind, name] = arn?.resource.split("/") ?? [];
  if (arn?.service !== "sts" || kind !== "assumed-role" || !name) {
    throw new SfnDsError("not_a_role", `the credentials belong to no role: ${caller}`);
  }
  if (name.startsWith("AWSReservedSSO_")) {
    const hint = "give the ARN of a role that sagemaker.amazonaws.com and states.amazonaws.com may assume";
    throw new SfnDsError("not_a_role", `no service can assume the Identity Center role ${name}`, { hint });
  }
  const found = await findRole(session, name);
  if (found !== "denied") return found;
  const roles = `arn:${arn.partition}:iam::${arn.account}:role/`;
  if (name.includes("AmazonSageMaker-ExecutionRole")) return `${roles}service-role/${name}`;
  warn(
    `the path of the role ${name} is not known: iam:GetRole was denied. It is taken to stand under /: ${roles}${name}`,
  );
  return `${roles}${name}`;
}

/**
 * The ARN of a role. What holds a slash is an ARN and given back as it is; a name is looked up in IAM.
 *
 * @throws {@link SfnDsError} `unknown_role`.
 */
export async function expandRole(session: Session, role: string): Promise<string> {
  if (role.includes("/")) return role;
  const found = await findRole(session, role);
  if (found !== "denied") return found;
  const hint = "allow iam:GetRole, or give the role's ARN";
  throw new SfnDsError("unknown_role", `the role ${role} could not be looked up: iam:GetRole was denied`, { hint });
}

async function findRole(session: Session, name: string): Promise<string> {
  const client = await session.iam();
  const { GetRoleCommand } = await import("@aws-sdk/client-iam");
  try {
    const { Role: role } = await client.send(new GetRoleCommand({ RoleName: name }));
    if (role?.Arn !== undefined) return role.Arn;
  } catch (error) {
    const code = awsErrorName(error);
    if (code.startsWith("AccessDenied")) return "denied";
    if (!code.startsWith("NoSuchEntity")) throw error;
    throw new SfnDsError("unknown_role", `the account has no role named ${name}`, { cause: error });
  }
  throw new SfnDsError("unknown_role", `IAM gave no ARN for the role ${name}`);
}
