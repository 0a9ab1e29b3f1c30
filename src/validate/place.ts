import { pointerTo } from "../language/pointer.js";

/** A place in a definition: a key within an outer place. `undefined` stands for the whole definition. */
export interface Place {
  readonly outer: Place | undefined;
  readonly key: string | number;
}

/** The keys from the root. */
export function keysOf(place: Place | undefined): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = place; at !== undefined; at = at.outer) keys.push(at.key);
  return keys.reverse();
}

/** The place as a JSON pointer (RFC 6901), such as `/States/C/Choices/0/Next`; empty for the whole. */
export function pointerOf(place: Place | undefined): string {
  return pointerTo(keysOf(place));
}

/** The place as AWS writes it, such as `/States/C/Choices[0]/Next`; `/` for the whole. */
export function locationOf(place: Place | undefined): string {
  const text = keysOf(place)
    .map((key) => (typeof key === "number" ? `[${key}]` : `/${key}`))
    .join("");
  return text === "" ? "/" : text;
}
