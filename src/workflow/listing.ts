import { notebookDisplay } from "../picture/notebook-display.js";
import { type Table, tableToHtml, tableToText } from "../picture/table.js";
import type { PageOptions } from "./pages.js";

/** Rows of a table for which nobody has said how many are wanted. */
const mostRows = 100;

/**
 * What AWS lists: to go through one by one, as an array, or as a table. Each use asks AWS anew.
 *
 * @example
 * for await (const execution of workflow.listExecutions({ status: "FAILED" })) console.log(execution.name);
 * console.log(await workflow.listExecutions({ maxItems: 10 }).toText());
 */
export class Listing<Item> implements AsyncIterable<Item> {
  readonly #read: () => AsyncGenerator<Item, void, undefined>;
  readonly #table: () => Promise<Table>;

  /** @internal */
  constructor(
    options: PageOptions,
    read: (options: PageOptions) => AsyncGenerator<Item, void, undefined>,
    table: (items: readonly Item[]) => Table,
  ) {
    this.#read = () => read(options);
    // Nothing here takes items, so that a listing of something is a listing of everything that it is.
    this.#table = async () => {
      const items = await arrayOf(
        read(options.maxItems === undefined ? { ...options, maxItems: mostRows + 1 } : options),
      );
      if (options.maxItems !== undefined || items.length <= mostRows) return table(items);
      return { ...table(items.slice(0, mostRows)), more: "… and more: give maxItems" };
    };
  }

  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    return this.#read();
  }

  /** All of it. */
  async toArray(): Promise<Item[]> {
    return arrayOf(this);
  }

  /** A table for a terminal; of 100 rows at most, unless `maxItems` was given. */
  async toText(): Promise<string> {
    return tableToText(await this.#table());
  }

  /**
   * A table as a fragment of HTML, for a page or a notebook: it needs nothing from anywhere, and links to AWS's console. Of 100 rows at most, unless
   * `maxItems` was given.
   */
  async toHtml(): Promise<string> {
    return tableToHtml(await this.#table());
  }

  /** @internal */
  async [notebookDisplay](): Promise<Readonly<Record<string, string>>> {
    return { "text/html": await this.toHtml() };
  }
}

async function arrayOf<Item>(from: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of from) items.push(item);
  return items;
}
