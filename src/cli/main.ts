#!/usr/bin/env node
import process from "node:process";
import { run } from "./run.js";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

process.exitCode = await run(process.argv.slice(2), {
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  environment: process.env,
  directory: process.cwd(),
  isTerminal: process.stdin.isTTY === true,
});
