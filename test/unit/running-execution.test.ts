import { expect, test } from "vitest";
import { Data } from "../../src/interpreter/data.js";
import { plan } from "../../src/interpreter/plan.js";
import type { JsonObject } from "../../src/language/json.js";
import { type Clock, VirtualClock } from "../../src/local/clock.js";
import { Executions } from "../../src/local/step-functions/executions.js";
import type { Surroundings } from "../../src/local/step-functions/running-execution.js";
import { type MachineRecord, MemoryStore, type Store } from "../../src/local/step-functions/store.js";
import { type TaskRunner, Tasks } from "../../src/local/step-functions/tasks.js";
import { noObjects } from "../wire/no-objects.js";

const machine: MachineRecord = {
  arn: "arn:aws:states:us-east-1:000000000000:stateMachine:m",
  name: "m",
  definition: "",
  roleArn: "arn:aws:iam::000000000000:role/r",
  createdAt: 0,
  updatedAt: 0,
  loggingConfiguration: {},
  tracingConfiguration: {},
  tags: [],
};
const arn = "arn:aws:states:us-east-1:000000000000:execution:m:e";

interface Setting {
  readonly store?: Store;
  readonly clock?: Clock;
  /** What the test waits for; the end of the execution unless told otherwise. */
  readonly until?: "end" | "problem";
  readonly definition?: JsonObject;
}

const task = { Type: "Task", Resource: "arn:aws:states:::test:do", End: true };

/** Runs a machine, one task unless told otherwise, and gives what is kept of the execution, and what the service said about itself. */
async function runTask(
  runner: TaskRunner,
  {
    store = new MemoryStore(),
    clock = new VirtualClock(),
    until = "end",
    definition = { StartAt: "T", States: { T: task } },
  }: Setting = {},
) {
  const registered = { service: "test", action: "do", patterns: [""], requiredParameters: [], parameters: [], runner };
  const tasks = new Tasks([registered], "us-east-1");
  const problems: unknown[] = [];
  let done = (): void => {};
  const finished = new Promise<void>((resolve) => {
    done = resolve;
  });
  const around: Surroundings = {
    store,
    clock,
    tasks,
    onEvent: (_, { type }) => {
      if (type === "ExecutionSucceeded" || type === "ExecutionFailed") done();
    },
    onProblem: (problem) => {
      problems.push(problem);
      if (until === "problem") done();
    },
  };
  const { plan: made } = plan(definition, tasks);
  if (made === undefined) throw new Error("expected a plan");
  const executions = new Executions(around, noObjects, () => "seed");
  await executions.start({
    machine,
    plan: made,
    arn,
    name: "e",
    input: new Data({}),
    traceHeader: undefined,
  });
  await finished;
  return { record: await store.execution(arn), problems, executions };
}

const nothing = { cancel(): void {} };

test("a runner may report before it returns", async () => {
  const { record } = await runTask({
    start(_, report) {
      report.succeeded({ ok: true });
      return nothing;
    },
  });
  expect(record).toMatchObject({ status: "SUCCEEDED", output: '{"ok":true}' });
});

test("what a runner reports after its end changes nothing", async () => {
  const { record } = await runTask({
    start(_, report) {
      report.failed("E", "first");
      report.succeeded(1);
      report.failed("F");
      return nothing;
    },
  });
  expect(record).toMatchObject({ status: "FAILED", error: "E", cause: "first" });
});

test("a runner that throws fails its task, and the service says so", async () => {
  const broken = new Error("broken");
  const { record, problems } = await runTask({
    start() {
      throw broken;
    },
  });
  expect(problems).toEqual([broken]);
  expect(record).toMatchObject({ status: "FAILED", error: "States.Runtime", cause: "broken" });
});

test("an engine that fails ends the execution with its message", async () => {
  class BrokenClock extends VirtualClock {
    private reads = 0;

    override now(): number {
      // The first reading starts the execution, the second is the engine's.
      if (++this.reads === 2) throw new Error("no time");
      return super.now();
    }
  }
  const { record, problems } = await runTask({ start: () => nothing }, { clock: new BrokenClock() });
  expect(problems).toEqual([new Error("no time")]);
  expect(record).toMatchObject({
    status: "FAILED",
    error: "States.Runtime",
    cause: "The embedded engine failed: no time",
  });
});

/** Refuses one commit alone. */
class FullStore extends MemoryStore {
  private readonly refused: number;
  private commits = 0;

  constructor(refused: number) {
    super();
    this.refused = refused;
  }

  override async commit(...given: Parameters<MemoryStore["commit"]>): Promise<void> {
    if (++this.commits === this.refused) throw new Error("disk full");
    await super.commit(...given);
  }
}

test("a store that refuses ends the work, and the service says so", async () => {
  const { problems, executions } = await runTask(
    { start: () => nothing },
    { store: new FullStore(2), until: "problem" },
  );
  expect(problems).toEqual([new Error("disk full")]);
  expect(executions.count).toBe(0);
});

test("nothing is kept of an execution after what the store refused", async () => {
  // Its commits: the start, both tasks, the answer of the first task, and that of the second.
  const store = new FullStore(3);
  const branches = ["A", "B"].map((name) => ({ StartAt: name, States: { [name]: task } }));
  const states = { P: { Type: "Parallel", Branches: branches, End: true } };
  const answers: (() => void)[] = [];
  const runner: TaskRunner = {
    start(_, report) {
      answers.push(() => report.succeeded(1));
      if (answers.length === 2) setImmediate(() => answers[0]?.());
      return nothing;
    },
  };
  await runTask(runner, { store, until: "problem", definition: { StartAt: "P", States: states } });
  const keptTypes = async () =>
    (await store.history(arn, { after: undefined, count: 99, newestFirst: false })).map(({ type }) => type);
  const before = await keptTypes();
  answers[1]?.();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await keptTypes()).toEqual(before);
});

test("an execution ends when its last event says, however long keeping it takes", async () => {
  class GoingClock extends VirtualClock {
    override now(): number {
      this.advance(1);
      return super.now();
    }
  }
  const store = new MemoryStore();
  const definition = { StartAt: "S", States: { S: { Type: "Succeed" } } };
  const { record } = await runTask({ start: () => nothing }, { store, clock: new GoingClock(), definition });
  const [last] = await store.history(arn, { after: undefined, count: 1, newestFirst: true });
  expect(record?.stoppedAt).toBe(last?.timestamp);
});

test("a burst of inputs leaves the event loop its turns", async () => {
  let commits = 0;
  let most = 0;
  class CountingStore extends MemoryStore {
    override async commit(...given: Parameters<MemoryStore["commit"]>): Promise<void> {
      if (commits++ === 0) setImmediate(() => (commits = 0));
      most = Math.max(most, commits);
      await super.commit(...given);
    }
  }
  const Branches = Array.from({ length: 2000 }, (_, index) => ({
    StartAt: `W${index}`,
    States: { [`W${index}`]: { Type: "Wait", Seconds: 1, End: true } },
  }));
  const definition = { StartAt: "P", States: { P: { Type: "Parallel", Branches, End: true } } };
  const clock = new VirtualClock();
  const looking = setInterval(() => clock.pending === Branches.length && clock.advance(1000), 1);
  await runTask({ start: () => nothing }, { store: new CountingStore(), clock, definition });
  clearInterval(looking);
  // One for each step would be hundreds.
  expect(most).toBeLessThan(20);
});
