import type { JsonObject } from "../../language/json.js";
import { optionalNumber, optionalText, page } from "../protocols/members.js";
import { readRequest } from "../protocols/shape.js";
import { listingShapes } from "./listing-shapes.js";

/** Names of a listing: which member of an entry is which. */
export interface Listing {
  readonly operation: keyof typeof listingShapes;
  /** Member of the answer. */
  readonly list: string;
  readonly name: string;
  readonly status?: string;
}

/**
 * The answer of an operation that lists: what is asked for, in the order that is asked for, a page of it.
 *
 * @throws `ValidationException` for a request that AWS refuses.
 */
export function listSummaries(
  entries: readonly JsonObject[],
  request: JsonObject,
  { operation, list, name, status }: Listing,
): JsonObject {
  const input = readRequest(listingShapes[operation], request);
  const found = entries.filter((entry) => isAsked(entry, input, { name, ...(status === undefined ? {} : { status }) }));
  const members = new Map([["Name", name], ...(status === undefined ? [] : [["Status", status] as const])]);
  const member = members.get(optionalText(input, "SortBy") ?? "");
  if (member !== undefined) found.sort((left, right) => (String(left[member]) < String(right[member]) ? -1 : 1));
  const isAscending = optionalText(input, "SortOrder") === "Ascending";
  // Entries come newest first; those that were sorted here, lowest first.
  if (isAscending === (member === undefined)) found.reverse();
  const { items, next } = page(found, input, { limit: "MaxResults", token: "NextToken", most: 100 });
  return { [list]: [...items], ...(next === undefined ? {} : { NextToken: next }) };
}

/** Of warm pools and training plans, which no job has here, nothing can be asked for. */
const neverHere = ["WarmPoolStatusEquals", "TrainingPlanArnEquals"];

function isAsked(entry: JsonObject, input: JsonObject, { name, status }: Pick<Listing, "name" | "status">): boolean {
  if (neverHere.some((member) => input[member] !== undefined)) return false;
  const part = optionalText(input, "NameContains") ?? "";
  const wanted = optionalText(input, "StatusEquals");
  const isWithin = (member: string): boolean =>
    entry[member] === undefined ||
    (Number(entry[member]) > (optionalNumber(input, `${member}After`) ?? Number.NEGATIVE_INFINITY) &&
      Number(entry[member]) < (optionalNumber(input, `${member}Before`) ?? Number.POSITIVE_INFINITY));
  return (
    String(entry[name]).toLowerCase().includes(part.toLowerCase()) &&
    (wanted === undefined || status === undefined || entry[status] === wanted) &&
    isWithin("CreationTime") &&
    isWithin("LastModifiedTime")
  );
}
