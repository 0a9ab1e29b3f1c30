/** What a person finds in a table of HTML: the texts of its rows, and where its links lead. */
export interface Rows {
  readonly rows: readonly (readonly string[])[];
  readonly hrefs: readonly string[];
}

/** The rows of a table. */
export function rowsIn(html: string): Rows {
  const rows = [...html.matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd]\b[^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => textIn(cell)),
  );
  return { rows, hrefs: hrefsIn(html) };
}

/** Where links lead. */
export function hrefsIn(html: string): readonly string[] {
  return [...html.matchAll(/\bhref="([^"]*)"/g)].map(([, href = ""]) => decoded(href));
}

/** What is read: without tags, and without the words that unfold a detail. */
export function textIn(html: string): string {
  const text = html.replace(/<summary>.*?<\/summary>/gs, "").replace(/<[^>]*>/g, "");
  return decoded(text).replace(/\s+/g, " ").trim();
}

function decoded(text: string): string {
  const characters: Readonly<Record<string, string>> = {
    lt: "<",
    gt: ">",
    quot: '"',
    "#39": "'",
    "#96": "`",
    amp: "&",
  };
  return text.replace(/&(lt|gt|quot|#39|#96|amp);/g, (_, name: string) => characters[name] ?? "");
}

/** The facts of a reference's table that ours does not tell. Wording is ours: a title may say more. */
export function missingRows(ours: Rows, reference: Rows): readonly string[] {
  const problems: string[] = [];
  if (ours.rows.length !== reference.rows.length) {
    problems.push(`expected ${reference.rows.length} rows, got ${ours.rows.length}`);
  }
  for (const [index, cells] of reference.rows.entries()) {
    for (const [column, expected] of cells.entries()) {
      const actual = ours.rows[index]?.[column] ?? "";
      if (!tells(actual, expected))
        problems.push(`row ${index}, column ${column}: expected ${expected}, got ${actual}`);
    }
  }
  for (const href of reference.hrefs) if (!ours.hrefs.includes(href)) problems.push(`no link to ${href}`);
  return problems;
}

function tells(actual: string, expected: string): boolean {
  const isNumber = /^\d+\.\d+$/.test(expected);
  return isNumber ? Number(actual) === Number(expected) : actual.includes(expected);
}

/** What a text of HTML does not tell that the reference's does. */
export function missingHtml(ours: string, reference: string): readonly string[] {
  const words = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9/:]+/g, " ")
      .trim();
  const problems = hrefsIn(reference)
    .filter((href) => !hrefsIn(ours).includes(href))
    .map((href) => `no link to ${href}`);
  if (!words(textIn(ours)).includes(words(textIn(reference)))) problems.push(`expected ${reference}, got ${ours}`);
  return problems;
}
