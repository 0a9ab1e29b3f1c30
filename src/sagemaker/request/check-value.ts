import { type IssueCode, shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import { isLate } from "./late-value.js";

/** How a value that is known now is checked: the code to report, and the problems to add to. */
export interface Check {
  readonly problems: Problems;
  readonly code: IssueCode;
  readonly path: Path;
}

/** A whole number within a range, both ends included. */
export function checkWholeNumber(value: unknown, [least, most]: readonly [number, number], check: Check): void {
  if (isLate(value) || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most)) return;
  const message = `expected a whole number from ${least} to ${most}, got ${shown(value)}`;
  check.problems.add("invalid_number", check.path, message);
}

/** A text of at most `most` characters. */
export function checkText(value: unknown, most: number, check: Check, least = 1): void {
  if (isLate(value)) return;
  if (typeof value === "string" && value.length >= least && value.length <= most) return;
  const size = typeof value === "string" && value.length > most ? ` of ${value.length} characters` : "";
  const message = `expected a text of ${least} to ${most} characters, got ${shown(value)}${size}`;
  check.problems.add(check.code, check.path, message);
}

/** One of a few texts. */
export function checkChoice(value: unknown, choices: readonly string[], check: Check): void {
  if (isLate(value) || (typeof value === "string" && choices.includes(value))) return;
  check.problems.add(check.code, check.path, `expected ${choices.map(shown).join(" or ")}, got ${shown(value)}`);
}

/** True or false. */
export function checkFlag(value: unknown, check: Check): void {
  if (isLate(value) || typeof value === "boolean") return;
  check.problems.add(check.code, check.path, `expected true or false, got ${shown(value)}`);
}

/** A list of texts, or a placeholder of one. */
export function checkTexts(
  value: unknown,
  limit: { readonly items: readonly [number, number]; readonly length: number },
  check: Check,
): void {
  if (isLate(value)) return;
  const [least, most] = limit.items;
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    const message = `expected a list of ${least} to ${most} texts, got ${Array.isArray(value) ? value.length : shown(value)}`;
    check.problems.add(check.code, check.path, message);
    return;
  }
  value.forEach((item: unknown, index) => {
    checkText(item, limit.length, { ...check, path: [...check.path, index] });
  });
}

const root = "/opt/ml/processing/";

/** A path in the container, where SageMaker lets inputs and outputs be. */
export function checkContainerPath(value: unknown, check: Check): void {
  if (isLate(value)) return;
  const isInside = typeof value === "string" && value.startsWith(root) && value.length > root.length;
  if (isInside && value.length <= 256 && !value.split("/").includes("..")) return;
  const message = `expected a path below ${root.slice(0, -1)} of at most 256 characters, got ${shown(value)}`;
  check.problems.add("invalid_container_path", check.path, message);
}

/** Names that stand twice in a list. */
export function checkNames(names: readonly unknown[], what: string, check: Check): void {
  const seen = new Set<unknown>();
  names.forEach((name, index) => {
    if (seen.has(name) && !isLate(name)) {
      check.problems.add(
        check.code,
        [...check.path, index],
        `two ${what} are named ${shown(name)}`,
        "give each its own name",
      );
    }
    seen.add(name);
  });
}
