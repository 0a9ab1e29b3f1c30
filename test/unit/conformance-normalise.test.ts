import { expect, test } from "vitest";
import type { Json } from "../../src/language/json.js";
import { normalise } from "../conformance/aws-histories/normalise.js";
import type { Mask } from "../conformance/aws-histories/recording.js";

const token = "0f3b1c2d-1111-2222-3333-444455556666";
const other = "0f3b1c2d-1111-2222-3333-444455557777";

const cases: readonly { name: string; value: Json; masks?: readonly Mask[]; expected: Json }[] = [
  { name: "the text of an object is the object", value: { a: '{"b":1}' }, expected: { a: { b: 1 } } },
  { name: "only one level deep", value: { a: '{"b":"{}"}' }, expected: { a: { b: "{}" } } },
  { name: "not the text of a list", value: { a: "[1]" }, expected: { a: "[1]" } },
  { name: "not what is no JSON", value: { a: "{x" }, expected: { a: "{x" } },
  { name: "not texts in a list", value: { a: ["{}"] }, expected: { a: ["{}"] } },
  { name: "but objects in a list", value: { a: [{ b: "{}" }] }, expected: { a: [{ b: {} }] } },
  { name: "a region is masked in keys and texts", value: { a: "x us-east-1" }, expected: { a: "x <region>" } },
  { name: "a partition", value: { a: "arn:aws:s3" }, expected: { a: "arn:<partition>:s3" } },
  {
    name: "a date in any text",
    value: { a: ["at 2026-01-02T03:04:05.678Z."] },
    expected: { a: ["at date."] },
  },
  {
    name: "not a date without its zone",
    value: { a: "2026-01-02T03:04:05" },
    expected: { a: "2026-01-02T03:04:05" },
  },
  { name: "a timestamp", value: { eventTimestamp: 17 }, expected: { eventTimestamp: "timestamp" } },
  {
    name: "a UUID of a key that ends in id, everywhere",
    value: { RequestId: token, text: `of ${token}`, second: { id: other } },
    expected: { RequestId: "<uuid:own-1>", text: "of <uuid:own-1>", second: { id: "<uuid:own-2>" } },
  },
  { name: "not a UUID of another key", value: { name: token }, expected: { name: token } },
  {
    name: "a JSON text in single quotes in a cause, everywhere",
    value: { cause: `not in '{"a":1}'`, again: `'{"a":1}'` },
    expected: { cause: "not in '<json-input:own-1>'", again: "'<json-input:own-1>'" },
  },
  { name: "not in another member", value: { text: `not in '{"a":1}'` }, expected: { text: `not in '{"a":1}'` } },
  {
    name: "a path without reference masks the value",
    value: { a: [{ Token: 1 }], Token: { b: 1 } },
    masks: [{ kind: "jsonpath", path: "$..Token", as: "t", reference: false }],
    expected: { a: [{ Token: "t" }], Token: "t" },
  },
  {
    name: "a path of two keys masks the inner one",
    value: { a: { Headers: { Via: "x" }, Via: "x" } },
    masks: [{ kind: "jsonpath", path: "$..Headers.Via", as: "v", reference: false }],
    expected: { a: { Headers: { Via: "v" }, Via: "x" } },
  },
  {
    name: "a path may have an index and a quoted key",
    value: { a: [{ "b-c": 1 }, { "b-c": 1 }] },
    masks: [{ kind: "jsonpath", path: "$.a[1]['b-c']", as: "v", reference: false }],
    expected: { a: [{ "b-c": 1 }, { "b-c": "v" }] },
  },
  {
    name: "a path with reference masks the value everywhere",
    value: { Token: 'a"b', other: 'is a"b' },
    masks: [{ kind: "jsonpath", path: "$..Token", as: "t", reference: true }],
    expected: { Token: "<t:own-1>", other: "is <t:own-1>" },
  },
  {
    name: "what is masked already is not numbered",
    value: { Token: "<t:1>" },
    masks: [{ kind: "jsonpath", path: "$..Token", as: "t", reference: true }],
    expected: { Token: "<t:1>" },
  },
  {
    name: "a key with reference",
    value: { a: { Handle: "h" }, b: "h" },
    masks: [{ kind: "key", key: "Handle", as: "handle", reference: true }],
    expected: { a: { Handle: "<handle:own-1>" }, b: "<handle:own-1>" },
  },
  {
    name: "a key that has nothing stays",
    value: { Handle: null, b: { Handle: "" } },
    masks: [{ kind: "key", key: "Handle", as: "handle", reference: false }],
    expected: { Handle: null, b: { Handle: "" } },
  },
  {
    name: "the names in ARNs, each with its own number",
    value: { a: "arn:aws:iam::111111111111:role/r1", b: "arn:aws:lambda:us-east-1:111111111111:function:f1:$LATEST" },
    masks: [{ kind: "key", rule: "arn-resource-name", as: "resource", reference: true }],
    expected: {
      a: "arn:<partition>:iam::111111111111:role/<resource:own-1>",
      b: "arn:<partition>:lambda:<region>:111111111111:function:<resource:own-2>:$LATEST",
    },
  },
  {
    name: "texts are replaced in the order of the rules",
    value: { a: "arn:aws:iam::111111111111:role/r1" },
    masks: [
      { kind: "key", rule: "arn-resource-name", as: "resource", reference: true },
      { kind: "regex", pattern: "arn:aws:iam::111111111111:role/r1", as: "role" },
    ],
    expected: { a: "arn:<partition>:iam::111111111111:role/<resource:own-1>" },
  },
  {
    name: "a pattern that takes no note of case",
    value: { a: "ABC" },
    masks: [{ kind: "regex", pattern: "(?i)b", as: "$&" }],
    expected: { a: "A$&C" },
  },
  {
    name: "the text of an output is the value",
    value: { details: { output: "[1]" }, input: "[1]" },
    masks: [{ kind: "custom", rule: "_convert_output_to_json" }],
    expected: { details: { output: [1] }, input: "[1]" },
  },
  {
    name: "lists of variables are sorted",
    value: { variableReferences: { S: ["b", "a"] } },
    masks: [{ kind: "custom", rule: "_SfnSortVariableReferences" }],
    expected: { variableReferences: { S: ["a", "b"] } },
  },
  {
    name: "events of branches are sorted and lose their ids",
    value: {
      events: [
        { id: 1, type: "ParallelStateStarted" },
        { id: 2, previousEventId: 1, type: "PassStateExited" },
        { id: 3, previousEventId: 1, type: "PassStateEntered" },
        { id: 4, type: "ParallelStateSucceeded" },
        { id: 5, type: "ParallelStateExited" },
      ],
    },
    masks: [{ kind: "parallel-sort" }],
    expected: {
      events: [
        { id: 1, type: "ParallelStateStarted" },
        { id: [0], previousEventId: 0, type: "PassStateEntered" },
        { id: [0], previousEventId: 0, type: "PassStateExited" },
        { id: 5, type: "ParallelStateExited" },
      ],
    },
  },
];

test.each(cases)("$name", ({ value, masks = [], expected }) => {
  expect(normalise(value, masks)).toEqual(expected);
});
