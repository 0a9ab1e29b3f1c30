import type { Findings } from "../findings.js";
import type { Place } from "../place.js";
import { readMembers } from "./read-members.js";
import type { Position } from "./source-text.js";

/** Warnings of this kind that are kept: they come first, and must not take the room of errors. */
const mostDuplicates = 100;

/** What is known of an object of the text. */
interface Known {
  readonly place: Place | undefined;
  keys?: Set<string>;
}

/** Reports every key of a JSON text that an object has given before. */
export function findDuplicateKeys(text: string, findings: Findings, positionOf: (offset: number) => Position): void {
  readMembers<Known>(
    text,
    { place: undefined },
    {
      member(outer, key, keyAt) {
        const place: Place = { outer: outer.place, key };
        if (typeof key === "string") {
          outer.keys ??= new Set();
          if (outer.keys.has(key)) reportDuplicateKey(place, findings, positionOf(keyAt));
          outer.keys.add(key);
        }
        return { place };
      },
    },
  );
}

/** A state's name that is given twice is AWS's error; any other key is only lost. */
export function reportDuplicateKey(place: Place, findings: Findings, position: Position): void {
  const name = String(place.key);
  if (isStateName(place)) {
    findings.add({ code: "DUPLICATE_STATE_NAME", message: `Duplicate State name: ${name}`, place, position });
  } else if (findings.all.length < mostDuplicates) {
    const message = `Expected a key once, got ${JSON.stringify(name)} again`;
    findings.add({ code: "duplicate_key", message, place, position });
  }
}

/** Whether the place is that of a state: within `States` of the machine, of a branch or of the processor of a Map. */
function isStateName(place: Place): boolean {
  for (let state: Place | undefined = place; ; ) {
    const states: Place | undefined = state.outer;
    if (states?.key !== "States") return false;
    const machine: Place | undefined = states.outer;
    if (machine === undefined) return true;
    const isProcessor: boolean = machine.key === "ItemProcessor" || machine.key === "Iterator";
    const isBranch: boolean = typeof machine.key === "number" && machine.outer?.key === "Branches";
    if (!isProcessor && !isBranch) return false;
    state = isBranch ? machine.outer?.outer : machine.outer;
    if (state === undefined) return false;
  }
}
