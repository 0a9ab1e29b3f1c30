import type { Json } from "../../language/json.js";
import { type DataFlow, dataOf, selectedInput } from "../data-flow.js";
import { Failure } from "../failure.js";
import { fillJsonataTemplate } from "../jsonata/template.js";
import type { MapItem, Visit } from "../snapshot.js";
import { fillTemplate } from "../template.js";
import type { Turn } from "../turn.js";
import type { PlannedMap, Selector } from "./map.js";

/** Begins the thread of an iteration; its input is made when its turn comes. */
export function spawnIteration(
  state: PlannedMap,
  turn: Turn,
  items: readonly Json[],
  index: number,
  cameFrom: number,
): void {
  const item: MapItem = { index, value: items[index] ?? null };
  turn.run.spawn(turn, index, { kind: "iteration", startAt: state.startAt }, cameFrom, item);
}

/** The input of an iteration as data. */
export function iterationData(state: PlannedMap, turn: Turn, visit: Visit, item: MapItem): ReturnType<typeof dataOf> {
  const input = iterationInput(state, turn, visit, item);
  return input instanceof Failure ? input : dataOf(input, visit);
}
/** What an iteration gets; `turn` is the one of the Map, whose context shows the item meanwhile. */
function iterationInput(state: PlannedMap, turn: Turn, visit: Visit, item: MapItem): Json | Failure {
  if (state.selector === undefined) return item.value;
  const outer = turn.item;
  turn.item = item;
  const input = selectItem(state.flow, state.selector, turn, visit);
  turn.item = outer;
  return input;
}

function selectItem(flow: DataFlow, selector: Selector, turn: Turn, visit: Visit): Json | Failure {
  if (selector.language === "JSONata")
    return fillJsonataTemplate(selector.template, turn.bindings(visit), "ItemSelector");
  const input = selectedInput(flow, turn, visit);
  return input instanceof Failure ? input : fillTemplate(selector.template, turn.scope(visit, input));
}
