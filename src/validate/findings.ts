import { type ValidationCode, validationCodes } from "../language/validation-codes.js";
import type { ValidationIssue } from "./issue.js";
import { locationOf, type Place, pointerOf } from "./place.js";

/** What was found, at a place that is written out only when somebody reads it. */
export interface Finding {
  readonly code: ValidationCode;
  readonly message: string;
  readonly place: Place | undefined;
  /** AWS's place where it is not `place` itself. */
  readonly at?: Place | "around" | "nowhere" | undefined;
  readonly hint?: string | undefined;
}

/** Findings that are kept: a definition that is wrong everywhere does not fill the memory. */
export const mostFindings = 1_000;

/** Collects what is found, bounded, and without what is not wanted. */
export class Findings {
  private readonly kept: Finding[] = [];
  private readonly ignored: ReadonlySet<ValidationCode>;

  constructor(ignored: readonly ValidationCode[] = []) {
    this.ignored = new Set(ignored.filter((code) => validationCodes[code]?.severity === "warning"));
  }

  add(finding: Finding): void {
    if (this.kept.length < mostFindings && !this.ignored.has(finding.code)) this.kept.push(finding);
  }

  /** Whether nothing more is kept. */
  get isFull(): boolean {
    return this.kept.length >= mostFindings;
  }

  get all(): readonly Finding[] {
    return this.kept;
  }
}

/** A finding as users read it. */
export function issueOf({ code, message, place, at, hint }: Finding): ValidationIssue {
  const { severity, hint: usual } = validationCodes[code];
  const location = at === "nowhere" ? {} : { location: locationOf(at === "around" ? place?.outer : (at ?? place)) };
  return { severity, code, message, ...location, pointer: pointerOf(place), hint: hint ?? usual };
}
