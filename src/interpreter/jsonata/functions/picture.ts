import type { Native } from "../callable.js";
import type { Evaluation } from "../evaluation.js";
import { QueryError } from "../query-error.js";
import type { Value } from "../value.js";
import { defineOver, type Functions } from "./define.js";
import { callPackage, type PackageFunction } from "./package-functions.js";

/** Writes a time, given in milliseconds since 1970. */
export const fromMillis = pictured("<n-s?s?:s>", "fromMillis", ([, picture]) => isShort(picture, ","));

/** What writes numbers and times, and reads them: by pictures. */
export const pictureFunctions: Functions = {
  formatNumber: pictured(
    "<n-so?:s>",
    "formatNumber",
    ([, picture, options]) => isShort(picture, "e") && options === undefined,
  ),
  formatBase: pictured("<n-n?:s>", "formatBase", () => true),
  formatInteger: pictured(
    "<n-s:s>",
    "formatInteger",
    ([value, picture]) => Math.abs(value as number) < 1e5 && isShort(picture, ","),
  ),
  parseInteger: pictured("<s-s:n>", "parseInteger", ([text, picture]) => isShort(text, ",") && isShort(picture, ",")),
  // A picture becomes a regular expression.
  toMillis: pictured("<s-s?:n>", "toMillis", ([, picture]) => picture === undefined),
  fromMillis,
};

/** Characters of a text or a picture that is read: the work may grow with the square of it. */
const longestPicture = 2_000;

/** Characters of a picture of which nothing but little work can come. */
const longestShortPicture = 60;

/** What a call takes. */
const unitsOfCall = 600;

/** @param isBounded - whether a call with these arguments is sure to end soon */
function pictured(definition: string, name: PackageFunction, isBounded: (args: readonly Value[]) => boolean): Native {
  return defineOver<Value>(definition, (_first, args, evaluation) => {
    for (const argument of args) checkLength(argument);
    spend(evaluation, isBounded(args));
    return callPackage(name, args, evaluation.surroundings.now);
  });
}

function checkLength(argument: Value): void {
  if (typeof argument !== "string" || argument.length <= longestPicture) return;
  const message = `Expected a text of at most ${longestPicture} characters, got ${argument.length}`;
  throw new QueryError(undefined, {}, message);
}

function spend(evaluation: Evaluation, isBounded: boolean): void {
  evaluation.spend(unitsOfCall);
  if (!isBounded) evaluation.needTimeLimit();
}

/** Whether a picture is short and has no mark that lets it ask for much. */
function isShort(picture: Value, mark: string): boolean {
  return (
    picture === undefined ||
    (typeof picture === "string" && picture.length <= longestShortPicture && !picture.includes(mark))
  );
}
