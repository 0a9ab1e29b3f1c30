/** What some integrations add to the service's answer. */
export interface SdkMetadata {
  readonly SdkHttpMetadata: {
    readonly AllHttpHeaders: { readonly [name: string]: readonly string[] };
    readonly HttpHeaders: { readonly [name: string]: string };
    readonly HttpStatusCode: number;
  };
  readonly SdkResponseMetadata: { readonly RequestId: string };
}
