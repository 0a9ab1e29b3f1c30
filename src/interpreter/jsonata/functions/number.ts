import { QueryError } from "../query-error.js";
import type { List, Value } from "../value.js";
import { defineOver, type Functions } from "./define.js";
import { callPackage } from "./package-functions.js";

/** What it takes to read a number, and to round one by its digits. */
const unitsOfReading = 20;
const unitsOfRounding = 50;

/** Numbers, and lists of them. */
export const numberFunctions: Functions = {
  number: defineOver<Value>("<(nsb)-:n>", (value, _args, evaluation) => {
    evaluation.spend(unitsOfReading);
    return toNumber(value);
  }),
  abs: defineOver<number>("<n-:n>", Math.abs),
  floor: defineOver<number>("<n-:n>", (value) => Math.floor(value)),
  ceil: defineOver<number>("<n-:n>", (value) => Math.ceil(value)),
  round: defineOver<number>("<n-n?:n>", (_value, args, evaluation) => {
    evaluation.spend(unitsOfRounding);
    return callPackage("round", args, evaluation.surroundings.now);
  }),
  sqrt: defineOver<number>("<n-:n>", squareRoot),
  power: defineOver<number>("<n-n:n>", power),
  sum: defineOver<readonly number[]>("<a<n>:n>", (list, _args, evaluation) => {
    evaluation.spend(list.length);
    return total(list);
  }),
  average: defineOver<readonly number[]>("<a<n>:n>", (list, _args, evaluation) => {
    evaluation.spend(list.length);
    return list.length === 0 ? undefined : total(list) / list.length;
  }),
  max: defineOver<List>("<a<n>:n>", (list, _args, evaluation) => {
    evaluation.spend(list.length);
    return extreme(list as readonly number[], (best, value) => Math.max(best, value));
  }),
  min: defineOver<List>("<a<n>:n>", (list, _args, evaluation) => {
    evaluation.spend(list.length);
    return extreme(list as readonly number[], (best, value) => Math.min(best, value));
  }),
};

function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") {
    const isDecimal = /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/.test(value);
    if (isDecimal && Number.isFinite(Number(value))) return Number.parseFloat(value);
    if (/^(0[xX][0-9A-Fa-f]+)|(0[oO][0-7]+)|(0[bB][0-1]+)$/.test(value)) return Number(value);
  }
  throw new QueryError("D3030", { value, index: 1 });
}

function squareRoot(value: number): number {
  if (value < 0) throw new QueryError("D3060", { value, index: 1 });
  return Math.sqrt(value);
}

function power(base: number, args: readonly Value[]): number {
  const exponent = args[1] as number;
  const result = base ** exponent;
  if (!Number.isFinite(result)) throw new QueryError("D3061", { value: base, exp: exponent, index: 1 });
  return result;
}

function total(list: readonly number[]): number {
  let sum = 0;
  for (const value of list) sum += value;
  return sum;
}

function extreme(list: readonly number[], better: (best: number, value: number) => number): number | undefined {
  return list.length === 0 ? undefined : list.reduce(better);
}
