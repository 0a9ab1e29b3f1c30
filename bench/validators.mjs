// One validator in a process of its own, so that neither its memory nor its start counts: `validators.mjs <name> <file> <seconds>`
// prints the milliseconds from the text to the verdict, in the middle and at best. Plain JavaScript: what a loader does to code is not measured.
import { readFileSync } from "node:fs";

const [, , name = "", file = "", seconds = "1"] = process.argv;
const text = readFileSync(file, "utf8");

/** The least that can be done: parse, and touch every value. */
function floor(definition) {
  let count = 0;
  const open = [JSON.parse(definition)];
  while (open.length > 0) {
    const value = open.pop();
    count++;
    if (typeof value === "object" && value !== null) for (const key in value) open.push(value[key]);
  }
  return count > 0;
}

/** Each gives whether the text is valid. */
const validators = {
  floor: () => floor,
  async ours() {
    const { validate } = await import(new URL("../dist/index.js", import.meta.url).href);
    // A text over 16 Mi characters is not read, and one over 1 MiB is refused for that alone.
    const given = text.length > 2 ** 20 ? JSON.parse : (definition) => definition;
    return (definition) => validate(given(definition)).every(({ severity }) => severity === "warning");
  },
  async "asl-validator"() {
    const { default: check } = await import("asl-validator");
    return (definition) => check(JSON.parse(definition)).isValid;
  },
  async "amazon-states-language-service"() {
    const { default: service } = await import("amazon-states-language-service");
    const { TextDocument, getLanguageService } = service;
    const checker = getLanguageService({});
    return async (definition) => {
      const document = TextDocument.create("file:///machine.asl.json", "asl", 1, definition);
      const found = await checker.doValidation(document, checker.parseJSONDocument(document));
      return found.every(({ severity }) => severity !== 1);
    };
  },
  async "@wmfs/statelint"() {
    const { default: statelint } = await import("@wmfs/statelint");
    const checker = statelint();
    return (definition) => checker.validate(JSON.parse(definition)).length === 0;
  },
};

const check = await validators[name]();
const isValid = await check(text);
const taken = [];
const end = performance.now() + Number(seconds) * 1000;
// The first half warms up.
do {
  const start = performance.now();
  await check(text);
  taken.push(performance.now() - start);
} while (performance.now() < end || taken.length < 3);
const counted = taken.slice(Math.floor(taken.length / 2)).sort((left, right) => left - right);
const [best] = counted;
process.stdout.write(JSON.stringify({ isValid, milliseconds: counted[Math.floor(counted.length / 2)], best }));
