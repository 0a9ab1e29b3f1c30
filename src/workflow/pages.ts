import { type Issue, issue, shown } from "../language/errors.js";
import type { Names } from "./known-options.js";

/** How much of a list is read. */
export interface PageOptions {
  /** Items at most; default: all. */
  readonly maxItems?: number;
  /** Items that one call asks for, 1 to 1000; default: as many as are wanted, 1000 at most. */
  readonly pageSize?: number;
}

/** The most that the service gives. */
const largestPage = 1000;

/** What every call that lists is given. */
export interface PageRequest {
  readonly maxResults: number;
  readonly nextToken?: string;
}

/** One answer of such a call. */
export interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  readonly nextToken: string | undefined;
}

/** Names of these options. */
export const pageNames = { maxItems: true, pageSize: true } as const satisfies Names<PageOptions>;

/** Reads a list page by page; a page is asked for when it is needed. */
export async function* readPages<Item>(
  ask: (request: PageRequest) => Promise<Page<Item>>,
  options: PageOptions,
): AsyncGenerator<Item, void, undefined> {
  const { maxItems = Number.POSITIVE_INFINITY } = options;
  // Every page of one list is asked for in the same size, as the service wants it.
  const maxResults = options.pageSize ?? Math.min(largestPage, maxItems);
  let count = 0;
  let nextToken: string | undefined;
  while (count < maxItems) {
    const page = await ask({ maxResults, ...(nextToken === undefined ? {} : { nextToken }) });
    for (const item of page.items ?? []) {
      if (count++ >= maxItems) return;
      yield item;
    }
    nextToken = page.nextToken;
    if (nextToken === undefined) return;
  }
}

/** An issue for an option that is neither left out nor how many are wanted. */
export function countIssues<Name extends string>(
  options: { readonly [K in Name]?: unknown },
  name: Name,
): readonly Issue[] {
  const value = options[name];
  const isCount = value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && Number(value) >= 0);
  if (value === undefined || isCount) return [];
  return [issue("invalid_number", [name], `expected a whole number, got ${shown(value)}`)];
}

/** What is wrong with how much is to be read. */
export function pageIssues(options: PageOptions): readonly Issue[] {
  const { pageSize } = options;
  const issues: Issue[] = [...countIssues(options, "maxItems")];
  const isSize = Number.isInteger(pageSize) && Number(pageSize) >= 1 && Number(pageSize) <= largestPage;
  if (pageSize !== undefined && !isSize) {
    const message = `expected a whole number from 1 to ${largestPage}, got ${shown(pageSize)}`;
    issues.push(issue("invalid_number", ["pageSize"], message));
  }
  return issues;
}
