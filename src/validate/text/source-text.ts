import type { Finding } from "../findings.js";
import { keysOf } from "../place.js";

/** A place in a text, for people. */
export interface Position {
  /** From 1 on. */
  readonly line: number;
  /** In UTF-16 code units, from 1 on. */
  readonly column: number;
}

/** The text that a definition was read from. */
export interface SourceText {
  /** Where the findings stand in the text, in their order; what leads into nothing stands at the nearest place around it. */
  positionsOf(findings: readonly Finding[]): readonly Position[];
}

/** Offsets of places in a text. */
export interface Spot {
  /** Offset of the key; of the value where there is no key. */
  readonly keyAt: number;
  readonly valueAt: number;
}

/** Makes a source of a text, from a way to find many places in it at once. */
export function sourceText(
  text: string,
  spotsOf: (paths: readonly (readonly (string | number)[])[]) => readonly { spot: Spot; isWhole: boolean }[],
  original: (offset: number) => number = (offset) => offset,
): SourceText {
  return {
    positionsOf(findings) {
      const sought = findings.filter(({ position }) => position === undefined);
      const spots = spotsOf(sought.map(({ place }) => keysOf(place)));
      const lines = new Lines(text);
      let next = 0;
      return findings.map(({ position, at, isKey }) => {
        if (position !== undefined) return position;
        const found = spots[next++];
        if (found === undefined) return { line: 1, column: 1 };
        // A field that has no place in the object around it: its name is what is wrong.
        const wantsKey = (isKey === true || at === "around") && found.isWhole;
        return lines.positionOf(original(wantsKey ? found.spot.keyAt : found.spot.valueAt));
      });
    },
  };
}

/** The lines of a text. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    const hasReturns = text.includes("\r");
    if (hasReturns) for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) this.starts.push(index + end.length);
    else for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  positionOf(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) + 1 };
  }
}
