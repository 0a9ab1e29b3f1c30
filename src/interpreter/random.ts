import { createHash } from "node:crypto";

/**
 * Chance that can be repeated: the same seed gives the same values, so that a replayed execution makes the same tokens,
 * delays and UUIDs.
 */
export class Random {
  private readonly seed: string;
  private uses = 0;

  constructor(seed: string) {
    this.seed = seed;
  }

  /** 32 bytes. */
  bytes(): Buffer {
    return createHash("sha256")
      .update(`${this.seed}:${this.uses++}`)
      .digest();
  }

  /** A number from 0 up to but not including 1. */
  fraction(): number {
    const bytes = this.bytes();
    return (bytes.readUInt32BE(0) * 0x200000 + (bytes.readUInt32BE(4) >>> 11)) / 2 ** 53;
  }

  /** A UUID of version 4. */
  uuid(): string {
    const bytes = this.bytes();
    bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x40;
    bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
    const hex = bytes.toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
  }

  /** A text that nobody guesses, safe in URLs. */
  token(): string {
    return this.bytes().toString("base64url");
  }
}

const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/** The generator of `java.util.Random`: the next whole number of so many bits, not negative. */
function javaBits(seed: number): (bits: bigint) => bigint {
  let state = (BigInt(seed) ^ multiplier) & mask;
  return (bits) => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
}

/** The first `nextDouble()` of a `java.util.Random` with this seed. */
export function javaFraction(seed: number): number {
  const next = javaBits(seed);
  const high = next(26n);
  return Number((high << 27n) + next(27n)) / 2 ** 53;
}

/** The largest `int` of Java. */
const mostInt = 2_147_483_647n;

/**
 * A whole number from `from` up to but not including `to`, as `java.util.Random` with this seed makes it first. Both are of 32 bits. The
 * loops end: each round has a better chance than one half, and the generator does not repeat itself.
 */
export function javaRandom(seed: number, from: number, to: number): number {
  const next = javaBits(seed);
  const size = BigInt(to) - BigInt(from);
  // More numbers than an `int` counts: Java takes the first `int` that is one of them.
  while (size > mostInt) {
    const value = Number(BigInt.asIntN(32, next(32n)));
    if (value >= from && value < to) return value;
  }
  if ((size & (size - 1n)) === 0n) return from + Number((size * next(31n)) >> 31n);
  // Values of the last, incomplete round are thrown away: they would favour small numbers.
  for (;;) {
    const bits = next(31n);
    const value = bits % size;
    if (bits - value + size - 1n <= mostInt) return from + Number(value);
  }
}
