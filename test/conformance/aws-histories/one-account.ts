import type { Mask, Recording } from "./recording.js";

/**
 * Where a test had two accounts, the data give its input with the number of the first one, but show what AWS made of it
 * with the names of both. Nothing can tell them apart: all accounts get the name of the first.
 */
export function withOneAccount(recording: Recording): Recording {
  const [first, ...others] = recording.normalise.filter(isAccount).map(({ as = "" }) => as);
  if (first === undefined || others.length === 0) return recording;
  const { mocks, expected } = recording;
  const text = others.reduce((named, other) => named.replaceAll(other, first), JSON.stringify({ mocks, expected }));
  const normalise = recording.normalise.map((mask) => (isAccount(mask) ? { ...mask, as: first } : mask));
  return { ...recording, ...(JSON.parse(text) as Pick<Recording, "mocks" | "expected">), normalise };
}

function isAccount({ kind, pattern = "" }: Mask): boolean {
  return kind === "regex" && /^\d{12}$/.test(pattern);
}
