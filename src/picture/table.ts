import { type Html, html } from "./html.js";
import { shortened } from "./plain-text.js";

/** What stands in a cell. */
export interface Cell {
  readonly text: string;
  readonly href?: string | undefined;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** What can be unfolded below the row: several lines. */
  readonly detail?: string | undefined;
}

/** A table as data. */
export interface Table {
  /** What it is about, for people who hear the page and do not see it. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What is told below, where rows were left out. */
  readonly more?: string | undefined;
}

/** A cell without a link. */
export function cell(text: string): Cell {
  return { text };
}

/** Classes, and no ids: several tables may stand on one page. */
const style = html`<style>
.sfn-ds-table{border-collapse:collapse;font:13px/1.4 system-ui,sans-serif}
.sfn-ds-table caption{text-align:left;font-weight:600;padding:4px 0}
.sfn-ds-table th,.sfn-ds-table td{text-align:left;vertical-align:top;padding:3px 12px 3px 0;border-bottom:1px solid #8884;overflow-wrap:anywhere}
.sfn-ds-table pre{margin:4px 0;white-space:pre-wrap;font:12px/1.4 ui-monospace,monospace}
.sfn-ds-table summary{cursor:pointer;color:#777}
</style>`;

/** A fragment of HTML that needs nothing from anywhere. */
export function tableToHtml({ title, columns, rows, more }: Table): string {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.flatMap((row) => rowToHtml(row, columns.length));
  const foot =
    more === undefined
      ? undefined
      : html`<tfoot><tr><td colspan="${columns.length}">${more}</td></tr></tfoot>
`;
  return html`<div>${style}
<table class="sfn-ds-table"><caption>${title}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
${foot}</table></div>
`.toString();
}

function rowToHtml({ cells, detail }: Row, columnCount: number): readonly Html[] {
  const row = html`<tr>${cells.map(({ text, href }) => html`<td>${link(text, href)}</td>`)}</tr>
`;
  if (detail === undefined) return [row];
  const more = html`<tr><td colspan="${columnCount}"><details><summary>details</summary><pre>${detail}</pre></details></td></tr>
`;
  return [row, more];
}

/** A text that leads to a page, where there is one. The text cannot change the direction of what follows it. */
export function link(text: string, href: string | undefined): Html {
  if (href === undefined) return html`<bdi>${text}</bdi>`;
  return html`<a target="_blank" rel="noopener noreferrer" href="${href}">${text}</a>`;
}

/** The table for a terminal: columns below each other, without details and links. */
export function tableToText({ columns, rows, more }: Table): string {
  const lines = [columns, ...rows.map(({ cells }) => cells.map(({ text }) => text))].map((line) => line.map(shortened));
  const widths = columns.map((_, index) =>
    lines.reduce((most, line) => Math.max(most, [...(line[index] ?? "")].length), 0),
  );
  const padded = lines.map((line) =>
    line
      .map((text, index) => text + " ".repeat((widths[index] ?? 0) - [...text].length))
      .join("  ")
      .trimEnd(),
  );
  return `${[...padded, ...(more === undefined ? [] : [more])].join("\n")}\n`;
}
