import { described } from "../../expression/described.js";
import { shown } from "../../language/errors.js";
import { type CheckRequest, isKnownObject, isOpen, parameterIn } from "../check-parameters.js";
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

/** Headers that API Gateway's integration sets itself, in lower case. */
const ownHeaders =
  /^(authorization|connection|content-md5|expect|host|max-forwards|proxy-authenticate|server|te|transfer-encoding|trailer|upgrade|via|www-authenticate|x-forwarded.*|x-amz.*)$/;

const checkHeaders: CheckRequest = (request, problems, call) => {
  const headers = request["Headers"];
  if (!isKnownObject(headers)) return;
  for (const [key, value] of Object.entries(headers)) {
    const path = ["Parameters", "Headers", key];
    const name = key.replace(/\.\$$/, "");
    if (ownHeaders.test(name.toLowerCase())) {
      problems.add(
        "invalid_argument",
        path,
        `${call} takes no header ${shown(name)}`,
        "leave it out; AuthType says how to authorize",
      );
    } else if (name === key && value !== undefined && !isOpen(value) && !Array.isArray(value)) {
      const message = `expected a list of texts, got ${described(value)}`;
      problems.add("invalid_argument", path, message, 'give a list such as ["application/json"]');
    }
  }
};

/** Both hold the connection, of which there is one. */
const connections = ["Authentication", "InvocationConfig"] as const;

const checkEndpoint: CheckRequest = (request, problems, call) => {
  const url = request["ApiEndpoint"];
  // CloudFormation may put in what stands as `${…}`.
  if (typeof url === "string" && !isOpen(url) && !/^(https:\/\/|\$\{)/i.test(url)) {
    const message = `expected a URL that begins with "https://", got ${shown(url)}`;
    problems.add("invalid_argument", ["Parameters", "ApiEndpoint"], message, "AWS calls HTTPS endpoints alone");
  }
  const given = connections.filter((name) => parameterIn(request, name) !== undefined);
  if (given.length === 0) {
    const message = `${call} needs Authentication.ConnectionArn, or InvocationConfig.ConnectionArn`;
    problems.add("missing_parameter", ["Parameters", "Authentication"], message);
  }
  if (given.length === 2) {
    problems.add("conflicting_options", ["Parameters", "Authentication"], `${given.join(" and ")} are both set`);
  }
  for (const name of given) {
    const holder = request[name];
    if (!isKnownObject(holder) || parameterIn(holder, "ConnectionArn") !== undefined) continue;
    problems.add("missing_parameter", ["Parameters", name, "ConnectionArn"], `${call} needs ConnectionArn`);
  }
};

/** Calls an API of API Gateway: `apigateway:invoke`. */
export const ApiGatewayInvokeStep: StepsOf<
  "apigateway",
  "invoke",
  HttpAnswer,
  unknown,
  never,
  GivenObject<ApiGatewayRequest, "RequestBody">
> = makeSteps("ApiGatewayInvokeStep", "apigateway", "invoke", undefined, checkHeaders);

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
> = makeSteps("HttpInvokeStep", "http", "invoke", undefined, checkEndpoint);
