import * as z from "zod";
import {
  type AnyChainable,
  Chain,
  Choice,
  ExecutionInput,
  Map as MapStep,
  Parallel,
  Pass,
  Task,
  when,
} from "../../src/index.js";
import { type Flow, lambda } from "./flow.js";

// What the compiler refuses. What stands between the marks is cut out for docs/data-flow.md.

const table = z.object({ uri: z.string(), rows: z.number() });
const days = z.object({ bucket: z.string(), days: z.array(z.object({ day: z.string(), files: z.array(z.string()) })) });

export function oneWayOnly(): Flow {
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  // <oneWayOnly>
  const sample = new Task("Sample", { resource: lambda("sample"), outputSchema: z.object({ uri: z.string() }) });
  const isLarge = new Choice("Large?").when(when(load.output.rows).greaterThan(500), sample);
  const train = new Task("Train", { resource: lambda("train"), parameters: { table: sample.output.uri } });
  // </oneWayOnly>
  return { definition: Chain.of(load, isLarge, train) };
}

export function afterCatch(): Flow {
  // <afterCatch>
  const report = new Task("Report", { resource: lambda("report") });
  const train = new Task("Train", {
    resource: lambda("train"),
    outputSchema: z.object({ model: z.string() }),
    catch: { errorEquals: ["States.ALL"], next: () => note },
  });
  const note: AnyChainable = new Pass("Note", { parameters: { model: train.output.model } });
  // </afterCatch>
  return { definition: Chain.of(train, report) };
}

export function otherBranch(): Flow {
  // <otherBranch>
  const left = new Task("Left", { resource: lambda("left"), outputSchema: table });
  const right = new Task("Right", { resource: lambda("right"), parameters: { table: left.output.uri } });
  const both = new Parallel("Both", { branches: [left, right] });
  // </otherBranch>
  return { definition: both };
}

export function insideOnly(): Flow {
  // <insideOnly>
  const left = new Task("Left", { resource: lambda("left"), outputSchema: table });
  const both = new Parallel("Both", { branches: [left] });
  const use = new Task("Use", { resource: lambda("use"), parameters: { table: left.output.uri } });
  // </insideOnly>
  return { definition: Chain.of(both, use) };
}

export function outerItem(): Flow {
  const list = new Task("List", { resource: lambda("list"), outputSchema: days });
  // <outerItem>
  const each = new MapStep("Each day", {
    items: list.output.days,
    processor: ({ item }) =>
      new MapStep("Each file", {
        items: item.files,
        processor: ({ item: file }) =>
          new Task("Load file", { resource: lambda("load-file"), parameters: { file, day: item.day } }),
      }),
  });
  // </outerItem>
  return { definition: Chain.of(list, each) };
}

export function fromOutside(): Flow {
  const list = new Task("List", { resource: lambda("list"), outputSchema: days });
  const input = new ExecutionInput(z.object({ model: z.string() }));
  // <fromOutside>
  const each = new MapStep("Each day", {
    mode: "DISTRIBUTED",
    items: list.output.days,
    processor: ({ item }) =>
      new Task("Load day", {
        resource: lambda("load-day"),
        parameters: { day: item.day, bucket: list.output.bucket, model: input.model },
      }),
  });
  // </fromOutside>
  return { definition: Chain.of(list, each) };
}

export function beforeItIsMade(): Flow {
  // <beforeItIsMade>
  const ask = new Task("Ask", { resource: lambda("ask"), outputSchema: z.object({ state: z.string() }) });
  const note = new Pass("Note", { parameters: { before: ask.output.state } });
  const isDone = new Choice("Done?")
    .when(when(ask.output.state).equals("DONE"), new Pass("Done"))
    .otherwise(() => note);
  const definition = Chain.of(note, ask, isDone);
  // </beforeItIsMade>
  return { definition };
}
