/** Says of a model what kind it is. */
export const modelKind: unique symbol = Symbol.for("sfn-ds.model");

/** In the options of a model: the estimator that made it, which says what serves it once a step names the instances. */
export const trainedBy: unique symbol = Symbol.for("sfn-ds.trained-by");
