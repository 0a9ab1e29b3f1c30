import type { Native } from "../callable.js";
import { awsFunctions } from "./aws.js";
import { higherOrderFunctions } from "./higher-order.js";
import { listFunctions } from "./list.js";
import { matchingFunctions } from "./matching.js";
import { numberFunctions } from "./number.js";
import { objectFunctions } from "./object.js";
import { pictureFunctions } from "./picture.js";
import { textFunctions } from "./text.js";

/** All functions that AWS's JSONata has. `$eval` is not among them. */
export const builtInFunctions: ReadonlyMap<string, Native> = new Map(
  [
    awsFunctions,
    higherOrderFunctions,
    listFunctions,
    matchingFunctions,
    numberFunctions,
    objectFunctions,
    pictureFunctions,
    textFunctions,
  ].flatMap((functions) => Object.entries(functions)),
);
