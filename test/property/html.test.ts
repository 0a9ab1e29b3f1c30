import fc from "fast-check";
import { expect, test } from "vitest";
import { html, oneLine } from "../../src/picture/html.js";
import { tableToHtml, tableToText } from "../../src/picture/table.js";

/** Texts that want to be more than texts. */
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "`", "&", "=", "/", "\u001b", "\u202e", "\ud800", "x", "\n") }),
  fc.constantFrom(
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style>",
    "<!--",
    "]]>",
    "&lt;b&gt;",
  ),
);

/** The tags of a fragment. */
const tags = (text: string): readonly string[] => [...text.matchAll(/<[^>]*>?/g)].map(([tag]) => tag);

test("what is put into HTML stays text: no tag and no attribute comes of it", () => {
  const plain = tags(html`<a href="${"x"}" title='${"x"}'>${["x", html`<b>${"x"}</b>`]}</a>`.toString());
  fc.assert(
    fc.property(hostile, (text) => {
      const written = html`<a href="${text}" title='${text}'>${[text, html`<b>${text}</b>`]}</a>`.toString();
      const found = tags(written).map((tag) => tag.replace(/(["']).*?\1/gs, "$1x$1"));
      expect(found).toEqual(plain);
    }),
  );
});

test("a table of texts has the tags of a table of plain words, and its lines", () => {
  const tableOf = (text: string) => ({
    title: text,
    columns: [text, text],
    rows: [{ cells: [{ text }, { text, href: text }], detail: text }],
  });
  const plain = tags(tableToHtml(tableOf("x")));
  fc.assert(
    fc.property(hostile, (text) => {
      expect(tags(tableToHtml(tableOf(text))).map((tag) => tag.replace(/href="[^"]*"/, 'href="x"'))).toEqual(plain);
      expect(tableToText(tableOf(text)).split("\n")).toHaveLength(3);
    }),
  );
});

test("a line for a terminal steers no terminal", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for.
      expect(oneLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]|\p{Surrogate}/u);
    }),
  );
});
