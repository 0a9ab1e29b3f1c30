import { camelCase } from "../conformance/python-sdk/cases.js";
import type { Entry } from "./public-names.js";

/** What stands here for an option or a method of Python: `true` for its name in camelCase, another name, or words in Markdown. */
export type Member =
  | true
  | string
  | { readonly say: string }
  /** A name that nothing has yet; the test fails when something has it, so that the mark is taken away. */
  | { readonly planned: string };

export type Members = Readonly<Record<string, Member>>;

/** A class or function of Python. */
export interface Thing {
  readonly python: string;
  /** What is written here, in Markdown. */
  readonly here: string;
  /** What has the options and methods: an export of an entry point, or a method of it. */
  readonly at?: readonly [entry: Entry, name: string, method?: string];
  /** The export is not there yet; the test fails when it is, so that the mark is taken away. */
  readonly planned?: true;
  readonly options?: Members;
  readonly methods?: Members;
}

export interface Section {
  readonly title: string;
  /** What is to be said before the table, in Markdown. */
  readonly text?: string;
  readonly things: readonly Thing[];
}

/** Options that have the same names here, in camelCase. */
export function same<Name extends string>(...names: readonly Name[]): Record<Name, true> {
  return Object.fromEntries(names.map((name) => [name, true])) as Record<Name, true>;
}

/** The name that a member has here; `undefined` where there are words alone. */
export function nameOf(python: string, member: Member): string | undefined {
  if (member === true) return camelCase(python);
  if (typeof member === "string") return member;
  return "planned" in member ? member.planned : undefined;
}

export function isPlanned(member: Member): boolean {
  return typeof member === "object" && "planned" in member;
}
