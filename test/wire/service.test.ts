import { CloudWatchLogsClient, DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateProcessingJobCommand,
  type CreateProcessingJobCommandInput,
  DescribeProcessingJobCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, onTestFinished, test } from "vitest";
import { VirtualClock } from "../../src/local/clock.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { createLocalService } from "../../src/local/service.js";
import { shellJob } from "../unit/processing-job-request.js";
import { inProcess, temporaryFolder } from "./clients.js";

async function open() {
  const clock = new VirtualClock();
  const service = await createLocalService({ directory: await temporaryFolder(), identity: defaultIdentity, clock });
  onTestFinished(() => service.close().then(() => undefined));
  return service;
}

async function answer(headers: Record<string, string>) {
  const service = await open();
  const query = new URLSearchParams();
  return service.handle({ method: "POST", path: "/", query, headers, body: new Uint8Array() });
}

const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, Signature=0`;

test.each([
  ["a scope", { authorization: scope("lambda") }, "lambda"],
  ["a scope that every object has", { authorization: scope("constructor") }, "constructor"],
  ["a target that every object has", { "x-amz-target": "toString.x" }, "toString.x"],
  ["a prototype as target", { "x-amz-target": "__proto__.x" }, "__proto__.x"],
])("a service that there is not is named: %s", async (_, headers, name) => {
  const { status, body } = await answer(headers);
  expect(status).toBe(501);
  expect(String(body)).toContain(`the embedded service has no \\"${name}\\"`);
});

test("the clock of the service dates roles, credentials, jobs and logs", async () => {
  const service = await open();
  const settings = inProcess(service.handle);
  const { Role } = await new IAMClient(settings).send(new GetRoleCommand({ RoleName: "sfn-ds-local" }));
  const assumed = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "session", DurationSeconds: 900 });
  const { Credentials } = await new STSClient(settings).send(assumed);
  const sagemaker = new SageMakerClient(settings);
  await sagemaker.send(
    new CreateProcessingJobCommand(shellJob("exit 0") as unknown as CreateProcessingJobCommandInput),
  );
  await service.close();
  const described = await sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: "job-1" }));
  const logs = new DescribeLogStreamsCommand({ logGroupName: "/aws/sagemaker/ProcessingJobs" });
  const { logStreams } = await new CloudWatchLogsClient(settings).send(logs);
  const start = new Date("2026-01-01T00:00:00Z");
  expect({
    role: Role?.CreateDate,
    credentials: Credentials?.Expiration,
    job: [described.CreationTime, described.ProcessingEndTime],
    log: logStreams?.[0]?.creationTime,
  }).toEqual({
    role: start,
    credentials: new Date("2026-01-01T00:15:00Z"),
    job: [start, start],
    log: start.getTime(),
  });
});
