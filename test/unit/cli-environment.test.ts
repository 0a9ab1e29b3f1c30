import { describe, expect, test } from "vitest";
import { chosenIdentity, withLocalService } from "../../src/cli/environment.js";
import { defaultIdentity } from "../../src/local/identity.js";

describe("a program under the local service", () => {
  const variables = (environment: NodeJS.ProcessEnv) =>
    withLocalService(environment, "http://127.0.0.1:1", defaultIdentity);

  test.each(["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "AWS_CONTAINER_AUTHORIZATION_TOKEN"])(
    "does not see %s",
    (name) => {
      expect(variables({ [name]: "x" })).not.toHaveProperty(name);
    },
  );

  test.each(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"])(
    "sees %s off, whatever a configuration file says",
    (name) => {
      expect(variables({ [name]: "true" })).toMatchObject({ [name]: "false" });
    },
  );

  test("keeps its other variables", () => {
    expect(variables({ HOME: "/home/a", AWS_MAX_ATTEMPTS: "2" })).toMatchObject({
      HOME: "/home/a",
      AWS_MAX_ATTEMPTS: "2",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    });
  });
});

describe("the region", () => {
  const cases = [
    { name: "of the option", option: "eu-west-1", environment: { AWS_REGION: "us-west-2" }, region: "eu-west-1" },
    { name: "of AWS_REGION", environment: { AWS_REGION: "us-gov-west-1" }, region: "us-gov-west-1" },
    {
      name: "of AWS_DEFAULT_REGION",
      environment: { AWS_REGION: "", AWS_DEFAULT_REGION: "cn-north-1" },
      region: "cn-north-1",
    },
    { name: "that is there without any", environment: { AWS_REGION: "", AWS_DEFAULT_REGION: "" }, region: "us-east-1" },
  ];
  test.each(cases)("is that $name", ({ option, environment, region }) => {
    expect(chosenIdentity(option === undefined ? {} : { region: option }, environment).region).toBe(region);
  });

  test.each(["", "europe", "eu-west-1/../x", "eu_west_1"])("is refused by name: %j", (region) => {
    expect(() => chosenIdentity({ region }, {})).toThrow(
      expect.objectContaining({ code: "invalid_region", message: expect.stringContaining(JSON.stringify(region)) }),
    );
  });
});
