import type { Json } from "../../language/json.js";
import {
  type DataFlow,
  effectiveInput,
  type JsonataFlow,
  leave,
  leaveInJsonata,
  type PathFlow,
  planDataFlow,
} from "../data-flow.js";
import { Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { Bindings } from "../jsonata/bindings.js";
import { evaluateTyped } from "../jsonata/evaluate.js";
import type { Expression } from "../jsonata/expression.js";
import type { JsonataTemplate } from "../jsonata/template.js";
import type { Outcome } from "../outcome.js";
import type { Visit } from "../snapshot.js";
import type { Turn } from "../turn.js";
import { holds, type PlannedRule, planRule } from "./choice-rule.js";

/** A Choice state; `otherwise` is its `Default`. */
export type PlannedChoice = { readonly type: "Choice"; readonly otherwise: string | undefined } & (
  | { readonly language: "JSONPath"; readonly flow: PathFlow; readonly options: readonly PathOption[] }
  | { readonly language: "JSONata"; readonly flow: JsonataFlow; readonly options: readonly JsonataOption[] }
);

interface PathOption {
  readonly rule: PlannedRule;
  /** The flow of the state, with the `Assign` of the rule. */
  readonly flow: PathFlow;
  readonly next: string;
}

interface JsonataOption {
  readonly condition: Expression | boolean;
  readonly assign: JsonataTemplate | undefined;
  readonly output: JsonataTemplate | undefined;
  readonly next: string;
}

/** Reads a Choice state. */
export function planChoice(reader: FieldReader): PlannedChoice {
  const rules = reader.someObjects("Choices");
  const flow: DataFlow = planDataFlow(reader);
  const common = { type: "Choice", otherwise: reader.text("Default") } as const;
  return flow.language === "JSONata"
    ? { ...common, language: "JSONata", flow, options: rules.map(planJsonataOption) }
    : { ...common, language: "JSONPath", flow, options: rules.map((rule) => planOption(rule, flow)) };
}

function planOption(reader: FieldReader, flow: PathFlow): PathOption {
  const assign = reader.template("Assign");
  return { rule: planRule(reader), flow: { ...flow, assign }, next: reader.target("Next") };
}

function planJsonataOption(reader: FieldReader): JsonataOption {
  return {
    condition: reader.expression("Condition") ?? reader.raw("Condition") === true,
    assign: reader.jsonataTemplate("Assign"),
    output: reader.jsonataTemplate("Output"),
    next: reader.target("Next"),
  };
}

/** Goes where the first rule that holds says. */
export function runChoice(state: PlannedChoice, turn: Turn, visit: Visit): Outcome {
  return state.language === "JSONata" ? chooseInJsonata(state, turn, visit) : chooseInJsonPath(state, turn, visit);
}

function chooseInJsonPath(state: Extract<PlannedChoice, { language: "JSONPath" }>, turn: Turn, visit: Visit): Outcome {
  const input = effectiveInput(state.flow, turn, visit);
  if (input instanceof Failure) return input;
  const scope = turn.scope(visit, input);
  for (const { rule, flow, next } of state.options) {
    const held = holds(rule, scope);
    if (held instanceof Failure) return held;
    if (held) return leave(flow, turn, visit, input, next);
  }
  return state.otherwise === undefined ? noChoice() : leave(state.flow, turn, visit, input, state.otherwise);
}

function chooseInJsonata(state: Extract<PlannedChoice, { language: "JSONata" }>, turn: Turn, visit: Visit): Outcome {
  const bindings = turn.bindings(visit);
  const input: Json = visit.input.value;
  for (const [index, { condition, assign, output, next }] of state.options.entries()) {
    const held = holdsInJsonata(condition, bindings, `Choices[${index}]/Condition`);
    if (held instanceof Failure) return held;
    if (held) return leaveInJsonata({ assign, output: output ?? state.flow.output }, bindings, visit, input, next);
  }
  if (state.otherwise === undefined) return noChoice();
  return leaveInJsonata(state.flow, bindings, visit, input, state.otherwise);
}

function holdsInJsonata(condition: Expression | boolean, bindings: Bindings, field: string): boolean | Failure {
  if (typeof condition === "boolean") return condition;
  const value = evaluateTyped(condition, bindings, field, "boolean");
  return value instanceof Failure ? value : value === true;
}

/** The specification calls it States.NoChoiceMatched; AWS shows a failure of the engine. */
function noChoice(): Failure {
  return runtimeFailure("Failed to transition out of the state. The state does not point to a next state.");
}
