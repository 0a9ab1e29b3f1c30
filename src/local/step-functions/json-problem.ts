/**
 * Why a text is no JSON; `undefined` where it is.
 * The two faults that are recorded from AWS have AWS's words, the others Node's.
 */
export function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (problem) {
    return awsWords(text) ?? (problem instanceof Error ? problem.message : String(problem));
  }
}

function awsWords(text: string): string | undefined {
  const [, word] = /^\s*([A-Za-z_$][\w$]*)/.exec(text) ?? [];
  if (word !== undefined && !["true", "false", "null"].includes(word)) {
    return `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  }
  if (/^\s*\{\s*'/.test(text)) {
    return "Unexpected character (''' (code 39)): was expecting double-quote to start field name";
  }
  return undefined;
}
