import type { Json } from "../../language/json.js";
import { type DataFlow, effectiveInput, leave, planDataFlow } from "../data-flow.js";
import { Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { Outcome } from "../outcome.js";
import type { Visit } from "../snapshot.js";
import type { Template } from "../template.js";
import type { Turn } from "../turn.js";
import { holds, type PlannedRule, planRule } from "./choice-rule.js";

interface PlannedOption {
  readonly rule: PlannedRule;
  readonly assign: Template | undefined;
  readonly next: string;
}

/** A Choice state; `otherwise` is its `Default`. */
export interface PlannedChoice {
  readonly type: "Choice";
  readonly flow: DataFlow;
  readonly options: readonly PlannedOption[];
  readonly otherwise: string | undefined;
}

/** Reads a Choice state. */
export function planChoice(reader: FieldReader): PlannedChoice {
  const options = reader.someObjects("Choices").map(planOption);
  return { type: "Choice", flow: planDataFlow(reader), options, otherwise: reader.text("Default") };
}

function planOption(reader: FieldReader): PlannedOption {
  return { rule: planRule(reader), assign: reader.template("Assign"), next: reader.target("Next") };
}

/** Goes where the first rule that holds says. */
export function runChoice(state: PlannedChoice, turn: Turn, visit: Visit): Outcome {
  const input = effectiveInput(state.flow, turn, visit);
  if (input instanceof Failure) return input;
  const chosen = choose(state, turn, visit, input);
  if (chosen instanceof Failure) return chosen;
  return leave({ ...state.flow, assign: chosen.assign }, turn, visit, input, chosen.next);
}

function choose(
  state: PlannedChoice,
  turn: Turn,
  visit: Visit,
  input: Json,
): { readonly assign: Template | undefined; readonly next: string } | Failure {
  const scope = turn.scope(visit, input);
  for (const option of state.options) {
    const held = holds(option.rule, scope);
    if (held instanceof Failure) return held;
    if (held) return option;
  }
  if (state.otherwise !== undefined) return { assign: state.flow.assign, next: state.otherwise };
  // The specification calls it States.NoChoiceMatched; AWS shows a failure of the engine.
  return runtimeFailure("Failed to transition out of the state. The state does not point to a next state.");
}
