import { type Issue, type IssueCode, issue, shown } from "../language/errors.js";
import { nearest } from "../language/nearest.js";

/** Where a value stands in the request. */
export type Path = readonly (string | number)[];

/** What is wrong with a job, collected while its request is built. */
export class Problems {
  readonly issues: Issue[] = [];

  add(code: IssueCode, path: Path, message: string, hint?: string): void {
    this.issues.push(issue(code, path, message, hint));
  }

  /** Names each option that `known` does not have: a misspelt one must not be lost in silence. */
  addUnknown(what: string, options: object, known: { readonly [name: string]: unknown }, path: Path): void {
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined || Object.hasOwn(known, name)) continue;
      const names = nearest(name, Object.keys(known)).map(shown).join(", ");
      this.add("unknown_option", [...path, name], `${what} has no option ${shown(name)}; the nearest are ${names}`);
    }
  }
}
