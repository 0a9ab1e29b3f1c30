import * as z from "zod";
import { Chain, Choice, Fail, Pass, States, StepInput, Succeed, Task, variable, Wait, when } from "../../src/index.js";
import { type Flow, lambda } from "./flow.js";

// What stands between the marks is cut out for docs/data-flow.md.

const table = z.object({ uri: z.string(), rows: z.number() });
const data = { uri: "s3://b/t", rows: 900 };

export function straight(): Flow {
  // <straight>
  const load = new Task("Load", {
    resource: lambda("load"),
    outputSchema: z.object({ uri: z.string(), rows: z.number() }),
  });
  const train = new Task("Train", { resource: lambda("train"), parameters: { table: load.output.uri } });
  const definition = Chain.of(load, train);
  // </straight>
  return { definition, answers: { Load: data, Train: { model: "m-1" } } };
}

export function furtherBack(): Flow {
  // <furtherBack>
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  const check = new Task("Check", { resource: lambda("check"), parameters: { table: load.output.uri } });
  const train = new Task("Train", { resource: lambda("train"), parameters: { table: load.output.uri } });
  const definition = Chain.of(load, check, train);
  // </furtherBack>
  return { definition, answers: { Load: data, Check: { ok: true }, Train: {} } };
}

export function keptInput(): Flow {
  // <keptInput>
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  const check = new Task("Check", {
    resource: lambda("check"),
    parameters: { table: load.output.uri },
    outputSchema: z.object({ ok: z.boolean() }),
    resultPath: "$.check",
  });
  const train = new Task("Train", {
    resource: lambda("train"),
    parameters: { table: load.output.uri, checked: check.output.check.ok },
  });
  const definition = Chain.of(load, check, train);
  // </keptInput>
  return { definition, answers: { Load: data, Check: { ok: true }, Train: {} } };
}

export function branchAndJoin(): Flow {
  // <branchAndJoin>
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  const sample = new Task("Sample", { resource: lambda("sample"), parameters: { table: load.output.uri } });
  const isLarge = new Choice("Large?").when(when(load.output.rows).greaterThan(500), sample);
  const report = new Task("Report", { resource: lambda("report"), parameters: { table: load.output.uri } });
  const definition = Chain.of(load, isLarge, report);
  // </branchAndJoin>
  return {
    definition,
    answers: { Load: data, Sample: { uri: "s3://b/s" }, Report: {} },
    mixed: { Report: "what Sample gave, or what Load gave" },
  };
}

export function eachWayMakes(): Flow {
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  // <eachWayMakes>
  const scored = z.object({ auc: z.number() });
  const quick = new Task("Quick", { resource: lambda("quick"), outputSchema: scored });
  const full = new Task("Full", { resource: lambda("full"), outputSchema: scored });
  const isLarge = new Choice("Large?").when(when(load.output.rows).greaterThan(500), quick).otherwise(full);
  const report = new Task("Report", { resource: lambda("report"), parameters: { auc: isLarge.output.auc } });
  const definition = Chain.of(load, isLarge, report);
  // </eachWayMakes>
  return {
    definition,
    answers: { Load: data, Quick: { auc: 0.7 }, Full: { auc: 0.8 }, Report: {} },
    mixed: { Full: "the same", Report: "what Quick gave, or what Full gave" },
  };
}

export function eitherOutput(): Flow {
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  const sample = new Task("Sample", { resource: lambda("sample"), parameters: { table: load.output.uri } });
  const isLarge = new Choice("Large?").when(when(load.output.rows).greaterThan(500), sample);
  // <eitherOutput>
  const either = new StepInput(z.object({ uri: z.string() }));
  const train = new Task("Train", { resource: lambda("train"), parameters: { table: either.uri } });
  const definition = Chain.of(load, isLarge, train);
  // </eitherOutput>
  return { definition };
}

export function caught(): Flow {
  // <caught>
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  const train = new Task("Train", {
    resource: lambda("train"),
    catch: {
      errorEquals: ["States.ALL"],
      next: (error) => new Pass("Note", { parameters: { why: error.Cause, table: load.output.uri } }),
    },
  });
  const definition = Chain.of(load, train);
  // </caught>
  return { definition, answers: { Load: data } };
}

export function caughtBeside(): Flow {
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  // <caughtBeside>
  const train = new Task("Train", {
    resource: lambda("train"),
    catch: {
      errorEquals: ["States.ALL"],
      resultPath: "$.failure",
      next: (error) => new Pass("Note", { parameters: { why: error.Cause, table: load.output.uri } }),
    },
  });
  // </caughtBeside>
  return { definition: Chain.of(load, train) };
}

export function loop(): Flow {
  // <loop>
  const start = new Task("Start", { resource: lambda("start"), outputSchema: z.object({ id: z.string() }) });
  const pause = new Wait("Pause", { seconds: 60 });
  const ask = new Task("Ask", {
    resource: lambda("ask"),
    parameters: { id: start.output.id },
    outputSchema: z.object({ state: z.string() }),
  });
  const isDone = new Choice("Done?")
    .when(when(ask.output.state).equals("DONE"), new Succeed("Done"))
    .otherwise(() => pause);
  const definition = Chain.of(start, pause, ask, isDone);
  // </loop>
  return {
    definition,
    answers: { Start: { id: "q-7" }, Ask: { state: "DONE" } },
    mixed: { Pause: "what Start gave, or what Ask gave", Ask: "the same" },
  };
}

export function countedLoop(): Flow {
  // <countedLoop>
  const tries = variable("tries", z.number());
  const begin = new Pass("Begin", { assign: { tries: 0 } });
  const ask = new Task("Ask", {
    resource: lambda("ask"),
    outputSchema: z.object({ state: z.string() }),
    assign: { tries: States.mathAdd(tries, 1) },
  });
  const isDone = new Choice("Done?")
    .when(when(ask.output.state).equals("DONE"), new Succeed("Done"))
    .when(when(tries).lessThan(10), () => ask)
    .otherwise(new Fail("Given up"));
  const definition = Chain.of(begin, ask, isDone);
  // </countedLoop>
  return { definition };
}
