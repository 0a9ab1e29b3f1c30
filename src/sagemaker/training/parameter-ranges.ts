import { described } from "../../expression/described.js";
import { isPlainObject } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { isLate } from "../request/late-value.js";
import { type Encoding, hyperparameterText } from "./hyperparameters.js";
import {
  type CategoricalParameter,
  type ContinuousParameter,
  type IntegerParameter,
  rangeKindOf,
} from "./parameter-range.js";

type Kind = NonNullable<ReturnType<typeof rangeKindOf>>;

/** Writes `ParameterRanges`: a list for each kind of range, empty where there is none. */
export function lowerRanges(
  ranges: unknown,
  autoParameters: unknown,
  encoding: Encoding,
  path: Path,
  problems: Problems,
): Record<string, unknown> {
  const lists: Record<Kind, object[]> = { Continuous: [], Categorical: [], Integer: [] };
  const given = membersOf(ranges, "ranges of hyperparameters", path, problems);
  if (isPlainObject(ranges) && given.length === 0 && autoParameters === undefined) {
    refuse("one range at least, as there is nothing to tune without", ranges, path, problems);
  }
  for (const [name, range] of given) {
    const kind = rangeKindOf(range);
    const at = [...path, name];
    if (kind === "Categorical") lists[kind].push(lowerValues(name, range as CategoricalParameter, encoding));
    else if (kind !== undefined) lists[kind].push(lowerNumbers(name, range as ContinuousParameter, kind, at, problems));
    else refuse("a ContinuousParameter, an IntegerParameter or a CategoricalParameter", range, at, problems);
  }
  const auto = membersOf(autoParameters, "values to start from", path, problems);
  return {
    ContinuousParameterRanges: lists.Continuous,
    CategoricalParameterRanges: lists.Categorical,
    IntegerParameterRanges: lists.Integer,
    ...(autoParameters === undefined
      ? {}
      : { AutoParameters: auto.map(([Name, value]) => ({ Name, ValueHint: hyperparameterText(value, encoding) })) }),
  };
}

function lowerNumbers(
  name: string,
  range: ContinuousParameter | IntegerParameter,
  kind: Kind,
  path: Path,
  problems: Problems,
): object {
  const { minValue: min, maxValue: max, scalingType } = range;
  for (const bound of [min, max]) {
    const isRight = kind === "Integer" ? Number.isInteger(bound) : Number.isFinite(bound);
    if (!isLate(bound) && !isRight) refuse(kind === "Integer" ? "a whole number" : "a number", bound, path, problems);
  }
  if (typeof min === "number" && typeof max === "number" && min > max) {
    refuse(`${min} or more, which is the least value`, max, path, problems);
  }
  return {
    Name: name,
    MinValue: hyperparameterText(min, "text"),
    MaxValue: hyperparameterText(max, "text"),
    ScalingType: scalingType,
  };
}

/** Values as the containers read them: those of frameworks read JSON. */
function lowerValues(name: string, { values }: CategoricalParameter, encoding: Encoding): object {
  const isList = Array.isArray(values) && !isLate(values);
  return { Name: name, Values: isList ? values.map((value) => hyperparameterText(value, encoding)) : values };
}

function membersOf(given: unknown, what: string, path: Path, problems: Problems): [string, unknown][] {
  if (given === undefined) return [];
  if (isPlainObject(given) && !isLate(given)) return Object.entries(given).filter(([, value]) => value !== undefined);
  refuse(`an object of ${what}`, given, path, problems);
  return [];
}

function refuse(expected: string, given: unknown, path: Path, problems: Problems): void {
  problems.add("invalid_estimator", path, `expected ${expected}, got ${described(given)}`);
}
