import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import type { LogEvent } from "../../services/tail-logs.js";

/** How lines of a log become text. */
export interface LogTextOptions {
  /** Whether each instance has a colour; default: standard output is a terminal and `NO_COLOR` is not set. */
  readonly color?: boolean;
  /** Whether the instance stands before each line; default false. */
  readonly instances?: boolean;
}

/** Whether standard output shows colours. */
function showsColor(): boolean {
  return pc.isColorSupported && (process.stdout.isTTY === true || Boolean(process.env["FORCE_COLOR"]));
}

const palette = ["cyan", "green", "yellow", "magenta", "blue", "red"] as const;

/**
 * A line of a log for a terminal: in the colour of its instance, without signs that would steer the terminal.
 * Of a line that a progress bar has written over, what stood there last is left.
 *
 * @example
 * logText({ stream: "job-1/algo-2-1642779000", timestamp: 0, message: "done" }, { instances: true }); // algo-2 | done
 */
export function logText({ stream, message }: LogEvent, options: LogTextOptions = {}): string {
  const instance = instanceOf(stream);
  const text = options.instances === true ? `${instance} | ${printable(message)}` : printable(message);
  const { color = showsColor() } = options;
  const number = Number(/\d+$/.exec(instance)?.[0] ?? 1);
  const hue = palette[(number - 1) % palette.length] ?? "cyan";
  return color ? pc.createColors(true)[hue](text) : text;
}

/** `algo-1` of `job/algo-1-1642779000`. */
function instanceOf(stream: string): string {
  return stream.slice(stream.lastIndexOf("/") + 1).replace(/-\d+$/, "");
}

function printable(message: string): string {
  const last = stripVTControlCharacters(message).split("\r").filter(Boolean).at(-1) ?? "";
  return last.replace(/\p{Cc}/gu, (sign) => (sign === "\t" ? sign : ""));
}
