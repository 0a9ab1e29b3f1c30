import { randomBytes } from "node:crypto";
import { parseArn } from "../../language/arn.js";
import type { LocalIdentity } from "../identity.js";
import { type QueryInput, required, serveQuery } from "../protocols/query.js";
import { element, textElement } from "../protocols/xml.js";
import { ServiceError, type WireHandler, type WireRequest } from "../wire.js";
import type { LocalRole, Roles } from "./roles.js";

const sessionNamePattern = /^[\w+=,.@-]{2,64}$/;

/** The STS API: who is calling, and sessions of any local role. */
export function serveSts(options: {
  readonly identity: LocalIdentity;
  readonly roles: Roles;
  /** Milliseconds since 1970. Default: the time of this machine. */
  readonly now?: () => number;
}): WireHandler {
  const { now = Date.now } = options;
  return serveQuery({
    service: "STS",
    namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    operations: {
      GetCallerIdentity: ({ request }) => {
        const { arn, userId } = options.roles.session(accessKeyOf(request));
        return [
          textElement("Arn", arn),
          textElement("UserId", userId),
          textElement("Account", options.identity.account),
        ];
      },
      AssumeRole: (input) => assumeRole(options.roles, input, now()),
    },
  });
}

function assumeRole(roles: Roles, input: QueryInput, now: number): readonly string[] {
  const arn = required(input, "RoleArn");
  const sessionName = required(input, "RoleSessionName");
  if (!sessionNamePattern.test(sessionName)) {
    const message = `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`;
    throw new ServiceError("ValidationError", message);
  }
  const session = roles.assume(roleOfArn(roles, input, arn), sessionName);
  return [
    element("Credentials", [
      textElement("AccessKeyId", session.accessKeyId),
      textElement("SecretAccessKey", randomBytes(20).toString("hex")),
      textElement("SessionToken", randomBytes(32).toString("base64")),
      textElement("Expiration", new Date(now + durationSeconds(input) * 1000).toISOString()),
    ]),
    element("AssumedRoleUser", [textElement("AssumedRoleId", session.userId), textElement("Arn", session.arn)]),
  ];
}

function roleOfArn(roles: Roles, { request }: QueryInput, arn: string): LocalRole {
  const name = parseArn(arn)?.resource.split("/").at(-1) ?? "";
  const found = roles.list("/").find((role) => role.name === name && role.arn === arn);
  if (found !== undefined) return found;
  const caller = roles.session(accessKeyOf(request)).arn;
  const message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
  throw new ServiceError("AccessDenied", message, 403);
}

function durationSeconds({ parameters }: QueryInput): number {
  const seconds = Number(parameters.get("DurationSeconds") ?? 3600);
  if (Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200) return seconds;
  const message = `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200`;
  throw new ServiceError("ValidationError", message);
}

/** The access key in the signature: `Authorization: AWS4-HMAC-SHA256 Credential=<key>/<date>/…`. */
function accessKeyOf({ headers }: WireRequest): string | undefined {
  return /Credential=([^/,\s]+)\//.exec(headers["authorization"] ?? "")?.[1];
}
