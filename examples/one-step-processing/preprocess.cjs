// The same as preprocess.py, for machines without python3: counts the words of each message
// and writes the messages as JSON lines, longest first.
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

// The local runner tells where /opt/ml is when it cannot be at its own place.
const root = process.env.SFN_DS_ML_ROOT ?? "/opt/ml";
const source = join(root, "processing/input");
const target = join(root, "processing/output/processed");

const messages = [];
for (const name of readdirSync(source, { recursive: true }).map(String).sort()) {
  if (!name.endsWith(".txt")) continue;
  for (const line of readFileSync(join(source, name), "utf8").split(/\r?\n/)) {
    const words = line.split(/\s+/).filter((word) => word !== "");
    const text = words.join(" ").toLowerCase();
    if (words.length > 0) messages.push({ text: text.charAt(0).toUpperCase() + text.slice(1), words: words.length });
  }
  console.log(`read ${name}`);
}
if (messages.length === 0) {
  console.error(`expected messages in .txt files below ${source}, found none`);
  process.exit(1);
}

messages.sort((left, right) => right.words - left.words || (left.text < right.text ? -1 : 1));
mkdirSync(target, { recursive: true });
const lines = messages.map(({ text, words }) => `{"text": ${JSON.stringify(text)}, "words": ${words}}\n`);
writeFileSync(join(target, "messages.jsonl"), lines.join(""));
const count = messages.reduce((sum, { words }) => sum + words, 0);
console.log(`wrote ${messages.length} messages, ${count} words`);
