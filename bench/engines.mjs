// One engine on one machine in a process of its own: `engines.mjs <engine> <case> <seconds> <our engine>` prints the milliseconds of a
// round, in the middle and at best, and the most memory that the process had. Plain JavaScript: what a loader does to code is not
// measured.
import { cases } from "./machines.mjs";

const [, , name = "", caseName = "", seconds = "1", ours = ""] = process.argv;
const { definition, input, runs, transitions, keepsNoEvents = false } = cases[caseName];

/** Each prepares a machine, and gives what runs it once. */
const engines = {
  async ours() {
    const { machine, task } = await import(ours);
    const run = machine(definition({ task }));
    return () => run(input, !keepsNoEvents);
  },
  /** The least that can be done: the same events in the same number, without any state that runs. */
  floor() {
    return () => {
      const history = [];
      const timestamp = Date.now();
      for (let id = 1; id <= transitions * 2; id += 2) {
        const data = { value: { n: id }, json: undefined };
        const name = "State";
        const entered = { id, previousEventId: id - 1, timestamp, type: "Entered", details: { name, input: data } };
        const exited = { id: id + 1, previousEventId: id, timestamp, type: "Exited", details: { name, output: data } };
        if (!keepsNoEvents) history.push(entered, exited);
      }
      return history;
    };
  },
  async "aws-local-stepfunctions"() {
    // It is written for Node 22.
    Promise.withResolvers ??= () => {
      const made = {};
      made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
      return made;
    };
    const { StateMachine } = await import("aws-local-stepfunctions");
    const given = definition({ task: "arn:aws:states:::lambda:invoke" });
    const machine = new StateMachine(given, { validationOptions: { noValidate: true } });
    const overrides = { taskResourceLocalHandlers: { Call: () => ({ ok: 1 }) } };
    return () => machine.run(input, { overrides }).result;
  },
  async "@wmfs/statebox"() {
    const { default: Statebox } = await import("@wmfs/statebox");
    const statebox = new Statebox({});
    await statebox.ready;
    class Ok {
      run(_event, context) {
        context.sendTaskSuccess({ ok: 1 });
      }
    }
    statebox.createModuleResources({ ok: Ok });
    await statebox.createStateMachines({ bench: definition({ task: "module:ok", processor: "Iterator" }) }, {});
    return async () => {
      const { status } = await statebox.startExecution(input, "bench", { sendResponse: "COMPLETE" });
      if (status !== "SUCCEEDED") throw new Error(status);
    };
  },
};

const isAsync = name !== "ours" && name !== "floor";
const run = await engines[name]();
const taken = [];
const end = performance.now() + Number(seconds) * 1000;
// The first half warms up.
do {
  const start = performance.now();
  for (let count = 0; count < runs; count++) {
    if (isAsync) await run();
    else run();
  }
  taken.push(performance.now() - start);
} while (performance.now() < end || taken.length < 3);
const counted = taken.slice(Math.floor(taken.length / 2)).sort((left, right) => left - right);
const [best] = counted;
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(
  `\n${JSON.stringify({ milliseconds: counted[Math.floor(counted.length / 2)], best, megabytes })}\n`,
  () => process.exit(0),
);
