import { stateShapes } from "../language/fields.js";
import { isMembers, type Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** How the processor of a Map runs. */
export interface Mode {
  readonly isDistributed: boolean;
  /** Type of the executions in which its states run. */
  readonly type: "STANDARD" | "EXPRESS";
}

/** Reads the mode of a Map, and checks what hangs on it. */
export function checkMode(map: Members, place: Place, type: "STANDARD" | "EXPRESS", checker: Checker): Mode {
  const key = Object.hasOwn(map, "ItemProcessor") ? "ItemProcessor" : "Iterator";
  const processor = map[key];
  const config = isMembers(processor) ? processor["ProcessorConfig"] : undefined;
  const { Mode: mode, ExecutionType: executionType } = isMembers(config) ? config : {};
  const isDistributed = mode === "DISTRIBUTED";
  const at = { outer: { outer: place, key }, key: "ProcessorConfig" };
  if (isDistributed && executionType === undefined) {
    const hint = 'give "ExecutionType": "STANDARD" or "EXPRESS"';
    checker.refuse("These fields are required: [ExecutionType]", at, undefined, undefined, hint);
  }
  if (isDistributed && type === "EXPRESS") {
    checker.refuse(
      "Express state machine does not support distributed Map",
      at,
      "Mode",
      undefined,
      "use a STANDARD machine",
    );
  }
  // A word that is wrong is told already.
  if ((mode === undefined || mode === "INLINE") && !checker.isOpen(mode)) {
    for (const field of onlyDistributed) {
      if (!Object.hasOwn(map, field)) continue;
      const message = `${field} has no effect: the Map is not distributed`;
      checker.add("distributed_only", message, place, field);
    }
  }
  return { isDistributed, type: isDistributed && executionType === "EXPRESS" ? "EXPRESS" : type };
}

const onlyDistributed = Object.entries(stateShapes.Map.fields).flatMap(([name, { isDistributed }]) =>
  isDistributed === true ? [name] : [],
);

const labelLength = 40;

/** Checks the labels of distributed Maps, which stand in ARNs. */
export class Labels {
  private readonly seen = new Set<string>();

  check(label: unknown, map: Place | undefined, checker: Checker): undefined {
    if (typeof label !== "string" || checker.isOpen(label)) return;
    if (label.length === 0 || label.length > labelLength || forbidden.test(label)) {
      checker.add("INVALID_LABEL_NAME", `Invalid Label name: ${label}`, map, "Label");
    } else if (this.seen.has(label)) {
      checker.add("DUPLICATE_LABEL_NAME", `Duplicate Label name: ${label}`, map, "Label");
    } else this.seen.add(label);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: AWS names these control characters.
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;
