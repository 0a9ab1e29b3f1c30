#!/usr/bin/env node
import process from "node:process";
import type { Io } from "./io.js";
import { run } from "./run.js";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const io: Io = {
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  willEndWith: (code) => {
    process.exitCode = code;
  },
  environment: process.env,
  directory: process.cwd(),
  input: process.stdin,
  isTerminal: process.stdin.isTTY === true,
  errorsAreSeen: process.stderr.isTTY === true,
};

// A reader such as `head` may have had enough. What is not finished by then has not succeeded.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 1);
  throw error;
});

run(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
