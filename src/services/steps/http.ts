import type { GivenObject } from "../request.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/** Methods of a request. */
type Method = "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "HEAD" | "OPTIONS";

interface Lists {
  readonly [name: string]: readonly string[];
}

interface Texts {
  readonly [name: string]: string;
}

/** The request of an API of API Gateway. */
export interface ApiGatewayRequest {
  /** The host: `<id>.execute-api.<region>.amazonaws.com`. */
  readonly ApiEndpoint: string;
  readonly Method: Method;
  readonly Headers?: Lists;
  readonly Stage?: string;
  readonly Path?: string;
  readonly QueryParameters?: Lists;
  readonly RequestBody?: unknown;
  readonly AllowNullValues?: boolean;
  readonly AuthType?: "NO_AUTH" | "IAM_ROLE" | "RESOURCE_POLICY";
}

/** The request of an HTTP endpoint. */
export interface HttpRequest {
  /** The URL: `https://…`. */
  readonly ApiEndpoint: string;
  readonly Method: Method;
  /** The connection of EventBridge that holds the credentials. */
  readonly InvocationConfig?: { readonly ConnectionArn: string };
  /** The same, as the service's console writes it. */
  readonly Authentication?: { readonly ConnectionArn: string };
  readonly Headers?: Texts;
  readonly QueryParameters?: { readonly [name: string]: string | readonly string[] };
  readonly RequestBody?: unknown;
  readonly Transform?: {
    readonly RequestBodyEncoding: "NONE" | "URL_ENCODED";
    readonly RequestEncodingOptions?: {
      readonly ArrayFormat: "BRACKETS" | "COMMAS" | "INDICES" | "NONE" | "REPEAT";
    };
  };
}

/** What an endpoint has answered. */
export interface HttpAnswer {
  readonly Headers: Lists;
  /** Data where the body is JSON, else text. */
  readonly ResponseBody: unknown;
  readonly StatusCode: number;
  readonly StatusText: string;
}

/** Calls an API of API Gateway: `apigateway:invoke`. */
export const ApiGatewayInvokeStep: StepsOf<
  "apigateway",
  "invoke",
  HttpAnswer,
  unknown,
  never,
  GivenObject<ApiGatewayRequest, "RequestBody">
> = makeSteps("ApiGatewayInvokeStep", "apigateway", "invoke");

/**
 * Calls an HTTPS endpoint, at most 60 s: `http:invoke`.
 *
 * @example
 * new HttpInvokeStep("Tell", {
 *   parameters: { ApiEndpoint: "https://example.com/done", Method: "POST", InvocationConfig: { ConnectionArn: connection } },
 * });
 * // { "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": { "ApiEndpoint": "https://example.com/done", … }, "End": true }
 */
export const HttpInvokeStep: StepsOf<
  "http",
  "invoke",
  HttpAnswer,
  unknown,
  never,
  GivenObject<HttpRequest, "RequestBody">
> = makeSteps("HttpInvokeStep", "http", "invoke");
