import { randomUUID } from "node:crypto";
import { ServiceError, type WireHandler, type WireRequest, type WireResponse } from "../wire.js";
import { readText } from "./body.js";
import { element, textElement, xmlDocument } from "./xml.js";

/** Parameters of a request: names such as `RoleName` or `Tags.member.1.Key`. */
export interface QueryInput {
  readonly request: WireRequest;
  readonly parameters: URLSearchParams;
}

/** An operation of an AWS Query service: gives the elements inside `<…Result>`. */
export type QueryOperation = (input: QueryInput) => readonly string[];

/**
 * Serves the AWS Query protocol: a form comes in, XML goes out.
 *
 * @param options.service - Name for messages, for example `STS`.
 * @param options.namespace - XML namespace of the answers.
 */
export function serveQuery(options: {
  readonly service: string;
  readonly namespace: string;
  readonly operations: { readonly [name: string]: QueryOperation };
}): WireHandler {
  const attributes = ` xmlns="${options.namespace}"`;
  return async (request) => {
    const requestId = randomUUID();
    const metadata = element("ResponseMetadata", [textElement("RequestId", requestId)]);
    try {
      const parameters = await parametersOf(request);
      const action = parameters.get("Action") ?? "";
      const result = operationOf(options, action)({ request, parameters });
      const body = [...(result.length === 0 ? [] : [element(`${action}Result`, result)]), metadata];
      return answer(200, requestId, element(`${action}Response`, body, attributes));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return answer(error.status, requestId, errorElement(error, requestId, attributes));
    }
  };
}

/** A parameter that must be there. Throws `ValidationError`. */
export function required({ parameters }: QueryInput, name: string): string {
  const value = parameters.get(name);
  if (value !== null && value !== "") return value;
  const place = name.charAt(0).toLowerCase() + name.slice(1);
  const message = `1 validation error detected: Value null at '${place}' failed to satisfy constraint: Member must not be null`;
  throw new ServiceError("ValidationError", message);
}

async function parametersOf(request: WireRequest): Promise<URLSearchParams> {
  const parameters = new URLSearchParams(await readText(request));
  for (const [name, value] of request.query) parameters.append(name, value);
  return parameters;
}

function operationOf(
  {
    service,
    operations,
  }: { readonly service: string; readonly operations: { readonly [name: string]: QueryOperation } },
  action: string,
): QueryOperation {
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (operation !== undefined) return operation;
  const served = Object.keys(operations).join(", ");
  throw new ServiceError("InvalidAction", `${service} ${action} is not served locally; served are ${served}`);
}

function errorElement(error: ServiceError, requestId: string, attributes: string): string {
  const details = [
    textElement("Type", error.status < 500 ? "Sender" : "Receiver"),
    textElement("Code", error.code),
    textElement("Message", error.message),
  ];
  return element("ErrorResponse", [element("Error", details), textElement("RequestId", requestId)], attributes);
}

function answer(status: number, requestId: string, root: string): WireResponse {
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body: xmlDocument(root) };
}
