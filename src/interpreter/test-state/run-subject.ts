import { unreachable } from "../../language/asl.js";
import { isObject } from "../data.js";
import { Failure } from "../failure.js";
import type { Outcome } from "../outcome.js";
import { type PlannedState, plan } from "../plan.js";
import { Run } from "../run.js";
import { type ExecutionFacts, mostEventsOf, type Thread, type Visit } from "../snapshot.js";
import { runChoice } from "../states/choice.js";
import { runFail } from "../states/fail.js";
import { runPass } from "../states/pass.js";
import { runSucceed } from "../states/succeed.js";
import { failTask, type PlannedTask, runTask, succeedTask } from "../states/task.js";
import { type PlannedWait, runWait, wakeUp } from "../states/wait.js";
import type { TaskCatalogue } from "../task-catalogue.js";
import { parseTaskResource } from "../task-resource.js";
import { Threads } from "../threads.js";
import { Turn } from "../turn.js";
import { answerOf } from "./answer.js";
import { contextOf } from "./context.js";
import { Notes } from "./notes.js";
import { type NeededCall, Refusal, type TestStateAnswer } from "./request.js";
import { runMapOf, runParallelOf } from "./run-threads.js";
import { answerTo, languageOf, type Tested } from "./tested.js";

/** Every call is taken: what it answers is given. */
const anyTask: TaskCatalogue = {
  find(text) {
    const other = { text, kind: "integration", service: "", action: "", pattern: "response" } as const;
    return { resource: parseTaskResource(text) ?? other, requiredParameters: [] };
  },
};

/** Runs the state by the functions by which an execution runs it. */
export function runSubject(tested: Tested): TestStateAnswer | Refusal | NeededCall {
  const planned = planAlone(tested);
  if (planned instanceof Refusal) return planned;
  const notes = new Notes();
  const { turn, visit } = enter(tested, planned, notes);
  const outcome = run(tested, planned, turn, visit, notes);
  return outcome instanceof Refusal || "resource" in outcome ? outcome : answerOf(tested, outcome, notes);
}

function planAlone({ subject }: Tested): PlannedState | Refusal {
  const { name, state } = subject;
  const machine = { QueryLanguage: languageOf(subject), StartAt: name, States: { [name]: state } };
  const { plan: made, issues } = plan(machine, anyTask);
  if (issues !== undefined) {
    const told = issues.map(({ message, location }) => `SCHEMA_VALIDATION_FAILED: ${message} at ${location}`);
    return new Refusal("InvalidDefinition", `Invalid State Machine Definition: '${told.join(", ")}'`);
  }
  const planned = made.states.get(name);
  if (planned === undefined) throw new Error(`no state ${JSON.stringify(name)} in the plan`);
  return planned;
}

function enter(tested: Tested, planned: PlannedState, notes: Notes): { readonly turn: Turn; readonly visit: Visit } {
  const { request, given, around, subject } = tested;
  const { input, variables } = given;
  const retries = request.stateConfiguration?.retrierRetryCount ?? 0;
  const retriers = "recovery" in planned ? planned.recovery.retriers : [];
  const phase = { kind: "ready", state: subject.name, input } as const;
  const known = isObject(variables.value) ? variables.value : {};
  const thread: Thread = { id: 0, parent: -1, index: 0, lastEventId: 0, variables: known, phase };
  const threads = Threads.of([thread]);
  const facts = factsOf(tested, retries);
  const run = new Run({ facts, status: "RUNNING", lastEventId: 0, threads, ready: [], nextThreadId: 1 }, around.now);
  const turn = new Turn(run, thread);
  turn.inspection = notes;
  const visit: Visit = {
    state: subject.name,
    input,
    enteredEventId: 0,
    cameFrom: 0,
    enteredAt: around.now,
    retries: retriers.map(() => retries),
    retryCount: retries,
  };
  return { turn, visit };
}

/** Only the Context Object is ever seen of these. */
function factsOf(tested: Tested, retries: number): ExecutionFacts {
  const { request, given, around } = tested;
  const { partition, region, account } = around;
  return {
    context: given.context ?? contextOf(tested, retries),
    arn: `arn:${partition}:states:${region}:${account}:express:machine:execution`,
    name: "execution",
    roleArn: request.roleArn ?? "",
    type: "EXPRESS",
    startedAt: around.now,
    input: given.input,
    stateMachineArn: `arn:${partition}:states:${region}:${account}:stateMachine:machine`,
    stateMachineName: "machine",
    seed: around.newId(),
    mostEvents: mostEventsOf("EXPRESS"),
  };
}

function run(
  tested: Tested,
  state: PlannedState,
  turn: Turn,
  visit: Visit,
  notes: Notes,
): Outcome | NeededCall | Refusal {
  switch (state.type) {
    case "Pass":
      return runPass(state, turn, visit);
    case "Choice":
      return runChoice(state, turn, visit);
    case "Succeed":
      return runSucceed(state, turn, visit);
    case "Fail":
      return runFail(state, turn, visit);
    case "Wait":
      return passTime(state, turn, visit);
    case "Task":
      return call(tested, state, turn, visit);
    case "Parallel":
      return runParallelOf(tested, state, turn, visit);
    case "Map":
      return runMapOf(tested, state, turn, visit, notes);
    default:
      return unreachable(state, "planned state");
  }
}

/** Nobody waits for a test. */
function passTime(state: PlannedWait, turn: Turn, visit: Visit): Outcome {
  const outcome = runWait(state, turn, visit);
  return outcome instanceof Failure || outcome.kind !== "waiting" ? outcome : wakeUp(state, turn, visit);
}

function call(tested: Tested, state: PlannedTask, turn: Turn, visit: Visit): Outcome | NeededCall {
  const begun = runTask(state, turn, visit);
  if (begun instanceof Failure || begun.kind !== "task") return begun;
  const answer = answerTo(tested);
  if (answer === undefined) return neededCall(state, turn);
  if ("result" in answer) return succeedTask(state, turn, begun, answer.result);
  return failTask(state, turn, begun, new Failure(answer.error, answer.cause));
}

function neededCall({ resource }: PlannedTask, turn: Turn): NeededCall {
  const start = turn.run.finish().effects.find((effect) => effect.kind === "startTask");
  if (start === undefined) throw new Error("a task that waits was never started");
  return { resource: resource.text, parameters: start.parameters };
}
