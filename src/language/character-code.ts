/** A character, or half of one, as JSON, YAML and JavaScript escape it: `\u001b`. */
export function characterCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
