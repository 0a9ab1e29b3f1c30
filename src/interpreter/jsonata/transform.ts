import { setOwn } from "../../language/json.js";
import { apply, Native } from "./callable.js";
import type { Compile, Compiled } from "./compiled.js";
import type { Evaluation } from "./evaluation.js";
import type { Frame } from "./frame.js";
import { jsonText } from "./json-text.js";
import { QueryError } from "./query-error.js";
import { readSignature } from "./signature.js";
import type { SyntaxNode } from "./syntax.js";
import { Callable, isList, isListOf, isMembers, isText, type Members, type Value } from "./value.js";

const signature = readSignature("<(oa):o>");

/** Makes `|pattern|update, delete|` ready: a function that changes a copy. Its parts are made ready when it is called first. */
export function compileTransform(node: SyntaxNode, compileBody: Compile): Compiled {
  let parts: Parts | undefined;
  return (_input, frame) =>
    new Native(signature, 1, ([value], evaluation) => {
      parts ??= {
        pattern: compileBody(node.pattern as SyntaxNode),
        update: compileBody(node.update as SyntaxNode),
        remove: node.delete === undefined ? undefined : compileBody(node.delete),
      };
      return value === undefined ? undefined : transform(parts, value, frame, evaluation);
    });
}

interface Parts {
  readonly pattern: Compiled;
  readonly update: Compiled;
  readonly remove: Compiled | undefined;
}

function transform({ pattern, update, remove }: Parts, value: Value, frame: Frame, evaluation: Evaluation): Value {
  const clone = frame.lookup("clone", evaluation);
  if (!(clone instanceof Callable)) throw new QueryError("T2013");
  // Copied by us in any case: a function of the user's may give the data themselves.
  const own = new Set<Members>();
  const copied = copy(apply(clone, [value], null, evaluation), own, evaluation);
  const found = pattern(copied, frame, evaluation);
  const matches = found === undefined ? [] : isList(found) ? found : [found];
  for (const match of matches) {
    // A pattern may find data of elsewhere, which are not changed.
    const changed = isMembers(match) && own.has(match) ? (match as Record<string, Value>) : undefined;
    merge(changed, update(match, frame, evaluation), own, evaluation);
    if (remove !== undefined) removeMembers(changed, remove(match, frame, evaluation), evaluation);
  }
  return copied;
}

/** What is merged is copied, or an object could come to hold itself. */
function merge(
  changed: Record<string, Value> | undefined,
  update: Value,
  own: Set<Members>,
  evaluation: Evaluation,
): void {
  if (update === undefined) return;
  if (!isMembers(update)) throw new QueryError("T2011", { value: update });
  if (changed === undefined) return;
  for (const key of Object.keys(update)) {
    evaluation.spend(1);
    setOwn(changed, key, copy(update[key], own, evaluation));
  }
}

function removeMembers(changed: Record<string, Value> | undefined, names: Value, evaluation: Evaluation): void {
  if (names === undefined) return;
  const list = isList(names) ? names : [names];
  if (!isListOf(list, isText)) throw new QueryError("T2012", { value: names });
  if (changed === undefined) return;
  evaluation.spend(list.length);
  for (const name of list) delete changed[name as string];
}

/** A copy by way of JSON, as JSONata's `$clone` makes one. */
export function clone(value: Value, evaluation: Evaluation): Value {
  if (value === undefined) return undefined;
  const text = jsonText(value, evaluation);
  // To read a character takes far longer than to copy it.
  evaluation.spend(text.length);
  return JSON.parse(text) as Value;
}

/** What it takes to note an object. */
const unitsOfCopy = 60;

/** A copy, and note of all the objects in it. */
function copy(value: Value, own: Set<Members>, evaluation: Evaluation, level = 0): Value {
  evaluation.checkLevel(level);
  if (isList(value)) return value.map((item) => copy(item, own, evaluation, level + 1));
  if (!isMembers(value)) return value;
  const copied: Record<string, Value> = {};
  evaluation.spend(unitsOfCopy);
  own.add(copied);
  for (const key of Object.keys(value)) setOwn(copied, key, copy(value[key], own, evaluation, level + 1));
  return copied;
}
