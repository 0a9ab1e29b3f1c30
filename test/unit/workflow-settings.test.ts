import { describe, expect, test } from "vitest";
import { DefinitionError } from "../../src/language/errors.js";
import { Pass } from "../../src/states/pass.js";
import type { MachineSettings } from "../../src/workflow/machine-settings.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { type FakeSession, fakeSession } from "./fake-session.js";

const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:count";
const created = (): object => ({ stateMachineArn: arn, creationDate: new Date() });
const group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/count:*";

const settings = {
  loggingConfiguration: {
    level: "ALL",
    includeExecutionData: true,
    destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: group } }],
  },
  tracingConfiguration: { enabled: true },
  encryptionConfiguration: {
    type: "CUSTOMER_MANAGED_KMS_KEY",
    kmsKeyId: "alias/key",
    kmsDataKeyReusePeriodSeconds: 60,
  },
} as const satisfies { [K in keyof Required<MachineSettings>]: object };

function workflowOn(session: FakeSession, options: object = {}): Workflow {
  return new Workflow({ session, role: "Runner", name: "count", definition: new Pass("A"), ...options });
}

async function issuesOf(action: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await action();
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code, path }) => [code, ...path].join(" "));
    throw error;
  }
  return [];
}

describe("settings of a machine", () => {
  test.each(Object.entries(settings))("%s stands in the requests", async (name, value) => {
    const session = fakeSession({ CreateStateMachine: created, UpdateStateMachine: {} });
    const workflow = workflowOn(session, { [name]: value });
    await workflow.create();
    await workflow.update({ [name]: value });
    expect(session.calls.map(({ input }) => input[name])).toEqual([value, value]);
    expect(session.calls[1]?.input).toEqual({ stateMachineArn: arn, [name]: value });
  });

  test("stand in the request of upsert for a machine that is there", async () => {
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: { definition: "{}", roleArn: "r" },
      UpdateStateMachine: {},
    });
    await workflowOn(session, settings).upsert();
    expect(session.calls.at(-1)?.input).toMatchObject(settings);
  });

  test("that are the same let create() take the machine", async () => {
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: {
        definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}',
        roleArn: "arn:aws:iam::123456789012:role/Runner",
        type: "STANDARD",
        ...settings,
      },
    });
    expect(await workflowOn(session, settings).create()).toBe(arn);
  });

  const wrong: readonly (readonly [string, object, readonly string[]])[] = [
    ["a text", { loggingConfiguration: "ALL" }, ["invalid_argument loggingConfiguration"]],
    ["an unknown member", { tracingConfiguration: { on: true } }, ["unknown_option tracingConfiguration on"]],
    [
      "another level",
      { loggingConfiguration: { ...settings.loggingConfiguration, level: "SOME" } },
      ["invalid_argument loggingConfiguration level"],
    ],
    [
      "no destination",
      { loggingConfiguration: { level: "ALL" } },
      ["missing_option loggingConfiguration destinations"],
    ],
    [
      "a group without its end",
      {
        loggingConfiguration: {
          level: "ALL",
          destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: group.slice(0, -2) } }],
        },
      },
      ["invalid_argument loggingConfiguration destinations"],
    ],
    ["a flag as text", { tracingConfiguration: { enabled: "yes" } }, ["invalid_argument tracingConfiguration enabled"]],
    [
      "a key that is missing",
      { encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY" } },
      ["missing_option encryptionConfiguration kmsKeyId"],
    ],
    [
      "a key that AWS would not use",
      { encryptionConfiguration: { type: "AWS_OWNED_KEY", kmsKeyId: "k" } },
      ["conflicting_options encryptionConfiguration kmsKeyId"],
    ],
    ["no type", { encryptionConfiguration: { kmsKeyId: "k" } }, ["missing_option encryptionConfiguration type"]],
    [
      "too many seconds",
      { encryptionConfiguration: { ...settings.encryptionConfiguration, kmsDataKeyReusePeriodSeconds: 901 } },
      ["invalid_argument encryptionConfiguration kmsDataKeyReusePeriodSeconds"],
    ],
  ];
  test.each(wrong)("%s is refused, before and after creation", async (_, given, issues) => {
    const session = fakeSession({ CreateStateMachine: created });
    expect(await issuesOf(() => workflowOn(session, given).create())).toEqual(issues);
    const workflow = workflowOn(session);
    await workflow.create();
    expect(await issuesOf(() => workflow.update(given))).toEqual(issues);
  });
});

describe("versions", () => {
  const versionArn = `${arn}:3`;

  test("are published with the machine, and run by themselves", async () => {
    const session = fakeSession({
      CreateStateMachine: () => ({ ...created(), stateMachineVersionArn: versionArn }),
      UpdateStateMachine: { stateMachineVersionArn: `${arn}:4` },
      StartExecution: { executionArn: "arn" },
    });
    const workflow = workflowOn(session);
    await workflow.create({ publish: true, versionDescription: "first" });
    expect(session.calls[0]?.input).toMatchObject({ publish: true, versionDescription: "first" });
    expect(workflow.versionArn).toBe(versionArn);
    await workflow.update({ role: "Other", publish: true });
    expect(workflow.versionArn).toBe(`${arn}:4`);
    for (const version of [workflow.versionArn, 3, "live", undefined]) {
      await workflow.execute({}, version === undefined ? {} : { version });
    }
    const started = session.calls.filter(({ operation }) => operation === "StartExecution");
    expect(started.map(({ input }) => input["stateMachineArn"])).toEqual([`${arn}:4`, versionArn, `${arn}:live`, arn]);
  });

  test("of a machine that is there are published by a call of their own", async () => {
    const session = fakeSession({
      CreateStateMachine: { stateMachineArn: arn, creationDate: new Date(0) },
      DescribeStateMachine: {
        definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}',
        roleArn: "arn:aws:iam::123456789012:role/Runner",
      },
      PublishStateMachineVersion: { stateMachineVersionArn: versionArn },
    });
    const workflow = workflowOn(session);
    await workflow.create({ publish: true, versionDescription: "first" });
    expect(session.calls.at(-1)?.input).toEqual({ stateMachineArn: arn, description: "first" });
    expect(workflow.versionArn).toBe(versionArn);
  });

  test("that make no sense are refused", async () => {
    const session = fakeSession({ CreateStateMachine: created });
    const workflow = workflowOn(session);
    expect(await issuesOf(() => workflow.create({ versionDescription: "x" }))).toEqual([
      "conflicting_options versionDescription",
    ]);
    expect(await issuesOf(() => workflow.create({ publish: true, versionDescription: "x".repeat(257) }))).toEqual([
      "invalid_text versionDescription",
    ]);
    expect(await issuesOf(() => workflow.create({ publish: "yes" as never }))).toEqual(["invalid_argument publish"]);
    expect(await issuesOf(() => workflow.create({ validate: "no" as never }))).toEqual(["invalid_argument validate"]);
    await workflow.create();
    expect(await issuesOf(() => workflow.execute({}, { version: 0 }))).toEqual(["invalid_argument version"]);
  });
});

describe("tags", () => {
  test("are listed, added and removed", async () => {
    const session = fakeSession({
      CreateStateMachine: created,
      ListTagsForResource: {
        tags: [
          { key: "aws:cloudformation:stack-name", value: "s" },
          { key: "team", value: "data" },
        ],
      },
      TagResource: {},
      UntagResource: {},
    });
    const workflow = workflowOn(session);
    await workflow.create();
    expect(await workflow.listTags()).toEqual([{ key: "team", value: "data" }]);
    await workflow.addTags([{ key: "cost", value: "1" }]);
    await workflow.removeTags(["team"]);
    await workflow.removeTags([]);
    expect(session.calls.slice(2).map(({ input }) => input)).toEqual([
      { resourceArn: arn, tags: [{ key: "cost", value: "1" }] },
      { resourceArn: arn, tagKeys: ["team"] },
    ]);
    expect(await issuesOf(() => workflow.addTags([{ key: 1 } as never]))).toEqual(["invalid_argument tags 0"]);
    expect(await issuesOf(() => workflow.removeTags("team" as never))).toEqual(["invalid_argument keys"]);
  });

  const tag = (key: unknown, value: unknown = "v") => ({ key, value });
  const fifty = Array.from({ length: 50 }, (_, index) => tag(`k${index}`));
  test.each<readonly [string, readonly object[], readonly string[]]>([
    ["51 tags", [...fifty, tag("one more")], ["invalid_argument tags"]],
    ["an empty key", [tag("")], ["invalid_text tags 0 key"]],
    ["a key of AWS's own", [tag("team"), tag("AWS:x")], ["invalid_text tags 1 key"]],
    ["a long key", [tag("k".repeat(129))], ["invalid_text tags 0 key"]],
    ["a long value", [tag("k", "v".repeat(257))], ["invalid_text tags 0 value"]],
    ["another character", [tag("a?", "<b>")], ["invalid_text tags 0 key", "invalid_text tags 0 value"]],
    ["the same key twice", [tag("k"), tag("K"), tag("k", "w")], ["invalid_argument tags 2 key"]],
    ["a member of another tag", [{ ...tag("k"), Key: "k" }], ["unknown_option tags 0 Key"]],
    ["none of these", [...fifty.slice(1), tag("é Ω_.:/=+-@1", "")], []],
  ])("that AWS refuses are refused: %s", async (_, tags, issues) => {
    const session = fakeSession({ CreateStateMachine: created, TagResource: {} });
    expect(await issuesOf(() => workflowOn(session, { tags } as never).create())).toEqual(issues);
    const workflow = workflowOn(session);
    await workflow.create();
    expect(await issuesOf(() => workflow.addTags(tags as never))).toEqual(issues);
  });

  test("and so are keys that no tag has", async () => {
    const wrong = workflowOn(fakeSession({})).removeTags(["", "aws:x", "k"]);
    expect(await issuesOf(() => wrong)).toEqual(["invalid_text keys 0", "invalid_text keys 1"]);
  });
});

test("a workflow that is attached to has the settings and the type of its machine", async () => {
  const definition = '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}';
  const session = fakeSession({
    DescribeStateMachine: { name: "count", roleArn: "arn:r", definition, type: "EXPRESS", ...settings },
  });
  const workflow = await Workflow.attach(session, arn);
  expect(await workflow.describe()).toMatchObject({ type: "EXPRESS", ...settings });
  expect(workflow.stateMachineArn).toBe(arn);
});
