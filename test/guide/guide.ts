import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { tryCompile } from "../../src/compile/compile.js";
import { formatIssue } from "../../src/language/errors.js";
import type { Json } from "../../src/language/json.js";
import { draw } from "./draw.js";
import { type Flow, lambda } from "./flow.js";
import * as nested from "./nested-flows.js";
import * as plain from "./plain-flows.js";
import * as refused from "./refused-flows.js";
import { tell } from "./told-flow.js";

/** Where the guide stands. */
export const guideFile = fileURLToPath(new URL("../../docs/data-flow.md", import.meta.url));
const pictures = new URL("../../docs/pictures/", import.meta.url);

const flows: { readonly [name: string]: () => Flow } = { ...plain, ...nested };
const refusals: { readonly [name: string]: () => Flow } = { ...refused };

const sources = ["plain-flows.ts", "nested-flows.ts", "refused-flows.ts"]
  .map((name) => readFileSync(new URL(name, import.meta.url), "utf8"))
  .join("\n");

/** A place in the guide that is filled: `<!-- code straight -->` up to `<!-- end -->`. */
const place = /<!-- (code|asl|jsonata|picture|refused) (\w+) -->\n[\s\S]*?<!-- end -->/g;

/** The guide with everything that is cut out or made written anew. */
export function filled(guide: string): string {
  return guide.replace(place, (_, kind: string, name: string) => {
    return `<!-- ${kind} ${name} -->\n${blockOf(kind, name)}\n<!-- end -->`;
  });
}

/** The names that the guide fills in, by their kind. */
export function placesOf(guide: string): readonly { readonly kind: string; readonly name: string }[] {
  return [...guide.matchAll(place)].map(([, kind = "", name = ""]) => ({ kind, name }));
}

/** The names of everything that there is to show. */
export const names = [...Object.keys(flows), ...Object.keys(refusals)];

function blockOf(kind: string, name: string): string {
  switch (kind) {
    case "code":
      return fenced("ts", codeOf(name));
    case "picture":
      return `![${titleOf(name)}](pictures/${fileOf(name)})`;
    case "asl":
      return fenced("json", statesText(tell(flow(flows, name)).definition["States"] as Json));
    case "jsonata":
      return fenced("json", statesText(inJsonata(flow(flows, name))));
    default:
      return `${fenced("ts", codeOf(name))}\n\n${fenced("text", refusalOf(name))}`;
  }
}

/** The states of a flow in the other query language. */
function inJsonata({ definition }: Flow): Json {
  return tryCompile(definition, { queryLanguage: "JSONata" }).definition.States as unknown as Json;
}

/** What the compiler says to a flow. */
function refusalOf(name: string): string {
  const { issues } = tryCompile(flow(refusals, name).definition);
  if (issues.length === 0) throw new Error(`the compiler takes ${name}`);
  return issues.map(formatIssue).join("\n");
}

/** What stands between the marks of a name in the sources. */
function codeOf(name: string): string {
  const [, code] = new RegExp(`^  // <${name}>\n([\\s\\S]*?)^  // </${name}>$`, "m").exec(sources) ?? [];
  if (code === undefined) throw new Error(`no code is marked ${name}`);
  return code.replace(/^ {2}/gm, "").trimEnd();
}

function flow(all: { readonly [name: string]: () => Flow }, name: string): Flow {
  const make = all[name];
  if (make === undefined) throw new Error(`there is no flow ${name}`);
  return make();
}

/** The file of each picture of the guide with its text. */
export function picturesOf(guide: string): readonly { readonly file: string; readonly svg: string }[] {
  return placesOf(guide)
    .filter(({ kind }) => kind === "picture")
    .map(({ name }) => ({
      file: fileURLToPath(new URL(fileOf(name), pictures)),
      svg: draw(titleOf(name), tell(flow(flows, name))),
    }));
}

function fileOf(name: string): string {
  return `data-flow-${wordsOf(name).join("-")}.svg`;
}

function titleOf(name: string): string {
  return `Data flow: ${wordsOf(name).join(" ")}`;
}

function wordsOf(name: string): readonly string[] {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(" ");
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** States as members, one a line where they fit into it; of a function's ARN, the name. */
function statesText(states: Json): string {
  const text = JSON.stringify(states).replaceAll(lambda(""), "…:");
  return printed(JSON.parse(text) as Json, 0)
    .split("\n")
    .slice(1, -1)
    .join("\n")
    .replace(/^ {2}/gm, "");
}

function printed(value: Json, depth: number): string {
  const short = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  if (typeof value !== "object" || value === null || (depth > 0 && short.length + depth * 2 <= 120)) return short;
  const pad = "  ".repeat(depth + 1);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const members = Array.isArray(value)
    ? value.map((item) => printed(item, depth + 1))
    : Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${printed(member, depth + 1)}`);
  return `${open}\n${members.map((member) => pad + member).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}
