import { expect, onTestFinished, test } from "vitest";
import { defaultIdentity } from "../../src/local/identity.js";
import { createLocalService } from "../../src/local/service.js";
import { temporaryFolder } from "./clients.js";

async function answer(headers: Record<string, string>) {
  const service = await createLocalService({ directory: await temporaryFolder(), identity: defaultIdentity });
  onTestFinished(() => service.close().then(() => undefined));
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
