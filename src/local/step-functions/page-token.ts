import { ServiceError } from "../wire.js";

/**
 * A place in a list, as clients hand it back.
 *
 * @param list - what is listed; a token of another list is refused
 */
export function pageToken(list: string, place: string): string {
  return Buffer.from(JSON.stringify([list, place])).toString("base64url");
}

/** The place that a token names. Throws `InvalidToken` for a token that is not of this list. */
export function placeOfToken(token: string, list: string): string {
  const parsed = parseToken(token);
  if (Array.isArray(parsed) && parsed[0] === list && typeof parsed[1] === "string") return parsed[1];
  throw new ServiceError("InvalidToken", "Invalid Token: 'Invalid token'");
}

function parseToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}
