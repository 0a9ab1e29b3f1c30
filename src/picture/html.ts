import { printable } from "./plain-text.js";

/** HTML that is written already; made by {@link html} alone, so that no text becomes one by accident. */
export class Html {
  readonly #text: string;

  /** @internal */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: HTML as it is, everything else as text. */
export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

/**
 * The one way in which HTML is written: what is put in is text, also within the quotes of an attribute.
 *
 * @example
 * html`<b title="${name}">${name}</b>`
 */
export function html(template: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(
    template.map((piece, index) => (index === 0 ? piece : `${written(parts[index - 1])}${piece}`)).join(""),
  );
}

function written(part: HtmlPart): string {
  if (part instanceof Html) return part.toString();
  if (part === undefined) return "";
  return typeof part === "object" ? part.map(written).join("") : escaped(String(part));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function escaped(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (found) => entities[found] ?? "");
}
