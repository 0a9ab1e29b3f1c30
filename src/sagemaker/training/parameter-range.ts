import type { Param } from "../../expression/placeholder.js";

/** How values of a range are tried; `Auto` leaves it to SageMaker. */
export type ScalingType = "Auto" | "Linear" | "Logarithmic" | "ReverseLogarithmic";

const rangeKind = Symbol.for("sfn-ds.parameter-range");

type Kind = "Continuous" | "Integer" | "Categorical";

/**
 * A hyperparameter that is a number between two others, both included.
 *
 * @example
 * new ContinuousParameter(0.01, 0.2, "Logarithmic");
 * // "ContinuousParameterRanges": [{ "Name": "lr", "MinValue": "0.01", "MaxValue": "0.2", "ScalingType": "Logarithmic" }]
 */
export class ContinuousParameter {
  readonly [rangeKind] = "Continuous";
  readonly minValue: Param<number>;
  readonly maxValue: Param<number>;
  readonly scalingType: Param<ScalingType>;

  constructor(minValue: Param<number>, maxValue: Param<number>, scalingType: Param<ScalingType> = "Auto") {
    this.minValue = minValue;
    this.maxValue = maxValue;
    this.scalingType = scalingType;
  }
}

/**
 * A hyperparameter that is a whole number between two others, both included.
 *
 * @example
 * new IntegerParameter(1, 10);
 * // "IntegerParameterRanges": [{ "Name": "epochs", "MinValue": "1", "MaxValue": "10", "ScalingType": "Auto" }]
 */
export class IntegerParameter {
  readonly [rangeKind] = "Integer";
  readonly minValue: Param<number>;
  readonly maxValue: Param<number>;
  readonly scalingType: Param<ScalingType>;

  constructor(minValue: Param<number>, maxValue: Param<number>, scalingType: Param<ScalingType> = "Auto") {
    this.minValue = minValue;
    this.maxValue = maxValue;
    this.scalingType = scalingType;
  }
}

/**
 * A hyperparameter that is one of several values, at most 30; numbers and booleans are written as text.
 *
 * @example
 * new CategoricalParameter(["sgd", "adam"]);
 * // "CategoricalParameterRanges": [{ "Name": "optimizer", "Values": ["sgd", "adam"] }]
 */
export class CategoricalParameter {
  readonly [rangeKind] = "Categorical";
  readonly values: Param<readonly string[]> | readonly Param<string | number | boolean>[];

  constructor(values: Param<readonly string[]> | readonly Param<string | number | boolean>[]) {
    this.values = values;
  }
}

/** Values that a tuning job tries for one hyperparameter. */
export type ParameterRange = ContinuousParameter | IntegerParameter | CategoricalParameter;

/** Which range `value` is, also one of another copy of this package; `undefined` when it is none. */
export function rangeKindOf(value: unknown): Kind | undefined {
  return typeof value === "object" && value !== null
    ? (value as { readonly [rangeKind]?: Kind })[rangeKind]
    : undefined;
}
