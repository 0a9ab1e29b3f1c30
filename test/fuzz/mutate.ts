import { anyKey, anyText, anyValue } from "./fragments.js";
import type { Random } from "./random.js";

type Holder = Record<string | number, unknown>;
interface Spot {
  readonly holder: Holder;
  readonly key: string | number;
}

const isHolder = (value: unknown): value is Holder => typeof value === "object" && value !== null;

/** Sets a member as JSON.parse does, `__proto__` too. */
function put(holder: Holder, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function spotsOf(root: Holder): readonly Spot[] {
  const spots: Spot[] = [];
  const open: Holder[] = [root];
  for (let holder = open.pop(); holder !== undefined && spots.length < 20_000; holder = open.pop()) {
    for (const key of Object.keys(holder)) {
      spots.push({ holder, key: Array.isArray(holder) ? Number(key) : key });
      const value = holder[key];
      if (isHolder(value)) open.push(value);
    }
  }
  return spots;
}

function remove({ holder, key }: Spot): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** Nothing is shared: a piece put somewhere is a copy, or the data would grow into a web. */
function copy(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

const changes: readonly ((random: Random, spot: Spot, spots: readonly Spot[], donor: readonly Spot[]) => void)[] = [
  (_, spot) => remove(spot),
  (random, { holder, key }) => put(holder, key, anyValue(random)),
  (random, { holder, key }) => put(holder, key, anyText(random)),
  (random, { holder }) =>
    Array.isArray(holder) ? holder.push(anyValue(random)) : put(holder, anyKey(random), anyValue(random)),
  (random, spot) => {
    const value = spot.holder[spot.key];
    remove(spot);
    put(spot.holder, Array.isArray(spot.holder) ? spot.holder.length : anyKey(random), value);
  },
  (random, { holder, key }, spots) => {
    const other = random.pick(spots);
    put(holder, key, copy(other.holder[other.key]));
  },
  (random, { holder, key }, _, donor) => {
    const other = random.pick(donor);
    put(holder, key, copy(other.holder[other.key]));
  },
  (random, { holder, key }) => put(holder, key, random.isOneOf(2) ? [holder[key]] : { [anyKey(random)]: holder[key] }),
  (_, { holder, key }) => put(holder, key, (JSON.stringify(holder[key]) ?? "").slice(0, 200)),
  (random, { holder, key }) => {
    const value = holder[key];
    if (typeof value === "string") put(holder, key, mutateText(random, value));
  },
  (random, { holder, key }) => {
    let value = holder[key];
    for (let depth = random.below(60); depth > 0; depth--) value = { Type: "Parallel", Branches: [value], End: true };
    put(holder, key, value);
  },
];

/** Changes a copy of a definition in a few places; `donor` gives pieces to it. */
export function mutateData(random: Random, data: unknown, donor: unknown): unknown {
  const root = { root: copy(data) };
  const pieces = spotsOf({ donor });
  for (let times = 1 + random.below(5); times > 0; times--) {
    const spots = spotsOf(root);
    if (spots.length === 0 || spots.length >= 20_000) break;
    random.pick(changes)(random, random.pick(spots), spots, pieces);
  }
  return root.root ?? null;
}

const inserts = [
  '"',
  "'",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "\\",
  "\n",
  "\t",
  "#",
  "&a",
  "*a",
  "<<: *a",
  "- ",
  "!!js",
  "|",
  "\u0000",
  "\ud800",
  "0",
  "e",
  "/*",
  "%",
  "${",
];

/** Cuts, flips, doubles and inserts. */
export function mutateText(random: Random, text: string): string {
  let changed = text;
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(changed.length + 1);
    const end = Math.min(changed.length, at + random.below(20));
    const [before, middle, after] = [changed.slice(0, at), changed.slice(at, end), changed.slice(end)];
    const kind = random.below(6);
    if (kind === 0) changed = before;
    else if (kind === 1) changed = before + after;
    else if (kind === 2) changed = before + middle + middle + after;
    else if (kind === 3) changed = before + random.pick(inserts) + middle + after;
    else if (kind === 4)
      changed = before + String.fromCharCode(random.below(random.isOneOf(4) ? 65_536 : 128)) + changed.slice(at + 1);
    else changed = before + anyText(random) + after;
  }
  return changed;
}
