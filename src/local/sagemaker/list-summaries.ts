import type { JsonObject } from "../../language/json.js";
import { optionalNumber, optionalText, page } from "../protocols/members.js";

/** Names of a listing: which member of an entry is which. */
export interface Listing {
  /** Member of the answer. */
  readonly list: string;
  readonly name: string;
  readonly status?: string;
}

/** The answer of an operation that lists: what is asked for, in the order that is asked for, a page of it. */
export function listSummaries(
  entries: readonly JsonObject[],
  input: JsonObject,
  { list, name, status }: Listing,
): JsonObject {
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

function isAsked(entry: JsonObject, input: JsonObject, { name, status }: Omit<Listing, "list">): boolean {
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
