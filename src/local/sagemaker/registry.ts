import type { JsonObject } from "../../language/json.js";
import type { LocalIdentity } from "../identity.js";
import { ServiceError } from "../wire.js";
import { nameKey, resourceArn } from "./resource-arn.js";

/** Something that SageMaker keeps under a name. Names differ in more than case. */
export interface Registry<Item> {
  /** Throws `ValidationException` where the name is taken. */
  add(name: string, item: Item): void;
  /** Throws `ValidationException` where nothing has the name. */
  get(name: string): Item;
  remove(name: string): void;
  /** Newest first. */
  list(): readonly Item[];
  arn(name: string): string;
}

/**
 * Makes an empty registry.
 *
 * @param kind.resource - As in ARNs: `endpoint-config`.
 * @param kind.title - As in AWS's messages: `endpoint configuration`.
 */
export function createRegistry<Item>(
  identity: LocalIdentity,
  kind: { readonly resource: string; readonly title: string },
): Registry<Item> {
  const items = new Map<string, Item>();
  const arn = (name: string): string => resourceArn(identity, kind.resource, name);
  const get = (name: string): Item => {
    const item = items.get(nameKey(name));
    if (item !== undefined) return item;
    throw new ServiceError("ValidationException", `Could not find ${kind.title} "${arn(name)}".`);
  };
  return {
    arn,
    get,
    add(name, item) {
      if (items.has(nameKey(name))) {
        throw new ServiceError("ValidationException", `Cannot create already existing ${kind.title} "${arn(name)}".`);
      }
      items.set(nameKey(name), item);
    },
    remove(name) {
      get(name);
      items.delete(nameKey(name));
    },
    list: () => [...items.values()].reverse(),
  };
}

/** What was given, without its tags, as descriptions give it back. */
export function withoutTags({ Tags: _, ...members }: JsonObject): JsonObject {
  return members;
}
