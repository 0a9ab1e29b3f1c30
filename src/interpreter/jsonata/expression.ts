/** An expression, read once when the machine is planned. */
export interface Expression {
  readonly kind: "jsonata";
  /** Without the marks around it, as AWS shows it in causes. */
  readonly text: string;
}

/** What a string field holds: an expression when it starts with `{%` and ends with `%}`, else `undefined`. */
export function planExpression(
  source: string,
): Expression | { readonly message: string; readonly at: number } | undefined {
  if (!source.startsWith("{%") || !source.endsWith("%}")) return undefined;
  return { message: "JSONata is not run by the embedded engine yet", at: 0 };
}
