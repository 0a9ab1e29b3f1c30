import type { Json, JsonObject } from "../../language/json.js";
import type { Data } from "../data.js";
import { Failure } from "../failure.js";
import type { Stage } from "../inspection.js";
import type { Outcome } from "../outcome.js";
import type { Given } from "./check-request.js";
import type { Notes } from "./notes.js";
import type { InspectionData, TestStateAnswer } from "./request.js";
import { languageOf, type Tested } from "./tested.js";

const throughTask = ["afterInputPath", "afterParameters", "result", "afterResultSelector", "afterResultPath"] as const;
const throughItems = ["afterItemsPointer", "afterItemSelector", "afterItemBatcher"] as const;

/** The stages that AWS tells, by the type of the state; of what goes into the branches of a Parallel, nothing. */
const told: Readonly<Record<string, { readonly JSONPath: readonly Stage[]; readonly JSONata: readonly Stage[] }>> = {
  Pass: { JSONPath: throughTask, JSONata: [] },
  Task: { JSONPath: throughTask, JSONata: ["afterArguments", "result"] },
  Parallel: { JSONPath: ["afterResultSelector", "afterResultPath"], JSONata: [] },
  Map: {
    JSONPath: ["afterInputPath", "afterItemsPath", ...throughItems, "afterResultSelector", "afterResultPath"],
    JSONata: throughItems,
  },
};

const toldOfOthers = { JSONPath: ["afterInputPath"], JSONata: [] } as const;

/** The answer to a request. */
export function answerOf(tested: Tested, outcome: Outcome, notes: Notes): TestStateAnswer {
  const fate = fateOf(tested.given, outcome, notes);
  if ((tested.request.inspectionLevel ?? "INFO") === "INFO") return fate;
  return { ...fate, inspectionData: inspect(tested, outcome, notes) };
}

function fateOf(given: Given, outcome: Outcome, { failure, errorDetails }: Notes): TestStateAnswer {
  if (outcome instanceof Failure) return { status: "FAILED", ...reasonsOf(outcome) };
  if (outcome.kind !== "exit") return { status: "RETRIABLE", ...reasonsOf(failure) };
  const { output, next } = outcome;
  const left = { output: textOf(output.value, given), ...(next === undefined ? {} : { nextState: next }) };
  if (errorDetails?.catchIndex === undefined) return { status: "SUCCEEDED", ...left };
  return { status: "CAUGHT_ERROR", ...left, ...reasonsOf(failure) };
}

/** AWS does not say where it happened: there is one state alone. */
function reasonsOf(failure: Failure | undefined): { readonly error?: string; readonly cause?: string } {
  const { shownError: error, cause } = failure ?? {};
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

function inspect({ subject, given }: Tested, outcome: Outcome, notes: Notes): InspectionData {
  const type = String(subject.state["Type"]);
  const stages = (Object.hasOwn(told, type) ? told[type] : undefined) ?? toldOfOthers;
  const values = stages[languageOf(subject)].flatMap((stage) => {
    const value = notes.at(stage);
    return value === undefined ? [] : [[stage, textOf(value, given)] as const];
  });
  const variables = variablesAfter(given.variables, outcome);
  return {
    input: given.input.text,
    ...Object.fromEntries(values),
    ...(variables === undefined ? {} : { variables }),
    ...(notes.errorDetails === undefined ? {} : { errorDetails: notes.errorDetails }),
    ...notes.bounds,
  };
}

/** The variables that the state leaves; `undefined` where there is none. */
function variablesAfter({ value, text }: Data, outcome: Outcome): string | undefined {
  const assigned = !(outcome instanceof Failure) && outcome.kind === "exit" ? outcome.assigned : undefined;
  if (assigned !== undefined) return JSON.stringify({ ...(value as JsonObject), ...assigned });
  return Object.keys(value as JsonObject).length === 0 ? undefined : text;
}

/** A value as text: one of the request that nothing has changed keeps its own. */
function textOf(value: Json, { input, result }: Given): string {
  return [input, result].find((data) => data?.value === value)?.text ?? JSON.stringify(value);
}
