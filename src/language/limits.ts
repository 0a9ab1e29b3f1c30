/** Limits of AWS Step Functions and of this library. Source of the first group: the service quotas page of Step Functions. */
export const limits = {
  /** Characters of a definition. */
  definitionLength: 1_048_576,
  /** Characters of a definition that is looked at all the same, though AWS takes no longer than {@link limits.definitionLength}. Ours. */
  readLength: 16_777_216,
  /** Unicode characters of a state's name. */
  stateNameLength: 80,
  /** Characters of a variable's name. */
  variableNameLength: 80,
  /** Characters of the name of a state machine, execution or activity. */
  nameLength: 80,
  /** Bytes of UTF-8 in an input or output of a state, task or execution. */
  payloadBytes: 262_144,
  /** Events of a Standard execution; the last one is its failure. */
  historyEvents: 25_000,
  /** Seconds that an Express execution may last. */
  expressSeconds: 300,
  /** Largest number of seconds or counts that a definition may give; what is looked up has to be less. */
  number: 99_999_999,

  /** Levels of objects and lists in a definition: what the JSON parser that AWS uses takes by default. */
  definitionDepth: 1_000,
  /** Levels of objects and lists in a payload that an author writes. Ours: AWS refuses far shallower ones by size. */
  templateDepth: 200,
} as const;

/** Characters that AWS refuses in the name of a state machine, execution or activity. */
const forbiddenInNames =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: AWS names these control characters.
  /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/;

/** Says why AWS would refuse `name` for a state machine or execution; `undefined` when it would not. */
export function nameProblem(name: unknown): string | undefined {
  if (typeof name !== "string") return `expected a text, got ${JSON.stringify(name)}`;
  if (name.length === 0 || name.length > limits.nameLength) {
    return `expected 1 to ${limits.nameLength} characters, got ${name.length}`;
  }
  const found = forbiddenInNames.exec(name);
  return found === null ? undefined : `the character ${JSON.stringify(found[0])} is not allowed`;
}
