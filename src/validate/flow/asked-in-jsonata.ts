/** Whether an expression asks with `$exists` for a variable that it reads: then nothing goes wrong where the variable is not set. */
export function isAskedInJsonata(text: string, name: string): boolean {
  for (const [, asked = ""] of text.matchAll(question)) if (asked === name) return true;
  return false;
}

const question = /\$exists\s*\(\s*\$([\p{ID_Start}_][\p{ID_Continue}]*)\s*\)/gu;
