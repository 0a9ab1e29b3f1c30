import type { Reference } from "../expression/tree.js";
import { shown } from "../language/errors.js";
import { authoredState } from "../states/step.js";
import type { Join, Node } from "./link.js";
import type { Order } from "./order.js";
import type { Base } from "./travel.js";

/**
 * Reads what the branches of a Choice give: it flows into the step that follows the Choice in its chain, and can be read there alone,
 * because no state of all those that make it could carry it further.
 *
 * @returns the reference, or why there is none
 */
export function readBehind(join: Join, order: Order, reference: Reference, node: Node, base: Base): Reference | string {
  const { choice, to, ends } = join;
  const follower = shown(to.step.name);
  const { inputPath } = authoredState(node.step).options as { readonly inputPath?: unknown };
  if (node !== to) return `is what flows into ${follower}; read it there, and give it on from there`;
  const isWhole = base === "input" && (inputPath === undefined || inputPath === "$");
  if (!isWhole && node.language === "JSONPath") {
    return `is the input of ${follower}, and is not there any more; read it in parameters, without an inputPath`;
  }
  const isMade = (order.incoming[to.position] ?? []).every(
    ({ from, kind }) => kind === "next" && from.type !== "Choice" && ends.has(from),
  );
  if (!isMade)
    return `is not what always flows into ${follower}: it is also reached past the branches of ${shown(choice.step.name)}`;
  return { kind: "reference", root: { kind: "stateInput" }, path: reference.path };
}
