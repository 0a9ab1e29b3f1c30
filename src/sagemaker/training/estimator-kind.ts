/** Says of an estimator what kind it is. */
export const estimatorKind: unique symbol = Symbol.for("sfn-ds.estimator");

/** Whether an estimator runs scripts in the container of a framework. */
export function isFramework(estimator: { readonly [estimatorKind]: "Estimator" | "FrameworkEstimator" }): boolean {
  return estimator[estimatorKind] === "FrameworkEstimator";
}
