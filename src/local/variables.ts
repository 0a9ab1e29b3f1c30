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
    // Else each AWS client announces on standard error that it will need a newer Node one day.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
