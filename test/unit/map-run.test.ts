import { describe, expect, test } from "vitest";
import {
  childArn,
  defaultLabel,
  mapRunArn,
  mapStateMachineArn,
  moved,
  pendingCounts,
  written,
} from "../../src/interpreter/map/map-run.js";

const home = { region: "us-east-1", account: "111111111111", machine: "m" };

test("the ARNs of a Map run say its machine, label and UUID", () => {
  expect([
    mapRunArn(home, { label: "Rows", uuid: "u" }),
    mapStateMachineArn(home, "Rows"),
    childArn(home, "Rows", "child"),
    childArn(home, "Rows", "child", "run"),
    mapRunArn({ ...home, region: "cn-north-1" }, { label: "Rows", uuid: "u" }),
  ]).toEqual([
    "arn:aws:states:us-east-1:111111111111:mapRun:m/Rows:u",
    "arn:aws:states:us-east-1:111111111111:stateMachine:m/Rows",
    "arn:aws:states:us-east-1:111111111111:execution:m/Rows:child",
    "arn:aws:states:us-east-1:111111111111:express:m/Rows:child:run",
    "arn:aws-cn:states:cn-north-1:111111111111:mapRun:m/Rows:u",
  ]);
});

describe("the label of a state without one", () => {
  test("is a UUID, the same each time", () => {
    expect(defaultLabel(home, "Map")).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(defaultLabel(home, "Map")).toBe(defaultLabel(home, "Map"));
  });

  test("is another for another state", () => {
    expect(defaultLabel(home, "Map")).not.toBe(defaultLabel(home, "Other"));
  });
});

describe("counts of a Map run", () => {
  test("begin with all of them pending", () => {
    expect(pendingCounts(3)).toMatchObject({ pending: 3, running: 0, total: 3, resultsWritten: 0 });
  });

  test("move by the size of a batch", () => {
    expect(moved(moved(pendingCounts(5), "pending", "running", 3), "running", "timedOut", 3)).toEqual({
      ...pendingCounts(5),
      pending: 2,
      timedOut: 3,
    });
  });

  test("stay when nothing moves", () => {
    expect(moved(pendingCounts(2), "pending", "pending")).toEqual(pendingCounts(2));
  });

  test("have the results of what ran as written at the end", () => {
    const counts = moved(moved(pendingCounts(3), "pending", "succeeded", 1), "pending", "failed", 1);
    expect(written(counts).resultsWritten).toBe(2);
  });
});
