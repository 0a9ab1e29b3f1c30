import { compareKeys } from "./key-path.js";

/** Where a listing goes on. */
export interface ListMark {
  readonly kind: "key" | "prefix";
  readonly value: string;
}

/** One page of a listing. */
export interface ListPage {
  readonly keys: readonly string[];
  /** Keys up to the delimiter after the asked prefix, once each. */
  readonly prefixes: readonly string[];
  /** The last entry of the page when more follow. */
  readonly next?: ListMark;
}

/**
 * Cuts a page out of all keys that begin with `prefix`.
 *
 * @param keys - Sorted by {@link compareKeys}.
 * @param options.limit - Most entries, keys and prefixes together.
 * @param options.after - The page begins behind this entry.
 */
export function listPage(
  keys: readonly string[],
  options: {
    readonly prefix: string;
    readonly delimiter: string;
    readonly limit: number;
    readonly after?: ListMark | undefined;
  },
): ListPage {
  const page: { keys: string[]; prefixes: string[] } = { keys: [], prefixes: [] };
  let last = options.after;
  let count = 0;
  for (const key of keys) {
    if (last !== undefined && isBehind(key, last)) continue;
    if (count === options.limit) return last === undefined || count === 0 ? page : { ...page, next: last };
    const common = commonPrefix(key, options.prefix, options.delimiter);
    if (common === undefined) page.keys.push(key);
    else page.prefixes.push(common);
    last = common === undefined ? { kind: "key", value: key } : { kind: "prefix", value: common };
    count += 1;
  }
  return page;
}

/** Whether a listing that has given `last` has `key` behind it. */
function isBehind(key: string, last: ListMark): boolean {
  return compareKeys(key, last.value) <= 0 || (last.kind === "prefix" && key.startsWith(last.value));
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
