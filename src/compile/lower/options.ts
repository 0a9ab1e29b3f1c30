import type { StateType } from "../../language/asl.js";
import { fieldsOf, stateTypes } from "../../language/fields.js";
import type { Field } from "../../language/shape.js";

/** A field that an author sets, under the option's name: `resultPath` sets `ResultPath`. */
export interface Option {
  readonly name: string;
  readonly field: string;
  readonly description: Field;
  /** Its place among the fields of its kind of state. */
  readonly order: number;
}

/** Fields whose option has a name of its own. */
const renamed: Readonly<Record<string, string>> = { ItemProcessor: "processor" };
/** Old spellings: read, never written. */
const old = new Set(["Map.Iterator", "Map.Parameters"]);

/** The options of each kind of state, in the order in which their fields are written. Those of JSONPath serve both languages. */
export const optionsOf = Object.fromEntries(
  stateTypes.map((type) => [
    type,
    fieldsOf(type)
      // The rest comes from the step's kind and place.
      .filter(([, { kind, only }]) => kind !== "constant" && kind !== "name" && only !== "JSONata")
      .filter(([field]) => !old.has(`${type}.${field}`))
      .map(([field, description], order): Option => ({ name: optionName(field), field, description, order })),
  ]),
) as unknown as { readonly [T in StateType]: readonly Option[] };

const byName = Object.fromEntries(
  stateTypes.map((type) => [type, new Map(optionsOf[type].map((option) => [option.name, option]))]),
) as unknown as { readonly [T in StateType]: ReadonlyMap<string, Option> };

/** The option of a name; `undefined` where this kind of state has none. */
export function optionOf(type: StateType, name: string): Option | undefined {
  return byName[type].get(name);
}

/** The names of what is given, in the order in which their fields are written; those that are no options come last. */
export function namesInOrder(type: StateType, given: object): readonly string[] {
  const place = (name: string): number => byName[type].get(name)?.order ?? Number.MAX_SAFE_INTEGER;
  const names = Object.keys(given);
  let last = -1;
  for (const name of names) {
    const here = place(name);
    if (here < last) return names.sort((left, right) => place(left) - place(right));
    last = here;
  }
  return names;
}

/** The option that sets a field. */
export function optionName(field: string): string {
  return renamed[field] ?? field.charAt(0).toLowerCase() + field.slice(1);
}

/** Whether the field may also be given as a path, under a name that ends in `Path`: then a reference may stand in it. */
export function takesReference(type: StateType, field: string): boolean {
  return pathFields.has(`${type}.${field}Path`);
}

const pathFields: ReadonlySet<string> = new Set(
  stateTypes.flatMap((type) => fieldsOf(type).map(([field]) => `${type}.${field}`)),
);
