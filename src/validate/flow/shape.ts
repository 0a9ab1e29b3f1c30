import type { Segment } from "../../expression/tree.js";
import { isMembers } from "../check-object.js";

/** Who decided what is in a value: a field of a state. */
export interface Origin {
  readonly state: string;
  readonly field: string;
}

/** What is known of a value that flows between states. */
export type Shape =
  /** Nothing. */
  | typeof unknown
  /** No member can be read from it. */
  | { readonly kind: "plain"; readonly by: Origin }
  /** A list; `length` is how many items it has, where that is known. */
  | { readonly kind: "list"; readonly length: number | undefined; readonly by: Origin }
  /** An object of these members, and where `by` is `undefined`, others of which nothing is known. */
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, Member>; readonly by: Origin | undefined };

/** A member of an object. */
export interface Member {
  readonly shape: Shape;
  /** Who left it out on one of the ways that lead here; `undefined`: it is there on all of them. */
  readonly leftOutBy: Origin | undefined;
  /** Set where it is there only because it was read, and nothing failed. */
  readonly isRead?: true;
}

export const unknown = { kind: "unknown" } as const;

/** Bounds of what is remembered: deeper values and larger objects are as good as unknown. */
const deepest = 8;
const mostMembers = 32;
/** Of an object of which little is known, fewer: states that put their results into one grow it from state to state. */
const mostInOpen = 12;

/** An object of known members; with more than are remembered, nothing is known. */
export function objectOf(members: ReadonlyMap<string, Member>, by: Origin | undefined): Shape {
  return members.size > (by === undefined ? mostInOpen : mostMembers) ? unknown : { kind: "object", members, by };
}

/** The shape of a constant. */
export function shapeOfConstant(value: unknown, by: Origin, isTired: () => boolean, depth = 0): Shape {
  if (Array.isArray(value)) return { kind: "list", length: value.length, by };
  if (!isMembers(value)) return { kind: "plain", by };
  if (depth >= deepest || isTired()) return unknown;
  const keys = Object.keys(value);
  if (keys.length > mostMembers) return unknown;
  const members = new Map<string, Member>();
  for (const key of keys)
    members.set(key, { shape: shapeOfConstant(value[key], by, isTired, depth + 1), leftOutBy: undefined });
  return { kind: "object", members, by };
}

/** What stands at a path. */
export type Found =
  | {
      readonly kind: "found";
      readonly shape: Shape;
      readonly leftOutBy: Origin | undefined;
      /** Whether it is known to be there; else nothing is known of it. */
      readonly isCertain: boolean;
    }
  | { readonly kind: "missing"; readonly key: Segment; readonly within: Exclude<Shape, typeof unknown> };

/** Looks for the value at a path. */
export function find(shape: Shape, path: readonly Segment[]): Found {
  let at = shape;
  let leftOutBy: Origin | undefined;
  let isCertain = true;
  for (const key of path) {
    if (at.kind === "unknown") {
      isCertain = false;
      break;
    }
    if (at.kind === "plain") return { kind: "missing", key, within: at };
    if (at.kind === "list") {
      const { length } = at;
      const isOut = typeof key === "number" && length !== undefined && (key >= length || key < -length);
      if (isOut) return { kind: "missing", key, within: at };
      at = unknown;
      isCertain = false;
      break;
    }
    const member = typeof key === "string" ? at.members.get(key) : undefined;
    if (member === undefined) {
      if (at.by !== undefined) return { kind: "missing", key, within: at };
      at = unknown;
      isCertain = false;
      break;
    }
    leftOutBy ??= member.leftOutBy;
    at = member.shape;
  }
  return { kind: "found", shape: at, leftOutBy, isCertain };
}

/** The shape with a value put at a path, as `ResultPath` does. */
export function put(shape: Shape, path: readonly Segment[], value: Shape, by: Origin, depth = 0): Shape {
  const key = path[depth];
  if (key === undefined) return value;
  if (typeof key !== "string" || path.length > deepest) return unknown;
  const before = shape.kind === "object" ? shape : undefined;
  const isLast = depth === path.length - 1;
  const inner = isLast ? value : put(innerOf(before, key, by), path, value, by, depth + 1);
  // Of an object of which all may be there, an unknown member tells nothing.
  if (inner.kind === "unknown" && before?.by === undefined && before?.members.has(key) !== true)
    return before ?? unknown;
  const members = new Map(before?.members);
  if (inner.kind === "unknown" && before?.by === undefined) members.delete(key);
  else members.set(key, { shape: inner, leftOutBy: undefined });
  return members.size === 0 && before?.by === undefined ? unknown : objectOf(members, before?.by);
}

/** What an object has at a key before something is put within. */
function innerOf(shape: ObjectShape | undefined, key: string, by: Origin): Shape {
  const member = shape?.members.get(key);
  if (member !== undefined) return member.shape;
  return shape?.by === undefined ? unknown : { kind: "object", members: new Map(), by };
}

/** The shape, now that it is known that something stands at a path: it was read, or asked for. */
export function withValueAt(shape: Shape, path: readonly Segment[], depth = 0): Shape {
  const key = path[depth];
  if (shape.kind !== "object" || typeof key !== "string" || path.length > deepest) return shape;
  const member = shape.members.get(key);
  if (member === undefined && shape.by === undefined) return shape;
  const before = member?.shape ?? unknown;
  const inner = withValueAt(before, path, depth + 1);
  if (member !== undefined && member.leftOutBy === undefined && inner === before) return shape;
  const members = new Map(shape.members);
  const isRead = member === undefined || member.isRead === true;
  members.set(key, { shape: inner, leftOutBy: undefined, ...(isRead && { isRead }) });
  return objectOf(members, shape.by);
}

/** What is known where two ways meet. Gives `left` itself where the other way adds no doubt. */
export function join(left: Shape, right: Shape, depth = 0): Shape {
  if (left === right || left.kind === "unknown") return left;
  if (right.kind === "unknown" || left.kind !== right.kind || depth >= deepest) return unknown;
  if (left.kind === "list" && right.kind === "list") {
    return left.length === right.length || left.length === undefined ? left : { ...left, length: undefined };
  }
  return left.kind === "object" && right.kind === "object" ? joinObjects(left, right, depth) : left;
}

type ObjectShape = Extract<Shape, { kind: "object" }>;

function joinObjects(left: ObjectShape, right: ObjectShape, depth: number): Shape {
  const by = right.by === undefined ? undefined : left.by;
  const members = new Map<string, Member>();
  let isSame = by === left.by;
  for (const [key, member] of left.members) {
    const other = right.members.get(key);
    const joined = other === undefined ? aloneIn(member, right) : both(member, other, depth);
    if (joined !== undefined) members.set(key, joined);
    isSame &&= joined === member;
  }
  for (const [key, member] of right.members) {
    if (left.members.has(key)) continue;
    const joined = aloneIn(member, left);
    if (joined === undefined) continue;
    members.set(key, joined);
    isSame = false;
  }
  return isSame ? left : objectOf(members, by);
}

/** A member that the other object has not, or not for certain. */
function aloneIn(member: Member, other: ObjectShape): Member | undefined {
  if (other.by === undefined) return undefined;
  return member.leftOutBy === undefined ? { ...member, leftOutBy: other.by } : member;
}

function both(left: Member, right: Member, depth: number): Member {
  const shape = join(left.shape, right.shape, depth + 1);
  const leftOutBy = left.leftOutBy ?? right.leftOutBy;
  return shape === left.shape && leftOutBy === left.leftOutBy ? left : { shape, leftOutBy };
}
