import * as z from "zod";
import { Chain, Map as MapStep, Parallel, Pass, StepInput, Task } from "../../src/index.js";
import { type Flow, lambda } from "./flow.js";

// What stands between the marks is cut out for docs/data-flow.md. The engine does not run these yet: what flows is written here.

const table = z.object({ uri: z.string() });
const days = z.object({ bucket: z.string(), days: z.array(z.object({ day: z.string(), files: z.array(z.string()) })) });

export function parallel(): Flow {
  // <parallel>
  const load = new Task("Load", { resource: lambda("load"), outputSchema: table });
  const scored = z.object({ auc: z.number() });
  const forest = new Task("Forest", {
    resource: lambda("forest"),
    parameters: { table: load.output.uri },
    outputSchema: scored,
  });
  const scale = new Task("Scale", { resource: lambda("scale"), parameters: { table: load.output.uri } });
  const linear = new Task("Linear", {
    resource: lambda("linear"),
    parameters: { table: load.output.uri },
    outputSchema: scored,
  });
  const both = new Parallel("Both", { branches: [forest, Chain.of(scale, linear)] });
  const compare = new Task("Compare", {
    resource: lambda("compare"),
    parameters: { forest: both.output[0].auc, linear: both.output[1].auc, table: load.output.uri },
  });
  const definition = Chain.of(load, both, compare);
  // </parallel>
  const data = { uri: "s3://b/t" };
  return {
    definition,
    entered: {
      Load: {},
      Both: data,
      Forest: data,
      Scale: data,
      Linear: { mean: 0 },
      Compare: [{ auc: 0.8 }, { auc: 0.7 }],
    },
  };
}

export function map(): Flow {
  // <map>
  const list = new Task("List", {
    resource: lambda("list"),
    outputSchema: z.object({ bucket: z.string(), days: z.array(z.object({ day: z.string() })) }),
  });
  const each = new MapStep("Each day", {
    items: list.output.days,
    processor: ({ item, index }) =>
      new Task("Load day", {
        resource: lambda("load-day"),
        parameters: { day: item.day, number: index, bucket: list.output.bucket },
      }),
  });
  const definition = Chain.of(list, each);
  // </map>
  return {
    definition,
    entered: {
      List: {},
      "Each day": { bucket: "b", days: [{ day: "mon" }] },
      "Load day": { day: "mon" },
    },
  };
}

export function mapInMap(): Flow {
  const list = new Task("List", { resource: lambda("list"), outputSchema: days });
  // <mapInMap>
  const each = new MapStep("Each day", {
    items: list.output.days,
    processor: ({ item }) =>
      Chain.of(
        new Pass("Day"),
        new MapStep("Each file", {
          items: item.files,
          processor: ({ item: file }) =>
            new Task("Load file", { resource: lambda("load-file"), parameters: { file, day: item.day } }),
        }),
      ),
  });
  // </mapInMap>
  const monday = { day: "mon", files: ["a"] };
  return {
    definition: Chain.of(list, each),
    entered: {
      List: {},
      "Each day": { days: [monday] },
      Day: monday,
      "Each file": monday,
      "Load file": "a",
    },
  };
}

export function distributed(): Flow {
  const list = new Task("List", { resource: lambda("list"), outputSchema: days });
  // <distributed>
  const given = new StepInput(z.object({ day: z.string(), bucket: z.string() }));
  const each = new MapStep("Each day", {
    mode: "DISTRIBUTED",
    items: list.output.days,
    itemSelector: ({ item }) => ({ day: item.day, bucket: list.output.bucket }),
    processor: new Task("Load day", {
      resource: lambda("load-day"),
      parameters: { day: given.day, bucket: given.bucket },
    }),
  });
  // </distributed>
  return {
    definition: Chain.of(list, each),
    entered: {
      List: {},
      "Each day": { bucket: "b", days: [{ day: "mon" }] },
      "Load day": { day: "mon", bucket: "b" },
    },
  };
}
