import { findText } from "../../find-text.js";
import { applyGiven, describeMatch } from "../callable.js";
import { type Evaluation, mostItems } from "../evaluation.js";
import { type Match, Matcher } from "../matcher.js";
import { QueryError } from "../query-error.js";
import { Callable, isList, isMembers, isText, type List, sequence, type Value } from "../value.js";
import { define, defineOver, type Functions } from "./define.js";

/** What searches texts: for a text, by a regular expression, or by a function of the user's. */
export const matchingFunctions: Functions = {
  contains: define("<s-(sf):b>", ([text, pattern], evaluation) => {
    if (text === undefined || pattern === undefined) return undefined;
    if (isText(pattern)) {
      evaluation.spendSearch(String(text).length, pattern.length);
      return findText(String(text), pattern) >= 0;
    }
    return search(String(text), pattern as Callable, evaluation).next() !== undefined;
  }),
  match: defineOver<string>("<s-f<s:o>n?:a<o>>", (text, [, pattern, limit], evaluation) => {
    checkLimit(limit, "D3040", 3);
    const found = sequence();
    each(text, pattern as Callable, limit, evaluation, ({ match, start, groups }) => {
      evaluation.push(found, { match, index: start, groups: groups.map((group) => group ?? null) });
    });
    return found;
  }),
  replace: defineOver<string>("<s-(sf)(sf)n?:s>", replace),
  split: defineOver<string>("<s-(sf)n?:a<s>>", split),
};

/** A match; what a function of the user's has found is kept as it is. */
type Found = Match & { readonly given?: Value };

/** Finds one match after the other. */
interface Search {
  next(): Found | undefined;
}

function search(text: string, pattern: Callable, evaluation: Evaluation): Search {
  const callee = regularExpression(pattern);
  if (callee !== undefined) {
    let isFirst = true;
    return {
      next: () => {
        if (!isFirst) return callee.findNext(text, evaluation);
        isFirst = false;
        return callee.find(text, 0, evaluation);
      },
    };
  }
  let next: Value = pattern;
  let args: readonly Value[] = [text];
  return {
    next: () => {
      const found = applyGiven(next, args, evaluation);
      const match = matchOf(found);
      next = isMembers(found) ? found["next"] : undefined;
      args = [];
      return match;
    },
  };
}

function regularExpression(pattern: Callable): Matcher | undefined {
  return pattern instanceof Matcher ? pattern : undefined;
}

/** What a function of the user's has found. */
function matchOf(found: Value): Found | undefined {
  if (found === undefined) return undefined;
  if (!isMembers(found)) throw new QueryError("T1010");
  const { match, start, end, groups, next } = found;
  // That there is an end does not make it a match.
  if (typeof start !== "number" && !isList(groups) && !(next instanceof Callable)) throw new QueryError("T1010");
  return {
    match: String(match ?? ""),
    start: Number(start ?? 0),
    end: Number(end ?? 0),
    groups: isList(groups) ? (groups as readonly (string | undefined)[]) : [],
    given: found,
  };
}

function checkLimit(limit: Value, code: string, index: number): void {
  if (typeof limit === "number" && limit < 0) throw new QueryError(code, { value: limit, index });
}

/** Visits the matches; one more than the limit is looked for, which may fail. Gives the number of those visited. */
function each(
  text: string,
  pattern: Callable,
  limit: Value,
  evaluation: Evaluation,
  visit: (match: Found) => void,
): number {
  const most = typeof limit === "number" ? limit : Number.POSITIVE_INFINITY;
  if (most <= 0) return 0;
  const matches = search(text, pattern, evaluation);
  let count = 0;
  for (let found = matches.next(); found !== undefined && count < most; found = matches.next()) {
    visit(found);
    count += 1;
  }
  return count;
}

function split(text: string, [, separator, limit]: readonly Value[], evaluation: Evaluation): List {
  checkLimit(limit, "D3020", 3);
  const most = typeof limit === "number" ? limit : undefined;
  if (most !== undefined && most <= 0) return [];
  if (isText(separator)) return splitBy(text, separator, most, evaluation);
  const pieces: List = [];
  let start = 0;
  const count = each(text, separator as Callable, limit, evaluation, (found) => {
    evaluation.push(pieces, text.slice(start, found.start));
    start = found.end;
  });
  if (most === undefined || count < most) pieces.push(text.slice(start));
  return pieces;
}

/** What a piece of a text takes that is split. */
const unitsOfPiece = 2;

/** One piece more than a list may have is made, for the list to be refused. */
function splitBy(text: string, separator: string, limit: number | undefined, evaluation: Evaluation): List {
  const most = Math.min(limit ?? mostItems + 1, mostItems + 1);
  evaluation.spendSearch(text.length, separator.length);
  const pieces = separator.length > 1 ? splitByLong(text, separator, Math.trunc(most)) : text.split(separator, most);
  evaluation.makeList(pieces.length);
  evaluation.spend(pieces.length * unitsOfPiece);
  return pieces;
}

function splitByLong(text: string, separator: string, most: number): string[] {
  const pieces: string[] = [];
  let position = 0;
  for (let at = findText(text, separator); at >= 0 && pieces.length < most; at = findText(text, separator, position)) {
    pieces.push(text.slice(position, at));
    position = at + separator.length;
  }
  if (pieces.length < most) pieces.push(text.slice(position));
  return pieces;
}

function replace(text: string, args: readonly Value[], evaluation: Evaluation): string {
  const [, pattern, replacement, limit] = args;
  if (pattern === "") throw new QueryError("D3010", { value: pattern, index: 2 });
  checkLimit(limit, "D3011", 4);
  if (typeof limit === "number" && limit <= 0) return text;
  if (isText(pattern)) return replaceText(text, pattern, replacement, limit, evaluation);
  const written = new Written(evaluation);
  let position = 0;
  each(text, pattern as Callable, limit, evaluation, (found) => {
    written.add(text.slice(position, found.start));
    const by = isText(replacement)
      ? substitute(replacement, found)
      : applyTo(replacement, found, text, pattern as Callable, evaluation);
    if (!isText(by)) throw new QueryError("D3012", { value: by });
    written.add(by);
    position = found.start + found.match.length;
  });
  written.add(text.slice(position));
  return written.text;
}

/** What it takes to write one piece. */
const unitsOfWritten = 8;

/** A text that grows, within the bounds. */
class Written {
  text = "";
  private readonly evaluation: Evaluation;

  constructor(evaluation: Evaluation) {
    this.evaluation = evaluation;
  }

  add(piece: string): void {
    this.text += piece;
    this.evaluation.spend(unitsOfWritten);
    this.evaluation.checkText(this.text.length);
  }
}

function applyTo(replacement: Value, found: Found, text: string, pattern: Callable, evaluation: Evaluation): Value {
  const matcher = regularExpression(pattern);
  const match = matcher === undefined ? found.given : describeMatch(found, matcher, text);
  return applyGiven(replacement, [match], evaluation);
}

function replaceText(text: string, pattern: string, by: Value, limit: Value, evaluation: Evaluation): string {
  const most = typeof limit === "number" ? limit : Number.POSITIVE_INFINITY;
  // JSONata writes what it is, where it is no text; of a function that is nothing to be shown.
  const replacement = by instanceof Callable ? "" : String(by);
  const written = new Written(evaluation);
  evaluation.spendSearch(text.length, pattern.length);
  let position = 0;
  let at = findText(text, pattern);
  for (let count = 0; at >= 0 && count < most; count++) {
    written.add(text.slice(position, at));
    written.add(replacement);
    position = at + pattern.length;
    at = findText(text, pattern, position);
  }
  written.add(text.slice(position));
  return written.text;
}

/** The replacement with `$1` and the like replaced by what the groups have matched, `$0` by all, `$$` by a dollar. */
function substitute(replacement: string, { match, groups }: Match): string {
  let written = "";
  let position = 0;
  for (let at = replacement.indexOf("$"); at >= 0; at = replacement.indexOf("$", position)) {
    written += replacement.slice(position, at);
    position = at + 1;
    const next = replacement.charAt(position);
    if (next === "$" || next === "0") {
      written += next === "$" ? "$" : match;
      position += 1;
      continue;
    }
    const group = groupAt(replacement, position, groups.length);
    if (group === undefined) written += "$";
    else {
      written += groups[group - 1] ?? "";
      position += String(group).length;
    }
  }
  return written + replacement.slice(position);
}

/** The number of a group, of as many digits as there are groups for. */
function groupAt(replacement: string, position: number, groups: number): number | undefined {
  const digits = groups === 0 ? 1 : Math.floor(Math.log(groups) * Math.LOG10E) + 1;
  const read = (count: number): number => Number.parseInt(replacement.slice(position, position + count), 10);
  const group = read(digits);
  const fitting = digits > 1 && group > groups ? read(digits - 1) : group;
  return Number.isNaN(fitting) ? undefined : fitting;
}
