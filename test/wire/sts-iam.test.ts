import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { serveIam } from "../../src/local/access/iam.js";
import { createRoles } from "../../src/local/access/roles.js";
import { serveSts } from "../../src/local/access/sts.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { inProcess, overHttp } from "./clients.js";

const ownRole = "arn:aws:iam::000000000000:role/sfn-ds-local";

function open() {
  const roles = createRoles(defaultIdentity);
  const sts = serveSts({ identity: defaultIdentity, roles });
  const iam = serveIam({ roles });
  return { sts, iam, stsClient: new STSClient(inProcess(sts)), iamClient: new IAMClient(inProcess(iam)) };
}

const newRole = { RoleName: "job-role", Path: "/service-role/", AssumeRolePolicyDocument: '{"Version":"2012-10-17"}' };

describe("STS", () => {
  test("says that the caller has assumed the local role", async () => {
    expect(await open().stsClient.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: "000000000000",
      Arn: "arn:aws:sts::000000000000:assumed-role/sfn-ds-local/sfn-ds",
    });
  });

  test("answers over HTTP", async () => {
    const client = new STSClient(await overHttp(open().sts));
    expect((await client.send(new GetCallerIdentityCommand({}))).Account).toBe("000000000000");
  });

  test("knows the caller by the credentials of an assumed role", async () => {
    const { iamClient, stsClient, sts } = open();
    const { Role } = await iamClient.send(new CreateRoleCommand(newRole));
    const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "night" });
    const { Credentials } = await stsClient.send(assume);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
    };
    const other = new STSClient({ ...inProcess(sts), credentials });
    const { Arn } = await other.send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe("arn:aws:sts::000000000000:assumed-role/job-role/night");
  });

  test("denies a role that does not exist", async () => {
    const RoleArn = "arn:aws:iam::000000000000:role/nobody";
    const sent = open().stsClient.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "s1" }));
    await expect(sent).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
  });

  test("refuses a session without a name", async () => {
    const sent = open().stsClient.send(new AssumeRoleCommand({ RoleArn: ownRole, RoleSessionName: undefined }));
    await expect(sent).rejects.toMatchObject({ name: "ValidationError" });
  });
});

describe("IAM", () => {
  test("has the role of the identity from the start", async () => {
    const { Role } = await open().iamClient.send(new GetRoleCommand({ RoleName: "sfn-ds-local" }));
    expect(Role).toMatchObject({ Arn: ownRole, Path: "/" });
  });

  test("gives the ARN of a new role with its path", async () => {
    const { Role } = await open().iamClient.send(new CreateRoleCommand(newRole));
    expect(Role?.Arn).toBe("arn:aws:iam::000000000000:role/service-role/job-role");
  });

  test("keeps the tags of a role", async () => {
    const { iamClient } = open();
    await iamClient.send(new CreateRoleCommand({ ...newRole, Tags: [{ Key: "team", Value: "a&b" }] }));
    const { Role } = await iamClient.send(new GetRoleCommand({ RoleName: "job-role" }));
    expect(Role?.Tags).toEqual([{ Key: "team", Value: "a&b" }]);
  });

  test("lists roles below a path", async () => {
    const { iamClient } = open();
    await iamClient.send(new CreateRoleCommand(newRole));
    const { Roles } = await iamClient.send(new ListRolesCommand({ PathPrefix: "/service-role/" }));
    expect(Roles?.map(({ RoleName }) => RoleName)).toEqual(["job-role"]);
  });

  test("gives back an inline policy as it was put", async () => {
    const { iamClient } = open();
    const policy = { RoleName: "sfn-ds-local", PolicyName: "p", PolicyDocument: '{"Statement":[]}' };
    await iamClient.send(new PutRolePolicyCommand(policy));
    const { PolicyDocument } = await iamClient.send(new GetRolePolicyCommand(policy));
    expect(decodeURIComponent(PolicyDocument ?? "")).toBe(policy.PolicyDocument);
  });

  test("lists attached policies", async () => {
    const { iamClient } = open();
    const PolicyArn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";
    await iamClient.send(new AttachRolePolicyCommand({ RoleName: "sfn-ds-local", PolicyArn }));
    const listed = await iamClient.send(new ListAttachedRolePoliciesCommand({ RoleName: "sfn-ds-local" }));
    expect(listed.AttachedPolicies).toEqual([{ PolicyName: "AmazonSageMakerFullAccess", PolicyArn }]);
  });

  test("removes a role without policies", async () => {
    const { iamClient } = open();
    await iamClient.send(new CreateRoleCommand(newRole));
    await iamClient.send(new DeleteRoleCommand({ RoleName: "job-role" }));
    expect((await iamClient.send(new ListRolesCommand({}))).Roles?.length).toBe(1);
  });

  test("keeps a role that has policies", async () => {
    const { iamClient } = open();
    const policy = { RoleName: "sfn-ds-local", PolicyName: "p", PolicyDocument: "{}" };
    await iamClient.send(new PutRolePolicyCommand(policy));
    const sent = iamClient.send(new DeleteRoleCommand({ RoleName: "sfn-ds-local" }));
    await expect(sent).rejects.toMatchObject({ name: "DeleteConflictException", $metadata: { httpStatusCode: 409 } });
  });

  const refusals = [
    { name: "NoSuchEntityException", command: new GetRoleCommand({ RoleName: "nobody" }) },
    { name: "EntityAlreadyExistsException", command: new CreateRoleCommand({ ...newRole, RoleName: "sfn-ds-local" }) },
    { name: "ValidationError", command: new CreateRoleCommand({ ...newRole, RoleName: "a b" }) },
    { name: "ValidationError", command: new CreateRoleCommand({ ...newRole, Path: "no-slash" }) },
    {
      name: "MalformedPolicyDocumentException",
      command: new CreateRoleCommand({ ...newRole, AssumeRolePolicyDocument: "{" }),
    },
    { name: "InvalidAction", command: new ListPoliciesCommand({}) },
  ] as const;
  test.each(refusals)("answers $name to $command.constructor.name", async ({ name, command }) => {
    await expect(open().iamClient.send(command as GetRoleCommand)).rejects.toMatchObject({ name });
  });

  test("says in AWS's words that a role cannot be found", async () => {
    const sent = open().iamClient.send(new GetRoleCommand({ RoleName: "nobody" }));
    await expect(sent).rejects.toThrow("The role with name nobody cannot be found.");
  });
});
