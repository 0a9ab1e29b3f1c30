import type { LocalIdentity } from "./identity.js";

/** The AWS variables with which a program that was written for AWS talks to the local service. */
export function localVariables(url: string, identity: LocalIdentity): { readonly [name: string]: string } {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: identity.region,
    AWS_DEFAULT_REGION: identity.region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    // Said aloud, since a configuration file may say otherwise.
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
    AWS_USE_FIPS_ENDPOINT: "false",
    AWS_USE_DUALSTACK_ENDPOINT: "false",
    // Else each AWS client announces on standard error that it will need a newer Node one day.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
