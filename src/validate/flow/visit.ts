import { callsGivingText, inspectIntrinsic, inspectPath, isUnreadable } from "../../expression/inspect-path.js";
import { looksLikeIntrinsic } from "../../expression/intrinsic-parser.js";
import type { Segment } from "../../expression/tree.js";
import { isMembers } from "../check-object.js";
import type { Place } from "../place.js";
import { type Found, find, type Member, type Origin, objectOf, type Shape, unknown, withValueAt } from "./shape.js";

/** A value that fields read from. What they read is there afterwards, or the state has failed. */
export interface Cell {
  shape: Shape;
}

/** Told of each path that finds nothing, or nothing on one way: what is known, where the path stands, and how its root is written. */
export type Note = (found: Found, path: readonly Segment[], place: Place, root: string) => void;

/** Levels of a template that are looked at; recursion goes no deeper. */
const deepestTemplate = 100;
/** Values of one state that are looked at. */
const mostLooks = 10_000;

/** Reads fields of one state, with what is known of the data. */
export class Visit {
  private readonly note: Note;
  private looks = 0;

  constructor(note: Note) {
    this.note = note;
  }

  /** Counts a value that is looked at; `true` when there were too many, as where one object stands at many places. */
  isTired(): boolean {
    return ++this.looks > mostLooks;
  }

  /** The value at a path, or of a call. */
  source(text: string, from: Cell, by: Origin, place: Place): Shape {
    if (!looksLikeIntrinsic(text)) return this.path(text, from, place);
    const name = text.slice(0, Math.max(0, text.indexOf("(")));
    if (from.shape.kind !== "unknown") this.call(text, from, place);
    if (callsGivingText.has(name)) return { kind: "plain", by };
    return name === "States.Array" ? { kind: "list", length: undefined, by } : unknown;
  }

  private call(text: string, from: Cell, place: Place): void {
    const call = inspectIntrinsic(text);
    if (isUnreadable(call)) return;
    for (const { root, isDefinite, segments } of call.paths) {
      if (root === "input" && isDefinite) this.read(segments, from, place);
    }
  }

  path(text: string, from: Cell, place: Place): Shape {
    if (from.shape.kind === "unknown") return unknown;
    const path = inspectPath(text);
    // A path that may find many values gives an empty list where there is nothing.
    if (isUnreadable(path) || path.root !== "input" || !path.isDefinite) return unknown;
    return this.read(path.segments, from, place);
  }

  read(path: readonly Segment[], from: Cell, place: Place, root = "$"): Shape {
    if (path.length === 0) return from.shape;
    const found = find(from.shape, path);
    if (found.kind === "missing" || found.leftOutBy !== undefined) this.note(found, path, place, root);
    from.shape = withValueAt(from.shape, path);
    return found.kind === "found" ? found.shape : unknown;
  }

  /** What a payload template makes. */
  template(value: unknown, from: Cell, by: Origin, place: Place, depth = 0): Shape {
    if (depth > deepestTemplate || this.isTired()) return unknown;
    if (Array.isArray(value)) {
      for (const [key, item] of value.entries()) this.template(item, from, by, { outer: place, key }, depth + 1);
      return { kind: "list", length: value.length, by };
    }
    if (!isMembers(value)) return { kind: "plain", by };
    const members = new Map<string, Member>();
    for (const key of Object.keys(value)) {
      const inner = value[key];
      const at = { outer: place, key };
      const isRead = key.endsWith(".$") && typeof inner === "string";
      const shape = isRead ? this.source(inner, from, by, at) : this.template(inner, from, by, at, depth + 1);
      members.set(isRead ? key.slice(0, -2) : key, { shape, leftOutBy: undefined });
    }
    return objectOf(members, by);
  }

  /** What a value with JSONata in it makes; `result` is what `$states.result` stands for. */
  jsonata(value: unknown, input: Cell, by: Origin, place: Place, result?: Cell, depth = 0): Shape {
    if (typeof value === "string") return this.expression(value, input, by, place, result);
    if (depth > deepestTemplate || this.isTired()) return unknown;
    if (Array.isArray(value)) {
      for (const [key, item] of value.entries()) {
        this.jsonata(item, input, by, { outer: place, key }, result, depth + 1);
      }
      return { kind: "list", length: undefined, by };
    }
    if (!isMembers(value)) return { kind: "plain", by };
    const members = new Map<string, Member>();
    for (const key of Object.keys(value)) {
      const shape = this.jsonata(value[key], input, by, { outer: place, key }, result, depth + 1);
      members.set(key, { shape, leftOutBy: undefined });
    }
    return objectOf(members, by);
  }

  /** Only a path that is all of an expression must lead to something: within more, what is missing is no error. */
  private expression(text: string, input: Cell, by: Origin, place: Place, result: Cell | undefined): Shape {
    if (!text.startsWith("{%")) return { kind: "plain", by };
    const [, root, path = ""] = wholePath.exec(text) ?? [];
    const from = root === "input" ? input : root === "result" ? result : undefined;
    return from === undefined ? unknown : this.read(path.split(".").slice(1), from, place, `$states.${root}`);
  }
}

const wholePath = /^\{%\s*\$states\.(input|result)((?:\.[A-Za-z_][A-Za-z_0-9]*)*)\s*%\}$/;
