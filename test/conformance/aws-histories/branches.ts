import type { JsonObject } from "../../../src/language/json.js";
import { isObject } from "./json-path.js";

/** A line of a history that runs for itself: the machine, a branch of a Parallel, an iteration of a Map. */
export interface Branch {
  /** Of its name or index, and of the attempt, within the branch that began it. */
  readonly key: string;
  readonly name: string;
  readonly parent: Branch | undefined;
  /** The Started event of the Parallel or Map that it is of, in its parent. */
  readonly startedBy: JsonObject | undefined;
  readonly events: JsonObject[];
  /** Names of the states that were entered here. */
  readonly entered: Set<string>;
  /** Whether a Parallel or Map has begun here and not ended. */
  isOpen: boolean;
}

/** The branches of a history, each with its events; found by following the links. */
export function branchesOf(events: readonly JsonObject[]): readonly Branch[] {
  const reader = new BranchReader();
  for (const event of events) reader.read(event);
  return reader.branches;
}

const starts = /^(?:Parallel|Map)StateStarted$/;
const enters = /^(?:Parallel|Map)StateEntered$/;
const ends = /^(?:Parallel|Map)State(?:Succeeded|Failed|Aborted|TimedOut)$/;
const iterationEnds = /^MapIteration(?:Succeeded|Failed|Aborted)$/;

class BranchReader {
  readonly branches: Branch[] = [];
  private readonly counts = new Map<string, number>();
  private readonly root = this.begin(undefined, "", undefined);
  private readonly branchOf = new Map<unknown, Branch>([[0, this.root]]);
  private readonly eventOf = new Map<unknown, JsonObject>();

  read(event: JsonObject): void {
    const type = String(event["type"]);
    const branch = this.place(event, type);
    branch.events.push(event);
    if (starts.test(type)) branch.isOpen = true;
    else if (ends.test(type)) branch.isOpen = false;
    if (type.endsWith("StateEntered")) branch.entered.add(nameOf(event));
    this.branchOf.set(event["id"], branch);
    this.eventOf.set(event["id"], event);
  }

  private place(event: JsonObject, type: string): Branch {
    const previous = event["previousEventId"];
    const before = this.branchOf.get(previous) ?? this.root;
    const cause = this.eventOf.get(previous);
    const begins = String(cause?.["type"]);
    if (type.startsWith("Execution")) return this.root;
    if (type === "MapIterationStarted") {
      const map = outTo(before, entered(nameOf(event)));
      return this.begin(map, iterationOf(event), before === map ? cause : besideOf(before, map));
    }
    if (iterationEnds.test(type)) return outTo(before, ({ name }) => name === iterationOf(event));
    if (ends.test(type) || type.startsWith("MapRun")) return outTo(before, ({ isOpen }) => isOpen);
    // One that starts again links into the branch that failed.
    if (starts.test(type)) return enters.test(begins) ? before : outTo(before, ({ isOpen }) => isOpen);
    if (/^(?:Parallel|Map)StateExited$/.test(type)) return outTo(before, entered(nameOf(event)));
    return begins === "ParallelStateStarted" ? this.begin(before, nameOf(event), cause) : before;
  }

  /** The same branch may begin again, in another attempt: it is counted. */
  private begin(parent: Branch | undefined, name: string, startedBy: JsonObject | undefined): Branch {
    const path = parent === undefined ? name : `${parent.key}/${name}`;
    const count = (this.counts.get(path) ?? 0) + 1;
    this.counts.set(path, count);
    const key = `${path}#${count}`;
    const branch: Branch = { key, name, parent, startedBy, events: [], entered: new Set(), isOpen: false };
    this.branches.push(branch);
    return branch;
  }
}

function entered(name: string): (branch: Branch) => boolean {
  return (branch) => branch.entered.has(name);
}

/** The innermost branch around one that is wanted; the one itself where there is none. */
function outTo(from: Branch, isWanted: (branch: Branch) => boolean): Branch {
  for (let branch: Branch | undefined = from; branch !== undefined; branch = branch.parent) {
    if (isWanted(branch)) return branch;
  }
  return from;
}

/** What started the iteration that made room for another one. */
function besideOf(from: Branch, map: Branch): JsonObject | undefined {
  return outTo(from, ({ parent }) => parent === map).startedBy;
}

function iterationOf(event: JsonObject): string {
  const details = detailsOf(event);
  return `${String(details["name"])}[${String(details["index"])}]`;
}

/** The member of an event that its type adds. */
export function detailsOf(event: JsonObject): JsonObject {
  const [details] = Object.entries(event).flatMap(([key, member]) =>
    key.endsWith("EventDetails") && isObject(member) ? [member] : [],
  );
  return details ?? {};
}

export function nameOf(event: JsonObject): string {
  return String(detailsOf(event)["name"] ?? "");
}
