import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A finished program: what it printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What has been printed so far, on both streams. */
  seen(): string;
  /** Resolves when the text has been printed, on whichever stream; rejects when the program ends before. */
  printed(text: string | RegExp): Promise<void>;
}

/** Variables of this process without those that speak of AWS. */
export function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !name.startsWith("AWS_"),
  );
  return {
    ...(Object.fromEntries(entries) as Record<string, string>),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nowhere/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    NO_COLOR: "1",
  };
}

/** Starts a program in the checkout, or in `directory`. */
export function start(
  file: string,
  args: readonly string[],
  options: { readonly environment?: Record<string, string>; readonly directory?: string } = {},
): Running {
  const env = { ...cleanEnvironment(), ...options.environment };
  const child = spawn(file, args, { cwd: options.directory ?? root, env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  const watchers = new Set<() => void>();
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
    for (const watch of watchers) watch();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString("utf8");
    for (const watch of watchers) watch();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, out, err }));
  });
  return {
    child,
    ended,
    seen: () => out + err,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (typeof text === "string" ? (out + err).includes(text) : text.test(out + err)) {
            watchers.delete(watch);
            resolve();
          }
        };
        watchers.add(watch);
        watch();
        ended.then(
          ({ code }) => reject(new Error(`ended with ${code} before it printed ${text}:\n${out}${err}`)),
          reject,
        );
      }),
  };
}

/** Runs a program to its end. */
export function runToEnd(...args: Parameters<typeof start>): Promise<Ended> {
  return start(...args).ended;
}

/** `sfn-ds`, as it is built. */
export function sfnDs(args: readonly string[], options: Parameters<typeof start>[2] = {}): Running {
  return start(process.execPath, [join(root, "dist/cli/main.js"), ...args], options);
}

/** The command of `npm run quickstart`, on a data folder of its own. */
export function quickstart(data: string, environment: Record<string, string> = {}): Running {
  const program = ["node", "--import", "tsx", "examples/one-step-processing/workflow.ts"];
  return sfnDs(["local", "--data", data, "--", ...program], { environment });
}

/** A new folder under the system's temporary one. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "sfn-ds-test-"));
}
