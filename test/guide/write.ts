import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { filled, guideFile, picturesOf } from "./guide.js";

// Writes what docs/data-flow.md shows anew, from the sources beside this file: npm run guide

const guide = filled(readFileSync(guideFile, "utf8"));
writeFileSync(guideFile, guide);
for (const { file, svg } of picturesOf(guide)) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, svg);
}
