import { type QueryInput, type QueryOperation, required, serveQuery } from "../protocols/query.js";
import { element, textElement } from "../protocols/xml.js";
import { ServiceError, type WireHandler } from "../wire.js";
import type { LocalRole, Roles } from "./roles.js";

const namePattern = /^[\w+=,.@-]{1,64}$/;
const policyNamePattern = /^[\w+=,.@-]{1,128}$/;
const pathPattern = /^\/(?:[\u0021-\u007e]*\/)?$/;

/** The part of IAM that makes and reads roles. Policies are kept and given back; they allow and deny nothing. */
export function serveIam(options: { readonly roles: Roles }): WireHandler {
  return serveQuery({
    service: "IAM",
    namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    operations: { ...roleOperations(options.roles), ...policyOperations(options.roles) },
  });
}

function roleOperations(roles: Roles): { readonly [name: string]: QueryOperation } {
  return {
    GetRole: (input) => [roleElement(roles.get(required(input, "RoleName")))],
    CreateRole: (input) => [roleElement(createRole(roles, input))],
    DeleteRole: (input) => {
      roles.remove(required(input, "RoleName"));
      return [];
    },
    ListRoles: ({ parameters }) => {
      const members = roles.list(parameters.get("PathPrefix") ?? "/").map((role) => roleElement(role, "member"));
      return [element("Roles", members), textElement("IsTruncated", false)];
    },
    ListRoleTags: (input) => [tagsElement(roles.get(required(input, "RoleName"))), textElement("IsTruncated", false)],
    UpdateAssumeRolePolicy: (input) => {
      roles.get(required(input, "RoleName")).trustPolicy = policyDocument(input, "PolicyDocument");
      return [];
    },
  };
}

function policyOperations(roles: Roles): { readonly [name: string]: QueryOperation } {
  const roleOf = (input: QueryInput) => roles.get(required(input, "RoleName"));
  return {
    PutRolePolicy: (input) => {
      const name = checkedName(input, "PolicyName", policyNamePattern);
      roleOf(input).policies.set(name, policyDocument(input, "PolicyDocument"));
      return [];
    },
    GetRolePolicy: (input) => {
      const role = roleOf(input);
      const name = required(input, "PolicyName");
      const document = role.policies.get(name) ?? notFound(`The role policy with name ${name} cannot be found.`);
      return [
        textElement("RoleName", role.name),
        textElement("PolicyName", name),
        textElement("PolicyDocument", encodeURIComponent(document)),
      ];
    },
    DeleteRolePolicy: (input) => {
      const name = required(input, "PolicyName");
      if (!roleOf(input).policies.delete(name)) notFound(`The role policy with name ${name} cannot be found.`);
      return [];
    },
    ListRolePolicies: (input) => {
      const names = [...roleOf(input).policies.keys()].sort().map((name) => textElement("member", name));
      return [element("PolicyNames", names), textElement("IsTruncated", false)];
    },
    AttachRolePolicy: (input) => {
      roleOf(input).attached.add(required(input, "PolicyArn"));
      return [];
    },
    DetachRolePolicy: (input) => {
      const arn = required(input, "PolicyArn");
      if (!roleOf(input).attached.delete(arn)) notFound(`Policy ${arn} was not found.`);
      return [];
    },
    ListAttachedRolePolicies: (input) => {
      const members = [...roleOf(input).attached].sort().map((arn) => attachedElement(arn));
      return [element("AttachedPolicies", members), textElement("IsTruncated", false)];
    },
  };
}

function createRole(roles: Roles, input: QueryInput): LocalRole {
  const { parameters } = input;
  const path = parameters.get("Path") ?? "/";
  if (!pathPattern.test(path)) throw invalid("path", path, "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
  const seconds = parameters.get("MaxSessionDuration");
  return roles.create({
    name: checkedName(input, "RoleName", namePattern),
    path,
    trustPolicy: policyDocument(input, "AssumeRolePolicyDocument"),
    description: parameters.get("Description") ?? undefined,
    maxSessionSeconds: seconds === null ? undefined : Number(seconds),
    tags: tagsOf(parameters),
  });
}

function tagsOf(parameters: URLSearchParams): Map<string, string> {
  const tags = new Map<string, string>();
  for (let index = 1; ; index += 1) {
    const key = parameters.get(`Tags.member.${index}.Key`);
    if (key === null) return tags;
    tags.set(key, parameters.get(`Tags.member.${index}.Value`) ?? "");
  }
}

function checkedName(input: QueryInput, parameter: string, pattern: RegExp): string {
  const name = required(input, parameter);
  if (pattern.test(name)) return name;
  throw invalid(parameter.charAt(0).toLowerCase() + parameter.slice(1), name, "[\\w+=,.@-]+");
}

function invalid(place: string, value: string, pattern: string): ServiceError {
  const message = `1 validation error detected: Value '${value}' at '${place}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`;
  return new ServiceError("ValidationError", message);
}

function policyDocument(input: QueryInput, parameter: string): string {
  const text = required(input, parameter);
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError("MalformedPolicyDocument", `This policy contains invalid Json: ${reason}`);
  }
}

function notFound(message: string): never {
  throw new ServiceError("NoSuchEntity", message, 404);
}

function roleElement(role: LocalRole, name = "Role"): string {
  return element(name, [
    textElement("Path", role.path),
    textElement("RoleName", role.name),
    textElement("RoleId", role.id),
    textElement("Arn", role.arn),
    textElement("CreateDate", role.created.toISOString()),
    textElement("AssumeRolePolicyDocument", encodeURIComponent(role.trustPolicy)),
    ...(role.description === undefined ? [] : [textElement("Description", role.description)]),
    textElement("MaxSessionDuration", role.maxSessionSeconds),
    tagsElement(role),
  ]);
}

function tagsElement({ tags }: LocalRole): string {
  const members = [...tags].map(([key, value]) =>
    element("member", [textElement("Key", key), textElement("Value", value)]),
  );
  return element("Tags", members);
}

function attachedElement(arn: string): string {
  const name = arn.split("/").at(-1) ?? arn;
  return element("member", [textElement("PolicyName", name), textElement("PolicyArn", arn)]);
}
