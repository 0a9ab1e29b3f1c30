import { existsSync, readFileSync } from "node:fs";
import {
  CreateStateMachineCommand,
  SFNClient,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
  type ValidateStateMachineDefinitionCommandInput,
} from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { VirtualClock } from "../../src/local/clock.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { createStepFunctions } from "../../src/local/step-functions/step-functions.js";
import { inProcess, overHttp } from "./clients.js";
import { noObjects } from "./no-objects.js";

const roleArn = "arn:aws:iam::000000000000:role/sfn-ds-local";

function handler() {
  return createStepFunctions({ identity: defaultIdentity, clock: new VirtualClock(), tasks: [], storage: noObjects })
    .handle;
}

function client(): SFNClient {
  return new SFNClient(inProcess(handler()));
}

async function validated(request: ValidateStateMachineDefinitionCommandInput, sfn = client()) {
  const { $metadata: _, ...answer } = await sfn.send(new ValidateStateMachineDefinitionCommand(request));
  return answer;
}

function definition(states: Record<string, object>): string {
  return JSON.stringify({ StartAt: "A", States: states });
}

const pass = { Type: "Pass", End: true };
/** A path under a key without `.$`: a warning of AWS's. */
const noDollar = { ...pass, Parameters: { a: "$.a" } };
/** A request that lacks what its call needs: a warning of ours. */
const poorCall = { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {}, End: true };

describe("ValidateStateMachineDefinition", () => {
  test("finds nothing wrong with a sound definition", async () => {
    const answer = await validated({ definition: definition({ A: pass }) });
    expect(answer).toEqual({ result: "OK", diagnostics: [], truncated: false });
  });

  test("answers over HTTP with all that AWS would refuse", async () => {
    const sfn = new SFNClient(await overHttp(handler()));
    const states = { A: { Type: "Pass", Next: "X" }, B: { ...pass, Foo: 1 } };
    expect(await validated({ definition: definition(states) }, sfn)).toEqual({
      result: "FAIL",
      diagnostics: [
        {
          severity: "ERROR",
          code: "SCHEMA_VALIDATION_FAILED",
          message: "Field 'Foo' is not supported",
          location: "/States/B",
        },
        {
          severity: "ERROR",
          code: "MISSING_TRANSITION_TARGET",
          message: "Missing 'Next' target: X",
          location: "/States/A/Next",
        },
      ],
      truncated: false,
    });
  });

  test("says nothing of what the embedded engine does not run yet", async () => {
    const processor = { ItemProcessor: { StartAt: "B", States: { B: pass } } };
    const answer = await validated({ definition: definition({ A: { Type: "Map", End: true, ...processor } }) });
    expect(answer).toMatchObject({ result: "OK", diagnostics: [] });
  });

  test("tells warnings only where they are wanted, and refuses nothing for them", async () => {
    const request = { definition: definition({ A: noDollar }) };
    expect(await validated(request)).toMatchObject({ result: "OK", diagnostics: [] });
    expect(await validated({ ...request, severity: "WARNING" })).toMatchObject({
      result: "OK",
      diagnostics: [{ severity: "WARNING", code: "NO_DOLLAR" }],
    });
  });

  test("keeps to AWS's codes", async () => {
    const answer = await validated({ definition: definition({ A: poorCall }), severity: "WARNING" });
    expect(answer).toMatchObject({ result: "OK", diagnostics: [] });
  });

  const wrong = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`S${index}`, { ...pass, Foo: 1 }]));
  test.each([
    [undefined, 100],
    [0, 100],
    [1, 1],
    [100, 100],
  ])("with maxResults %s tells %i, and that there are more", async (maxResults, told) => {
    const answer = await validated({ definition: definition({ A: pass, ...wrong }), maxResults });
    expect(answer).toMatchObject({ result: "FAIL", truncated: true });
    expect(answer.diagnostics).toHaveLength(told);
  });

  test("judges by the type", async () => {
    const call = {
      Type: "Task",
      Resource: "arn:aws:states:::states:startExecution.sync",
      Parameters: { StateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:m" },
      End: true,
    };
    const request = { definition: definition({ A: call }) };
    expect(await validated(request)).toMatchObject({ result: "OK" });
    expect(await validated({ ...request, type: "EXPRESS" })).toMatchObject({ result: "FAIL" });
  });

  const refusals = [
    { name: "no definition", request: { definition: undefined }, text: "Member must not be null" },
    { name: "an empty text", request: { definition: "" }, text: "greater than or equal to 1" },
    {
      name: "a text that is too long",
      request: { definition: " ".repeat(1_048_577) },
      text: "less than or equal to 1048576",
    },
    { name: "another type", request: { type: "FAST" }, text: "[STANDARD, EXPRESS]" },
    { name: "another severity", request: { severity: "INFO" }, text: "[ERROR, WARNING]" },
    { name: "too many results", request: { maxResults: 101 }, text: "less than or equal to 100" },
  ] as const;
  test.each(refusals)("refuses $name", async ({ request, text }) => {
    const asked = { definition: definition({ A: pass }), ...request } as ValidateStateMachineDefinitionCommandInput;
    await expect(validated(asked)).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(text),
    });
  });
});

describe("state machines", () => {
  test("whose definition has warnings are created", async () => {
    const request = { name: "m", definition: definition({ A: noDollar }), roleArn };
    await expect(client().send(new CreateStateMachineCommand(request))).resolves.toMatchObject({
      stateMachineArn: expect.stringContaining(":m"),
    });
  });

  test("of type EXPRESS are judged before they are refused", async () => {
    const create = (state: object) =>
      client().send(
        new CreateStateMachineCommand({ name: "m", definition: definition({ A: state }), roleArn, type: "EXPRESS" }),
      );
    await expect(create({ Type: "Pass" })).rejects.toMatchObject({ name: "InvalidDefinition" });
    await expect(create(pass)).rejects.toMatchObject({ name: "StateMachineTypeNotSupported" });
  });

  test("are not updated with what AWS refuses", async () => {
    const sfn = client();
    const request = { name: "m", definition: definition({ A: pass }), roleArn };
    const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand(request));
    const update = new UpdateStateMachineCommand({ stateMachineArn, definition: definition({ A: { Type: "Pass" } }) });
    await expect(sfn.send(update)).rejects.toMatchObject({
      name: "InvalidDefinition",
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Exactly one of these fields is required: [Next, End] at /States/A'",
    });
  });
});

interface Step {
  readonly op: string;
  readonly args: Record<string, string>;
  readonly recorded?: readonly { readonly value: unknown }[];
}

const api = new URL("../../../shared/conformance/aws-histories/api/", import.meta.url);

function recordedSteps(file: string, op: string): readonly { readonly id: string; readonly step: Step }[] {
  if (!existsSync(new URL(file, api))) return [];
  const { cases } = JSON.parse(readFileSync(new URL(file, api), "utf8")) as {
    readonly cases: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
  return cases.flatMap(({ id, steps }) => steps.filter((step) => step.op === op).map((step) => ({ id, step })));
}

describe.skipIf(!existsSync(api))("what AWS was recorded to say (skipped where ../shared has no recordings)", () => {
  const answers = recordedSteps("validate_definition.json", "validate_state_machine_definition");
  test.each(answers)("ValidateStateMachineDefinition: $id", async ({ step }) => {
    const answer = step.recorded?.[0]?.value as object;
    const request = step.args as unknown as ValidateStateMachineDefinitionCommandInput;
    expect({ ...(await validated(request)), ResponseMetadata: expect.anything() }).toEqual(answer);
  });

  const created = ["sfn_api_express.json", "other_scenarios.json", "other_credentials.json"]
    .flatMap((file) => recordedSteps(file, "create_state_machine"))
    .flatMap(({ id, step }) => {
      const [, words] = /(Invalid State Machine Definition: '.*?')"/.exec(JSON.stringify(step.recorded ?? [])) ?? [];
      return words === undefined ? [] : [{ id, step, words }];
    });
  test.each(created)("CreateStateMachine: $id", async ({ step, words }) => {
    const { name = "" } = step.args;
    const type = step.args["type"] === "EXPRESS" ? ("EXPRESS" as const) : ("STANDARD" as const);
    const activity = "arn:aws:states:us-east-1:000000000000:activity:a";
    const text = (step.args["definition"] ?? "").replace(/\{\{\d+\.activityArn\}\}/, activity);
    const request = { name, definition: text, roleArn, type };
    await expect(client().send(new CreateStateMachineCommand(request))).rejects.toMatchObject({
      name: "InvalidDefinition",
      message: words,
    });
  });
});
