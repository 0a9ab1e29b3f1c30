import type { Json, JsonObject } from "../../../src/language/json.js";

/** One part of the recorder's paths: `.a`, `..a`, `[0]`, `[*]`. */
interface Segment {
  readonly deep: boolean;
  readonly name: string | number;
}

/** Where a path leads: the member can be read and set. */
export interface Place {
  readonly holder: { [key: string | number]: Json };
  readonly key: string | number;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** All places of a value that a path of the recorder means; the value is one that may be changed. */
export function placesOf(value: Json, path: string): readonly Place[] {
  let places: readonly Place[] = [{ holder: { root: value }, key: "root" }];
  for (const { deep, name } of segmentsOf(path)) {
    const holders = places.flatMap(({ holder, key }) => {
      const found = holder[key] ?? null;
      return deep ? withAllInside(found) : [found];
    });
    places = holders.flatMap((holder) => membersOf(holder, name));
  }
  return places;
}

function segmentsOf(path: string): readonly Segment[] {
  const parts = path.replace(/^\$/, "").matchAll(/(\.{0,2})(?:\[(?:(\d+)|'([^']*)'|"([^"]*)"|(\*))\]|([^.[\]]+))/g);
  return [...parts].map(([, dots, index, single, double, star, name]) => ({
    deep: dots === "..",
    name: index === undefined ? (single ?? double ?? star ?? name ?? "") : Number(index),
  }));
}

function withAllInside(value: Json): readonly Json[] {
  const found: Json[] = [];
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null) continue;
    found.push(next);
    open.push(...Object.values(next as JsonObject).reverse());
  }
  return found;
}

function membersOf(holder: Json, name: string | number): readonly Place[] {
  if (typeof holder !== "object" || holder === null) return [];
  const place = (key: string | number): Place => ({ holder: holder as Place["holder"], key });
  if (name === "*") return Object.keys(holder).map(place);
  return Object.hasOwn(holder, name) ? [place(name)] : [];
}
