import { notebookDisplay } from "../picture/notebook-display.js";
import { type Table, tableToHtml, tableToText } from "../picture/table.js";

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
  constructor(read: () => AsyncGenerator<Item, void, undefined>, table: (items: readonly Item[]) => Table) {
    this.#read = read;
    // Nothing here takes items, so that a listing of something is a listing of everything that it is.
    this.#table = async () => table(await this.toArray());
  }

  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    return this.#read();
  }

  /** All of it. */
  async toArray(): Promise<Item[]> {
    const items: Item[] = [];
    for await (const item of this) items.push(item);
    return items;
  }

  /** A table for a terminal. */
  async toText(): Promise<string> {
    return tableToText(await this.#table());
  }

  /** A table as a fragment of HTML, for a page or a notebook: it needs nothing from anywhere, and links to AWS's console. */
  async toHtml(): Promise<string> {
    return tableToHtml(await this.#table());
  }

  /** @internal */
  async [notebookDisplay](): Promise<Readonly<Record<string, string>>> {
    return { "text/html": await this.toHtml() };
  }
}
