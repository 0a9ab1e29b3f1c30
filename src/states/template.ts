/**
 * A payload template: data with placeholders at any depth. In the definition, the key of a placeholder ends in `.$`;
 * a list with a placeholder becomes `States.Array(...)`.
 * Source: ASL, "Payload Template".
 */
export interface Template {
  readonly [key: string]: unknown;
}
