import { callOfArguments } from "../expression/call.js";
import { described } from "../expression/described.js";
import { States } from "../expression/intrinsics.js";
import type { Ref } from "../expression/placeholder.js";
import type { Argument } from "../expression/tree.js";
import { type Issue, issue, shown } from "../language/errors.js";
import { formatText } from "./request/format-text.js";
import { legalBase } from "./request/job-name.js";

/** Options of {@link uniqueName}. */
export interface UniqueNameOptions {
  /**
   * Characters of the longest name, 32 or more; default 63, as jobs, models and endpoints may have. From 48 on the name is the same wherever the
   * state evaluates it; shorter ones are random, as a hash cannot be cut in JSONPath: each evaluation gives another one.
   */
  readonly maxLength?: number;
}

const jobNameLength = 63;
/** Tuning jobs have the shortest names. */
const shortest = 32;
/** A base that is shorter than this tells too little: then the name is random, which takes less room. */
const shortestBase = 9;
/** Of MD5, in hexadecimal digits. */
const hashLength = 32;
/** An execution has at most 25,000 events, so a state in it is never tried 100,000 times. */
const retryLength = 5;
/** Digits of a UUID that are taken: 64 random bits. */
const randomLength = 16;
const fallback = "job";

/**
 * A name that nothing else has: another one in each execution, at each visit of the state, in each iteration of the Maps around it, and at each retry.
 *
 * It is `{base}-{hash}-{retries}`: the hash is over the execution's ARN, the state's name, the time when it was entered, the indices of inline
 * Maps and the number of redrives. So it is the same wherever the state evaluates it, and can stand in the name of a job and in the URI of its output.
 *
 * @param base - What the name begins with. What names may not hold becomes a hyphen; cut to what is left of `maxLength`, 24 characters by default.
 * @throws {@link DefinitionError} at `compile()`: `invalid_argument`; `unreachable_reference` in a Map within a Map, where no state can carry the index of
 * the outer one to the inner one.
 * @example
 * new ProcessingStep("Preprocess", { processor, code, jobName: uniqueName("preprocess") });
 * // "ProcessingJobName.$": "States.Format('preprocess-{}-{}', States.Hash(States.Format('{} {} {}  {}', $$.Execution.Id, …), 'MD5'), $$.State.RetryCount)"
 * // preprocess-0cc175b9c0f1b6a831c399e269772661-0
 */
export function uniqueName(base: string, options: UniqueNameOptions = {}): Ref<string> {
  const problems: Issue[] = [];
  const length = readLength(options, problems);
  if (typeof base !== "string") problems.push(wrong(`uniqueName() takes a text, got ${described(base)}`));
  const start = typeof base === "string" ? base : fallback;
  const room = length - hashLength - retryLength - 2;
  if (problems.length === 0 && room < shortestBase) return randomName(start, length);
  const id: Argument = { kind: "visit", part: "id" };
  const algorithm: Argument = { kind: "literal", value: "MD5" };
  const hash: Argument = { kind: "call", name: "States.Hash", arguments: [id, algorithm] };
  const template: Argument = { kind: "format", pieces: [`${legalBase(start, room, fallback)}-`, "-", ""] };
  return callOfArguments("States.Format", [template, hash, { kind: "visit", part: "retry" }], problems);
}

/** The pieces of a UUID have known lengths; the fifth and the second hold nothing but random digits. */
function randomName(base: string, length: number): Ref<string> {
  const piece = (index: number): Ref<string> => States.arrayGetItem(States.stringSplit(States.uuid(), "-"), index);
  const start = legalBase(base, length - randomLength - 1, fallback);
  return formatText([`${start}-`, piece(4), piece(1)]);
}

function readLength(options: unknown, problems: Issue[]): number {
  if (typeof options !== "object" || options === null || Object.keys(options).some((name) => name !== "maxLength")) {
    problems.push(wrong(`uniqueName() takes { maxLength }, got ${described(options)}`));
    return jobNameLength;
  }
  const { maxLength = jobNameLength } = options as { readonly maxLength?: unknown };
  if (Number.isSafeInteger(maxLength) && Number(maxLength) >= shortest) return Number(maxLength);
  problems.push(wrong(`maxLength: expected a whole number of ${shortest} or more, got ${shown(maxLength)}`));
  return jobNameLength;
}

function wrong(message: string): Issue {
  return issue("invalid_argument", [], message);
}
