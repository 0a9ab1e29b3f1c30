import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as sagemaker from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatIssue } from "../../src/language/errors.js";
import { checkRequest } from "../../src/sagemaker/request/check-request.js";
import { Problems } from "../../src/services/problems.js";
import { freePort, isUp } from "./port.js";
import { type MadeRequest, madeRequests } from "./sagemaker-requests.js";

const requests = await madeRequests();
const named = requests.map((made) => [`${made.name} (${made.operation})`, made] as const);

test("there is a request of each operation", () => {
  expect([...new Set(requests.map(({ operation }) => operation))].sort()).toEqual([
    "CreateEndpoint",
    "CreateEndpointConfig",
    "CreateHyperParameterTuningJob",
    "CreateModel",
    "CreateProcessingJob",
    "CreateTrainingJob",
    "CreateTransformJob",
    "UpdateEndpoint",
  ]);
});

describe("a request fits the API's own model", () => {
  test.each(named)("%s", (_, { operation, request }) => {
    const problems = new Problems();
    checkRequest(operation, request, [], problems);
    expect(problems.issues.map(formatIssue)).toEqual([]);
    expect(JSON.stringify(request)).not.toContain('.$"');
  });
});

/** Reads requests from its input, and says what another reader of the API's model finds wrong. */
const validator = `
import json, sys
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
service = ServiceModel(Loader().load_service_model("sagemaker", "service-2"))
found = []
for made in json.load(sys.stdin):
    shape = service.operation_model(made["operation"]).input_shape
    found.append(ParamValidator().validate(made["request"], shape).generate_report())
print(json.dumps(found))
`;
const hasBotocore = spawnSync("python3", ["-c", "import botocore"]).status === 0;

test.skipIf(!hasBotocore)("botocore takes the requests too (skipped where python3 has no botocore)", () => {
  const { stdout, stderr } = spawnSync("python3", ["-c", validator], {
    input: JSON.stringify(requests),
    encoding: "utf8",
  });
  const found = JSON.parse(stdout || JSON.stringify(stderr)) as readonly string[];
  expect(Object.fromEntries(requests.map(({ name }, index) => [name, found[index]]))).toEqual(
    Object.fromEntries(requests.map(({ name }) => [name, ""])),
  );
});

const hasEmulator = spawnSync("moto_server", ["--version"]).error === undefined;
/** Operations that the emulator does not have. */
const unknownToEmulator: readonly string[] = ["UpdateEndpoint"];

describe.skipIf(!hasEmulator)(
  "a foreign emulator takes the requests (skipped where moto_server is not installed)",
  () => {
    let emulator: ChildProcess;
    let client: sagemaker.SageMakerClient;
    beforeAll(async () => {
      const port = await freePort();
      emulator = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
      const endpoint = `http://127.0.0.1:${port}`;
      await isUp(`${endpoint}/moto-api/`);
      const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
      client = new sagemaker.SageMakerClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
    }, 60_000);
    afterAll(() => {
      emulator.kill("SIGKILL");
    });

    const known = named.filter(([, { operation }]) => !unknownToEmulator.includes(operation));
    test.each(known)("%s", async (_, { operation, request }: MadeRequest) => {
      type Command = new (input: object) => sagemaker.CreateModelCommand;
      const { [`${operation}Command`]: Command } = sagemaker as unknown as Readonly<Record<string, Command>>;
      if (Command === undefined) throw new Error(`the client has no ${operation}`);
      const answer = await client.send(new Command(request));
      expect(answer.$metadata.httpStatusCode).toBe(200);
    });
  },
);
