/** What an author writes for a feature of ASL, in Markdown; or why it cannot be said. */
export type Row = string | { readonly missing: string };

export type Rows = Readonly<Record<string, Row>>;
