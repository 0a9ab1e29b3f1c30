/** An XML element around text, which is escaped. */
export function textElement(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** An XML element around other elements. */
export function element(name: string, children: readonly string[], attributes = ""): string {
  return `<${name}${attributes}>${children.join("")}</${name}>`;
}

/** A whole document. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

const named: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML text cannot hold these as they are.
  return text.replace(/[&<>"\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, (character) => {
    return named[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}

/**
 * The texts inside each `<name>…</name>` of a flat request, entities resolved. For the small documents that SDKs send,
 * without attributes, comments and CDATA inside.
 */
export function elementTexts(xml: string, name: string): string[] {
  const found: string[] = [];
  const end = `</${name}>`;
  let from = 0;
  for (;;) {
    const start = xml.indexOf(`<${name}>`, from);
    const stop = start < 0 ? -1 : xml.indexOf(end, start);
    if (stop < 0) return found;
    found.push(xml.slice(start + name.length + 2, stop));
    from = stop + end.length;
  }
}

const entities: { readonly [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Resolves `&amp;` and the like, and `&#x41;`. */
export function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex, decimal, entity) => {
      if (entity !== undefined) return entities[String(entity).toLowerCase()] ?? whole;
      const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
