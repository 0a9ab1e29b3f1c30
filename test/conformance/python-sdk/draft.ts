import type { Node } from "./cases.js";

/**
 * A Python object under construction. Python changes its objects after they are made; ours never change.
 * So a draft gathers what is said of an object, and the library's object is made when it is first needed.
 */
export class Draft {
  readonly className: string;
  readonly args: Node[];
  readonly kwargs: Record<string, Node>;
  /** What `next()` linked behind it. */
  following: Draft | undefined;
  /** Branches of a Parallel; the iterator of a Map. */
  readonly branches: Node[] = [];
  /** Rules of a Choice with where they lead. */
  readonly choices: { readonly rule: Node; readonly next: Node }[] = [];
  /** Where a Choice goes on otherwise. */
  otherwise: Node;
  built: Promise<unknown> | undefined;

  constructor(className: string, args: readonly Node[], kwargs: Readonly<Record<string, Node>>) {
    this.className = className;
    this.args = [...args];
    this.kwargs = { ...kwargs };
  }
}
