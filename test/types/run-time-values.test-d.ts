import { assertType, describe, test } from "vitest";
import * as z from "zod";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import type { Param } from "../../src/expression/placeholder.js";
import { text } from "../../src/expression/text.js";
import { variable } from "../../src/expression/variable.js";
import { Fail } from "../../src/states/fail.js";
import { Parallel } from "../../src/states/parallel.js";
import { Task } from "../../src/states/task.js";
import { Wait } from "../../src/states/wait.js";

const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const input = new ExecutionInput(
  z.object({
    text: z.string(),
    count: z.number(),
    tags: z.array(z.string()),
    rows: z.array(z.object({ id: z.string(), size: z.number() })),
    object: z.object({ a: z.string() }),
  }),
);
const counted = new Task("Counted", { resource, outputSchema: z.object({ n: z.number() }) });
declare const wantsText: (value: Param<string>) => void;
declare const wantsNumber: (value: Param<number>) => void;
declare const wants: <T>(value: Param<T>) => void;

describe("what the machine knows itself", () => {
  test("a caught error", () => {
    const errorEquals = ["States.ALL"];
    new Task("T", { resource, catch: { errorEquals, next: (error) => new Fail("F", { cause: error.Cause }) } });
    // @ts-expect-error it has Error and Cause
    new Task("T", { resource, catch: { errorEquals, next: (error) => new Fail("F", { cause: error.message }) } });
    // @ts-expect-error an error's name is no number
    new Task("T", { resource, catch: { errorEquals, next: (error) => new Wait("W", { seconds: error.Error }) } });
    const branches = [counted] as const;
    // @ts-expect-error an error is no text
    new Parallel("P", { branches, catch: { errorEquals, next: (error) => new Fail("F", { cause: error }) } });
  });

  test("the Context Object", () => {
    wantsText(context.execution.name);
    wantsNumber(context.state.retryCount);
    // @ts-expect-error a count is no text
    wantsText(context.state.retryCount);
    // @ts-expect-error a name is no number
    wantsNumber(context.execution.name);
    // @ts-expect-error there is no such field
    assertType(context.execution.arn);
    // @ts-expect-error a token is a text, which has no fields
    assertType(context.task.token.value);
  });

  test("variables", () => {
    const total = variable("total", z.object({ sum: z.number(), by: z.string().transform(Number) }));
    wantsNumber(total.sum);
    wantsText(total.by);
    // @ts-expect-error a number is no text
    wantsText(total.sum);
    // @ts-expect-error the schema has no such field
    assertType(total.count);
    // @ts-expect-error a schema is needed
    variable("total");
  });
});

describe("arity and types of the intrinsic functions", () => {
  test("too few arguments", () => {
    // @ts-expect-error a size is missing
    States.arrayPartition(input.tags);
    // @ts-expect-error a value is missing
    States.arrayContains(input.tags);
    // @ts-expect-error an index is missing
    States.arrayGetItem(input.tags);
    // @ts-expect-error a list is missing
    States.arrayLength();
    // @ts-expect-error a list is missing
    States.arrayUnique();
    // @ts-expect-error a text is missing
    States.base64Encode();
    // @ts-expect-error a text is missing
    States.base64Decode();
    // @ts-expect-error a value is missing
    States.jsonToString();
    // @ts-expect-error a text is missing
    States.stringToJson();
    // @ts-expect-error a second object is missing
    States.jsonMerge(input.object);
    // @ts-expect-error an end is missing
    States.mathRandom(1);
    // @ts-expect-error the splitters are missing
    States.stringSplit(input.text);
    // @ts-expect-error a template is missing
    States.format();
  });

  test("too many arguments", () => {
    // @ts-expect-error one list
    States.arrayLength(input.tags, 1);
    // @ts-expect-error one list
    States.arrayUnique(input.tags, input.tags);
    // @ts-expect-error a list and a size
    States.arrayPartition(input.tags, 1, 2);
    // @ts-expect-error one text
    States.base64Encode(input.text, "x");
    // @ts-expect-error one value
    States.jsonToString(input.object, 2);
    // @ts-expect-error two numbers
    States.mathAdd(1, 2, 3);
    // @ts-expect-error two bounds and a seed
    States.mathRandom(1, 2, 3, 4);
  });

  test("results of another type", () => {
    // @ts-expect-error a list is no text
    wantsText(States.array(input.text));
    // @ts-expect-error lists of texts are no list of texts
    wants<string[]>(States.arrayPartition(input.tags, 2));
    // @ts-expect-error true or false is no text
    wantsText(States.arrayContains(input.tags, "a"));
    // @ts-expect-error numbers are no texts
    wants<string[]>(States.arrayRange(1, 2, 1));
    // @ts-expect-error texts are no numbers
    wants<number[]>(States.arrayUnique(input.tags));
    // @ts-expect-error a hash is no number
    wantsNumber(States.hash(input.text, "MD5"));
    // @ts-expect-error a text is no object
    wants<{ a: string }>(States.jsonToString(input.object));
    // @ts-expect-error the schema says a number
    wantsText(States.stringToJson(input.text, z.number()));
    // @ts-expect-error a random number is no text
    wantsText(States.mathRandom(1, 2));
    // @ts-expect-error a list is no text
    wantsText(States.stringSplit(input.text, ","));
    // @ts-expect-error a UUID is no number
    wantsNumber(States.uuid());
    // @ts-expect-error what is encoded is a text
    wantsNumber(States.base64Encode(input.text));
  });

  test("texts with values in them", () => {
    text`${input.text}/${input.count}/${counted.output.n}`;
    // @ts-expect-error an output is an object
    text`${counted.output}`;
    // @ts-expect-error a list has no text
    text`${input.rows}`;
    // @ts-expect-error nor an object that is known
    text`${{ a: 1 }}`;
  });
});
