import fc from "fast-check";
import { expect, test } from "vitest";
import type { StateMachineDefinition } from "../../src/language/asl.js";
import { GraphPicture } from "../../src/picture/graph-picture.js";
import { html } from "../../src/picture/html.js";
import { oneLine } from "../../src/picture/plain-text.js";
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

/** A machine that shows a text in every place that shows one. */
function machineOf(text: string): StateMachineDefinition {
  const name = `n${text}`;
  return {
    StartAt: name,
    States: {
      [name]: { Type: "Task", Resource: text, Next: `c${text}`, Catch: [{ ErrorEquals: [text], Next: `f${text}` }] },
      [`c${text}`]: {
        Type: "Choice",
        Choices: [
          { Variable: text, StringEquals: text, Next: `p${text}` },
          { Condition: text, Next: name },
        ],
        Default: text,
      },
      [`p${text}`]: {
        Type: "Parallel",
        Branches: [{ StartAt: `w${text}`, States: { [`w${text}`]: { Type: "Wait", Timestamp: text, End: true } } }],
        End: true,
      },
      [`f${text}`]: { Type: "Fail", Error: text },
    },
  } as unknown as StateMachineDefinition;
}

test("a picture of hostile names has the tags and lines of a picture of plain ones", () => {
  const pictureOf = (text: string): GraphPicture => {
    const events = [
      { id: 1, previousEventId: 0, type: "TaskStateEntered", stateEnteredEventDetails: { name: `n${text}` } },
    ];
    return new GraphPicture(machineOf(text), { title: text, href: text }, {}, events as never);
  };
  const outlineOf = (text: string): readonly unknown[] => {
    const picture = pictureOf(text);
    const mermaid = picture.toMermaid().replace(/"[^"]*"/g, '"x"');
    return [
      tags(picture.toHtml()).map((tag) => tag.replace(/href="[^"]*"/, 'href="x"')),
      picture.toText().split("\n").length,
      mermaid,
    ];
  };
  const plain = outlineOf("xx");
  fc.assert(
    fc.property(hostile, (text) => {
      expect(outlineOf(`x${text}`)).toEqual(plain);
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
