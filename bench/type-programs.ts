const head = `import * as z from "zod";
import {
  Chain, Choice, compile, ExecutionInput, Fail, Map, Parallel, Pass, States, Succeed, Task, text, Wait, when, Workflow, type WorkflowSession,
} from "sfn-ds";
`;

const setup = `const resource = "arn:aws:lambda:us-east-1:123456789012:function:work";
const input = new ExecutionInput(
  z.object({ bucket: z.string(), limit: z.number(), rows: z.array(z.object({ id: z.string(), size: z.number() })) }),
);
declare const session: WorkflowSession;
`;

/** Imports alone: what every program costs before its first step. */
const emptyProgram = head;

/** Steps of one group; each is made by a `new`. */
const groupSize = 10;

/**
 * A workflow of `steps` steps, a multiple of ten: groups of ten that read each other's outputs, each a chain of its own, put together by
 * `Chain.of`, and given to a workflow whose output is read.
 */
function workflowProgram(steps: number): string {
  const groups = Array.from({ length: steps / groupSize }, (_, index) => index);
  return `${head}${setup}${groups.map(group).join("")}
const chain = Chain.of(${groups.map((index) => `group${index}`).join(", ")}, new Succeed("Done"));
const workflow = new Workflow({ session, role: "role", name: "steps", input, definition: chain });
export const output = (await (await workflow.execute({ bucket: "b", limit: 1, rows: [] })).output())[0].uri;
`;
}

function group(index: number): string {
  const before = index === 0 ? "input.bucket" : `count${index - 1}.output.uri`;
  return `
const stop${index} = new Fail("Stop ${index}", { error: "Stopped", cause: "too little" });
const count${index} = new Task("Count ${index}", {
  resource,
  parameters: { from: ${before}, uri: text\`s3://\${input.bucket}/${index}\`, ids: ["first", input.rows[0].id], limit: input.limit },
  outputSchema: z.object({
    uri: z.string(),
    total: z.number(),
    rows: z.array(z.object({ id: z.string(), size: z.number(), tags: z.array(z.string()) })),
    limits: z.object({ low: z.number(), high: z.number().optional() }),
  }),
  retry: { errorEquals: ["States.TaskFailed"], intervalSeconds: 2, maxAttempts: 3 },
  catch: { errorEquals: ["States.ALL"], next: stop${index}, resultPath: "$.error" },
});
const note${index} = new Pass("Note ${index}", {
  parameters: { uri: count${index}.output.uri, first: count${index}.output.rows[0].tags[0], size: { low: count${index}.output.limits.low, before: ${before} } },
  resultPath: "$.note",
});
const pause${index} = new Wait("Pause ${index}", { seconds: count${index}.output.limits.low });
const each${index} = new Map("Each ${index}", {
  items: count${index}.output.rows,
  processor: ({ item, index }) =>
    new Task("Row ${index}", { resource, parameters: { id: item.id, tag: item.tags[0], index, total: count${index}.output.total }, outputSchema: z.object({ done: z.boolean(), id: z.string() }) }),
  maxConcurrency: 4,
});
const both${index} = new Parallel("Both ${index}", {
  branches: [
    new Task("Left ${index}", { resource, parameters: { ids: each${index}.output[0].id, many: States.arrayLength(each${index}.output) }, outputSchema: z.object({ uri: z.string() }) }),
    new Pass("Right ${index}", { parameters: { size: note${index}.output.note.size.low, uri: ${before} } }),
  ],
  catch: { errorEquals: ["States.ALL"], next: (error) => stop${index}, resultPath: null },
});
const enough${index} = new Choice("Enough ${index}")
  .when(when(count${index}.output.total).greaterThan(100).and(when(both${index}.output[0].uri).matches("s3://*")), () => both${index})
  .when(when(both${index}.output[1].size).lessThan(input.limit), stop${index});
const group${index} = Chain.of(count${index}, note${index}, pause${index}).next(each${index}).next(both${index}).next(enough${index}).next(both${index});
`;
}

/** `steps` steps one after the other in one `Chain.of`; all but the first give on what they get. */
function flatProgram(steps: number): string {
  const passed = Array.from({ length: steps - 1 }, (_, index) => `new Pass("Step ${index}")`);
  return `${head}${setup}const first = new Task("First", { resource, outputSchema: z.object({ uri: z.string() }) });
const chain = Chain.of(first, ${passed.join(", ")});
new Workflow({ session, role: "role", name: "flat", input, definition: chain });
`;
}

/** The same by `next`, one call after the other. */
function linkedProgram(steps: number): string {
  const passed = Array.from({ length: steps - 1 }, (_, index) => `.next(new Pass("Step ${index}"))`);
  return `${head}${setup}const chain = new Task("First", { resource, outputSchema: z.object({ uri: z.string() }) })${passed.join("")};
new Workflow({ session, role: "role", name: "linked", input, definition: chain });
`;
}

/** An input of `keys` keys, each `depth` levels deep, whose leaves are all read. */
function deepInputProgram(keys: number, depth: number): string {
  const names = Array.from({ length: keys }, (_, index) => `key${index}`);
  const schema = (index: number): string => {
    const leaf = index % 2 === 0 ? "z.string()" : "z.number()";
    return Array.from({ length: depth - 1 }, (_, level) => level).reduceRight(
      (inner, level) => `z.object({ level${level}: ${inner} })`,
      leaf,
    );
  };
  const path = Array.from({ length: depth - 1 }, (_, level) => `.level${level}`).join("");
  return `${head}const input = new ExecutionInput(z.object({
${names.map((name, index) => `  ${name}: ${schema(index)},`).join("\n")}
}));
export const read = new Pass("Read", { parameters: {
${names.map((name) => `  ${name}: input.${name}${path},`).join("\n")}
} });
export const back = [read.output.${names[0]}, read.output.${names.at(-1)}];
`;
}

/** `steps` service steps of six kinds, a multiple of six, each of which reads the one before. */
function serviceProgram(steps: number): string {
  const groups = Array.from({ length: steps / 6 }, (_, index) => index);
  const one = (index: number): string => {
    const before = index === 0 ? "input.bucket" : `read${index - 1}.output.ETag`;
    return `
const run${index} = new GlueStartJobRunStep("Run ${index}", { parameters: { JobName: "clean", Arguments: { "--uri": ${before} } } });
const call${index} = new LambdaStep("Call ${index}", { parameters: { FunctionName: "f", Payload: { run: run${index}.output.Id, rows: input.rows } } });
const find${index} = new DynamoDBGetItemStep("Find ${index}", { parameters: { TableName: "t", Key: { id: { S: run${index}.output.Id } } } });
const job${index} = new BatchSubmitJobStep("Job ${index}", {
  parameters: { JobName: "j", JobQueue: "q", JobDefinition: "d", ContainerOverrides: { Environment: [{ Name: "ID", Value: find${index}.output.ConsumedCapacity.TableName }] } },
});
const tell${index} = new SqsSendMessageStep("Tell ${index}", { parameters: { QueueUrl: "q", MessageBody: { at: job${index}.output.StoppedAt } } });
const read${index} = new AwsSdkStep("Read ${index}", awsSdk("s3", "getObject", { Bucket: input.bucket, Key: tell${index}.output.MessageId }));
`;
  };
  const names = groups.flatMap((index) => ["run", "call", "find", "job", "tell", "read"].map((kind) => kind + index));
  return `${head}${servicesHead}${setup}${groups.map(one).join("")}
export const chain = Chain.of(${names.join(", ")});
`;
}

const servicesHead = `import {
  AwsSdkStep, awsSdk, BatchSubmitJobStep, DynamoDBGetItemStep, GlueStartJobRunStep, LambdaStep, SqsSendMessageStep,
} from "sfn-ds/services";
`;

/** A program for the type checker, and what the project set itself for it, without the cost of the empty program. */
export interface TypeProgram {
  readonly text: string;
  readonly mostInstantiations?: number;
  readonly mostMilliseconds?: number;
}

/** Every program that is measured, by its name. */
export const typePrograms = {
  empty: { text: emptyProgram },
  "10 steps": { text: workflowProgram(10) },
  "50 steps": { text: workflowProgram(50) },
  "100 steps": { text: workflowProgram(100), mostInstantiations: 300_000, mostMilliseconds: 1500 },
  "200 steps": { text: workflowProgram(200) },
  "100 steps in one Chain.of": { text: flatProgram(100) },
  "200 steps in one Chain.of": { text: flatProgram(200) },
  "100 steps by next": { text: linkedProgram(100) },
  "200 steps by next": { text: linkedProgram(200) },
  "6 service steps": { text: serviceProgram(6) },
  "60 service steps": { text: serviceProgram(60) },
  "120 service steps": { text: serviceProgram(120), mostInstantiations: 300_000 },
  "100 keys, 6 levels deep": { text: deepInputProgram(100, 6) },
  "200 keys, 6 levels deep": { text: deepInputProgram(200, 6), mostInstantiations: 100_000 },
} as const satisfies { readonly [name: string]: TypeProgram };
