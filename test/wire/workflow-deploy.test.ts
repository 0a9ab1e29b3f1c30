import { ListTagsForResourceCommand } from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Local, startLocal } from "../../src/local/index.js";
import type { Session } from "../../src/sagemaker/session/session.js";
import { fromAsl } from "../../src/states/frozen-definition.js";
import { Pass } from "../../src/states/pass.js";
import { WorkflowExistsError } from "../../src/workflow/errors.js";
import { Workflow, type WorkflowOptions } from "../../src/workflow/workflow.js";
import { temporaryFiles } from "../unit/temporary-files.js";

let local: Local;
let session: Session;

beforeEach(async () => {
  local = await startLocal({ directory: temporaryFiles({}) });
  session = local.session();
});

afterEach(async () => {
  await local.close();
});

const role = "arn:aws:iam::000000000000:role/first";
const tags = [{ key: "team", value: "data" }];

/** The same workflow in another program: nothing is remembered. */
function again(changes: Partial<WorkflowOptions<unknown, unknown>> = {}): Workflow {
  return new Workflow({ session, role, name: "deploy", definition: new Pass("A"), tags, ...changes });
}

async function tagsOf(arn: string): Promise<unknown> {
  const client = await session.sfn();
  return (await client.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags;
}

describe("a machine that is there", () => {
  test("is taken when it is the same", async () => {
    expect(await again().create()).toBe(await again().create());
  });

  const others = [
    { name: "role", changes: { role: "arn:aws:iam::000000000000:role/second" }, place: "/roleArn" },
    { name: "tags", changes: { tags: [{ key: "team", value: "ops" }] }, place: "/tags/team" },
    { name: "definition", changes: { definition: new Pass("A", { comment: "new" }) }, place: "/definition" },
  ];

  test.each(others)(
    "is refused when its $name is another one, even within the same second",
    async ({ changes, place }) => {
      await again().create();
      const error = await again(changes)
        .create()
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WorkflowExistsError);
      expect((error as WorkflowExistsError).differences).toEqual([expect.stringContaining(place)]);
    },
  );

  test.each(others)("has the new $name after upsert, so that create takes it", async ({ changes }) => {
    await again().create();
    const arn = await again(changes).upsert();
    expect(await again(changes).create()).toBe(arn);
  });

  test("loses the tags that the workflow does not have", async () => {
    await again({ tags: [...tags, { key: "old", value: "1" }] }).create();
    expect(await tagsOf(await again().upsert())).toEqual(tags);
  });
});

describe("a definition that the service does not take", () => {
  const refused = fromAsl({
    StartAt: "A",
    States: {
      A: {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage",
        Parameters: { QueueUrl: "q", MessageBody: "m" },
        End: true,
      },
    },
  });
  const told = {
    code: "definition_refused",
    message: expect.stringContaining('does not run the resource "arn:aws:states:::sqs:sendMessage" yet'),
    cause: expect.objectContaining({ name: "InvalidDefinition" }),
  };

  test.each(["create", "upsert"] as const)("is told by %s in short, with AWS's error as the cause", async (method) => {
    await expect(again({ definition: refused })[method]()).rejects.toMatchObject(told);
  });

  test("and by update", async () => {
    const workflow = again();
    await workflow.create();
    await expect(workflow.update({ definition: refused })).rejects.toMatchObject(told);
  });
});

describe("a definition that AWS would refuse", () => {
  const refused = fromAsl({ StartAt: "A", States: { A: { Type: "Pass", Foo: 1, End: true } } } as never);
  const told = {
    name: "DefinitionError",
    issues: [
      {
        code: "invalid_definition",
        path: ["States", "A", "Foo"],
        message: "SCHEMA_VALIDATION_FAILED: Field 'Foo' is not supported at /States/A",
      },
    ],
  };
  /** No call is made: there is nobody to answer it. */
  const offline = {
    expandRole: (role: string) => Promise.resolve(role),
    sfn: () => Promise.reject(new Error("a call")),
  };

  test.each(["create", "upsert"] as const)("is told by %s before any call", async (method) => {
    const workflow = again({ definition: refused, session: offline as unknown as Session });
    await expect(workflow[method]()).rejects.toMatchObject(told);
  });

  test("and by update", async () => {
    const workflow = again();
    await workflow.create();
    await expect(workflow.update({ definition: refused })).rejects.toMatchObject(told);
  });

  test("and is sent all the same where it is not to be validated: the service has the last word", async () => {
    const told = { code: "definition_refused", message: expect.stringContaining("Field 'Foo' is not supported") };
    await expect(again({ definition: refused }).create({ validate: false })).rejects.toMatchObject(told);
    const workflow = again();
    await workflow.create();
    await expect(workflow.update({ definition: refused, validate: false })).rejects.toMatchObject(told);
  });

  test("and warnings by the logger", async () => {
    const warned: string[] = [];
    const logger = { debug() {}, info() {}, warn: (text: string) => void warned.push(text), error() {} };
    const parameters = { a: "$.a" };
    const definition = fromAsl({ StartAt: "A", States: { A: { Type: "Pass", Parameters: parameters, End: true } } });
    await again({ definition, logger }).create();
    expect(warned).toEqual([expect.stringMatching(/^NO_DOLLAR: .* at \/States\/A\/Parameters/)]);
  });
});

test("update leaves the role that somebody else has given", async () => {
  const workflow = again();
  const arn = await workflow.create();
  await (await Workflow.attach(session, arn)).update({ role: "arn:aws:iam::000000000000:role/second" });
  await workflow.update({ definition: new Pass("B") });
  expect((await Workflow.attach(session, arn)).role).toBe("arn:aws:iam::000000000000:role/second");
});
