/** Says of a model what kind it is. */
export const modelKind: unique symbol = Symbol.for("sfn-ds.model");
