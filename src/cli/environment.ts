import { partitionOf } from "../language/arn.js";
import { shown } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { defaultIdentity, type LocalIdentity } from "../local/identity.js";
import { localVariables } from "../local/variables.js";

/** Variables that would lead a program past the local service. */
const misleading =
  /^AWS_(?:PROFILE|DEFAULT_PROFILE|SESSION_TOKEN|ENDPOINT_URL_.*|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*)$/;

/** `environment` with the local service in the place of AWS. */
export function withLocalService(
  environment: NodeJS.ProcessEnv,
  url: string,
  identity: LocalIdentity,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !misleading.test(name)) result[name] = value;
  }
  return { ...result, ...localVariables(url, identity) };
}

const regionName = /^[a-z]+(?:-[a-z]+)+-\d{1,2}$/;

/** The identity that options and the environment ask for. Throws {@link SfnDsError} `invalid_region`. */
export function chosenIdentity(
  options: { readonly region?: string; readonly account?: string },
  environment: NodeJS.ProcessEnv,
): LocalIdentity {
  const inherited = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || defaultIdentity.region;
  const region = options.region ?? inherited;
  if (!regionName.test(region)) {
    throw new SfnDsError("invalid_region", `expected the name of a region, got ${shown(region)}`);
  }
  return {
    ...defaultIdentity,
    region,
    partition: partitionOf(region),
    account: options.account ?? defaultIdentity.account,
  };
}
