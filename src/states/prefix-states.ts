import { described } from "../expression/described.js";
import type { Ref } from "../expression/placeholder.js";
import { replaceRoots } from "../expression/replace-roots.js";
import { expressionOf, type Root } from "../expression/tree.js";
import { DefinitionError, issue, shown, throwIssues } from "../language/errors.js";
import { isPlainObject, setOwn } from "../language/json.js";
import { type AnyChainable, Chain, stepsOf } from "./chain.js";
import { type Condition, isCondition, mapOperands } from "./condition.js";
import { stepOptions } from "./given-options.js";
import { type AnyStep, authoredState, copyStep, isStep } from "./step.js";

/** What can be used again: a step, a chain, or an object of those and of placeholders and conditions that read them. */
export type Fragment = AnyChainable | Ref<unknown> | Condition | { readonly [name: string]: Fragment };

/**
 * A copy of a fragment, all of whose states have a prefix before their names. So one fragment can stand in a machine several times.
 *
 * All that the fragment leads to belongs to it: chains, branches, processors, handlers, and the targets of loops. Where the copy reads an
 * output, an error or an item of the fragment, it reads the copy's; everything else is read where it was. Variables keep their names.
 *
 * @param prefix - stands before each name: `"Left "`
 * @param fragment - a step or chain; an object, where something of the copy is wanted by name
 * @param options.keep - steps and chains that the fragment leads to and that stay as they are
 * @throws {@link DefinitionError} `invalid_text` for a prefix that is no text, `not_a_step` for what is no fragment or in `keep` no step,
 * `unknown_option`, `invalid_argument` for other options.
 * @example
 * const train = new Task("Train", { resource, outputSchema: z.object({ model: z.string() }) });
 * const fragment = { chain: Chain.of(new Pass("Prepare"), train), model: train.output.model };
 * const [left, right] = [prefixStates("Left ", fragment), prefixStates("Right ", fragment)];
 * Chain.of(left.chain, right.chain, new Pass("Compare", { parameters: { models: [left.model, right.model] } }));
 * // "Left Prepare" → "Left Train" → "Right Prepare" → "Right Train" → "Compare"
 */
export function prefixStates<T extends Fragment>(
  prefix: string,
  fragment: T,
  options?: { readonly keep?: readonly AnyChainable[] },
): T {
  if (typeof prefix !== "string") {
    throw new DefinitionError([issue("invalid_text", [], `expected a text before the names, got ${shown(prefix)}`)]);
  }
  if (!isFragment(fragment)) {
    const message = `expected a step, a chain or an object of them, got ${shown(fragment)}`;
    throw new DefinitionError([issue("not_a_step", [], message)]);
  }
  return new Copier(prefix, keptOf(options)).copy(fragment) as T;
}

function keptOf(options: object | undefined): readonly AnyChainable[] {
  const { keep = [], ...others } = stepOptions<{ keep?: unknown }>("prefixStates()", options);
  const issues = Object.keys(others).map((name) =>
    issue(
      "unknown_option",
      [name],
      `prefixStates() has no option ${shown(name)}; it has "keep"`,
      "give { keep: [step] }",
    ),
  );
  const list: readonly unknown[] = Array.isArray(keep) ? keep : [];
  const isList = Array.isArray(keep) && list.every((kept) => isStep(kept) || Chain.is(kept));
  if (!isList) {
    const message = `expected a list of steps and chains, got ${described(keep)}`;
    issues.push(issue("not_a_step", ["keep"], message));
  }
  throwIssues(issues);
  return list as readonly AnyChainable[];
}

function isFragment(value: unknown): boolean {
  return isStep(value) || Chain.is(value) || isPlainObject(value);
}

/** A copy that is not filled yet. */
interface Unfilled {
  readonly copy: Record<string, unknown>;
  readonly members: readonly (readonly [key: string, value: unknown])[];
}

/** Copies steps with all that they lead to. Not recursive: what is met is copied empty and filled later. */
class Copier {
  private readonly prefix: string;
  /** The copy of each step, chain, rule and other object that was met; what is kept is its own. */
  private readonly copies = new WeakMap<object, object>();
  private readonly unfilled: Unfilled[] = [];
  /** What reads steps: it waits until it is known which steps are copied. */
  private readonly readers: { readonly holder: Unfilled["copy"]; readonly key: string; readonly value: object }[] = [];

  constructor(prefix: string, keep: readonly AnyChainable[]) {
    this.prefix = prefix;
    for (const kept of keep) for (const object of [kept, ...stepsOf(kept)]) this.copies.set(object, object);
  }

  copy(value: unknown): unknown {
    const holder: Unfilled["copy"] = {};
    this.unfilled.push({ copy: holder, members: [["value", value]] });
    for (let next = this.unfilled.pop(); next !== undefined; next = this.unfilled.pop()) this.fill(next);
    for (let next = this.readers.pop(); next !== undefined; next = this.readers.pop()) {
      setOwn(next.holder, next.key, this.withCopies(next.value));
    }
    return holder["value"];
  }

  private fill({ copy, members }: Unfilled): void {
    for (const [key, value] of members) {
      setOwn(copy, key, this.begin(value));
      if (isReader(value)) this.readers.push({ holder: copy, key, value });
    }
  }

  /** The copy of a value, empty as yet. */
  private begin(value: unknown): unknown {
    // A target that is a function is asked when the flow is linked: it may name a step that is made later.
    if (typeof value === "function") return (...given: unknown[]) => this.copy(value(...given));
    if (typeof value !== "object" || value === null || isReader(value)) return value;
    const known = this.copies.get(value);
    if (known !== undefined) return known;
    const copy = this.emptyCopy(value);
    this.copies.set(value, copy);
    return copy;
  }

  private emptyCopy(value: object): object {
    if (isStep(value)) return this.beginStep(value);
    if (Chain.is(value)) return Chain.from(value.steps.map((step) => this.begin(step) as AnyStep));
    // An object with a mark of its own, such as a deferred value, is no data.
    const isData = Array.isArray(value) || (isPlainObject(value) && Object.getOwnPropertySymbols(value).length === 0);
    if (!isData) return value;
    return this.beginFilling(Array.isArray(value) ? [] : {}, Object.entries(value));
  }

  private beginStep(step: AnyStep): object {
    const options = this.begin(authoredState(step).options) as object;
    const name = typeof step.name === "string" ? this.prefix + step.name : step.name;
    const copy = copyStep(step, name, options);
    // What a class of the author's own has set besides.
    return this.beginFilling(
      copy,
      Object.entries(step).filter(([key]) => !Object.hasOwn(copy, key)),
    );
  }

  private beginFilling(copy: object, members: Unfilled["members"]): object {
    if (members.length > 0) this.unfilled.push({ copy: copy as Unfilled["copy"], members });
    return copy;
  }

  private withCopies(value: object): unknown {
    const replace = (root: Root): Root => this.rootOfCopy(root);
    if (!isCondition(value)) return replaceRoots(value, replace);
    return mapOperands(value, (operand) =>
      typeof operand === "object" && operand !== null ? replaceRoots(operand, replace) : operand,
    );
  }

  private rootOfCopy(root: Root): Root {
    switch (root.kind) {
      case "output":
        return this.exchanged(root, root.step, (step) => ({ kind: "output", step: step as AnyStep }));
      case "error":
        return this.exchanged(root, root.rule, (rule) => ({ kind: "error", rule }));
      case "item":
        return this.exchanged(root, root.iteration, (iteration) => ({ ...root, iteration }));
      default:
        return root;
    }
  }

  private exchanged(root: Root, source: object, make: (copy: object) => Root): Root {
    const copy = this.copies.get(source);
    return copy === undefined || copy === source ? root : make(copy);
  }
}

function isReader(value: unknown): value is object {
  return expressionOf(value) !== undefined || isCondition(value);
}
