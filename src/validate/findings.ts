import { type ValidationCode, validationCodes } from "../language/validation-codes.js";
import type { ValidationIssue } from "./issue.js";
import { locationOf, type Place, pointerOf } from "./place.js";
import type { Position } from "./text/source-text.js";

/** What was found, at a place that is written out only when somebody reads it. */
export interface Finding {
  readonly code: ValidationCode;
  readonly message: string;
  readonly place: Place | undefined;
  /** AWS's place where it is not `place` itself. */
  readonly at?: Place | "around" | "nowhere" | undefined;
  /** AWS's place where it is no place of the data: that in a text that is no JSON. */
  readonly location?: string | undefined;
  /** Line and column where they are known already: `place` may not tell them. */
  readonly position?: Position | undefined;
  /** Set where the key is meant, not its value. */
  readonly isKey?: true;
  readonly hint?: string | undefined;
}

/** Errors that are kept, and as many warnings: a definition that is wrong everywhere does not fill the memory. */
export const mostFindings = 1_000;

/** Collects what is found, bounded, and without what is not wanted. */
export class Findings {
  private readonly errors: Finding[] = [];
  private readonly warnings: Finding[] = [];
  private readonly ignored: ReadonlySet<ValidationCode>;

  constructor(ignored: readonly ValidationCode[] = []) {
    this.ignored = new Set(ignored);
  }

  add(finding: Finding): void {
    const isError = validationCodes[finding.code].severity === "error";
    if (!isError && this.ignored.has(finding.code)) return;
    const kept = isError ? this.errors : this.warnings;
    if (kept.length < mostFindings) kept.push(finding);
    else this.leavesOut = true;
  }

  /** Whether there was more than is kept. */
  leavesOut = false;

  /** Whether no more errors are kept. */
  get isFull(): boolean {
    return this.errors.length >= mostFindings;
  }

  /** Whether no more warnings are kept. */
  get isFullOfWarnings(): boolean {
    return this.warnings.length >= mostFindings;
  }

  get hasErrors(): boolean {
    return this.errors.length > 0;
  }

  /** Errors before warnings, each in the order in which they were found. */
  get all(): readonly Finding[] {
    return [...this.errors, ...this.warnings];
  }

  isIgnored(code: ValidationCode): boolean {
    return this.ignored.has(code);
  }
}

/** A finding as users read it. */
export function issueOf(finding: Finding, position: Position | undefined = finding.position): ValidationIssue {
  const { code, message, place, hint } = finding;
  const { severity, hint: usual } = validationCodes[code];
  const location = finding.location ?? awsLocation(finding);
  return {
    severity,
    code,
    message,
    ...(location !== undefined && { location }),
    pointer: pointerOf(place),
    ...position,
    hint: hint ?? usual,
  };
}

function awsLocation({ place, at }: Finding): string | undefined {
  if (at === "nowhere") return undefined;
  return locationOf(at === "around" ? place?.outer : (at ?? place));
}
