import { createHash } from "node:crypto";
import type { Json } from "../../language/json.js";
import { nestsTooDeep } from "../data.js";
import type { Scope } from "../paths/scope.js";
import { objectAt, Refusal, textAt, tooMuch } from "./argument.js";

type Evaluated = Json | Refusal;
type Arguments = readonly Json[];

/** Characters that the functions for Base64 and hashes take. */
const longest = 10_000;

function short(text: string): string | Refusal {
  return text.length <= longest
    ? text
    : new Refusal(`the text has ${text.length} characters, which is more than ${longest}`);
}

/** A text of blanks alone is `null`, as on AWS. */
export function stringToJson(args: Arguments): Evaluated {
  const text = textAt(args, 0);
  if (text instanceof Refusal) return text;
  if (text.trim() === "") return null;
  if (nestsTooDeep(text)) return new Refusal("the JSON nests too deep");
  try {
    const value = JSON.parse(text) as Json;
    return Object.is(value, -0) ? 0 : value;
  } catch {
    return new Refusal(`the text is not JSON: ${JSON.stringify(text.slice(0, 80))}`);
  }
}

/** Without blanks. */
export function jsonToString(args: Arguments): Evaluated {
  return JSON.stringify(args[0] ?? null);
}

/** Units of work that a member takes which is copied. */
const perMember = 4;

/** Members of the second object win. AWS merges the first level only. */
export function jsonMerge(args: Arguments, { budget }: Scope): Evaluated {
  const left = objectAt(args, 0);
  const right = objectAt(args, 1);
  if (left instanceof Refusal) return left;
  if (right instanceof Refusal) return right;
  if (isTrue(args[2])) return new Refusal("the third argument must be false: deep merging is not supported");
  const isWithin = !budget.isSpent && budget.spend(perMember * (Object.keys(left).length + Object.keys(right).length));
  return isWithin ? { ...left, ...right } : tooMuch;
}

/** As AWS reads a boolean out of any value. */
function isTrue(value: Json | undefined): boolean {
  return typeof value === "number" ? value !== 0 : value === true || value === "true";
}

/** Of the UTF-8 bytes. */
export function base64Encode(args: Arguments): Evaluated {
  const text = textAt(args, 0);
  if (text instanceof Refusal) return text;
  const checked = short(text);
  return checked instanceof Refusal ? checked : Buffer.from(checked, "utf8").toString("base64");
}

/** Of UTF-8 bytes. As AWS does, it passes over what is no Base64 and ends at the first `=`. */
export function base64Decode(args: Arguments): Evaluated {
  const text = textAt(args, 0);
  if (text instanceof Refusal) return text;
  const checked = short(text);
  if (checked instanceof Refusal) return checked;
  const [digits = ""] = checked.split("=", 1);
  return Buffer.from(digits.replace(/[^A-Za-z0-9+/_-]/g, ""), "base64").toString("utf8");
}

const algorithms: { readonly [name: string]: string } = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/** In lower-case hexadecimal digits; data that is no text is hashed as JSON. */
export function hash(args: Arguments): Evaluated {
  const name = textAt(args, 1);
  if (name instanceof Refusal) return name;
  const algorithm = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
  if (algorithm === undefined) {
    return new Refusal(
      `the algorithm must be one of ${Object.keys(algorithms).join(", ")}, got ${JSON.stringify(name)}`,
    );
  }
  const data = args[0] ?? null;
  const checked = short(typeof data === "string" ? data : JSON.stringify(data));
  return checked instanceof Refusal ? checked : createHash(algorithm).update(checked).digest("hex");
}

/** Every character of the second text splits; empty pieces are dropped. */
export function stringSplit(args: Arguments): Evaluated {
  const text = textAt(args, 0);
  const splitters = textAt(args, 1);
  if (text instanceof Refusal) return text;
  if (splitters instanceof Refusal) return splitters;
  const at = new Set(splitters);
  const pieces: string[] = [];
  let piece = "";
  for (const character of text) {
    if (!at.has(character)) {
      piece += character;
      continue;
    }
    if (piece !== "") pieces.push(piece);
    piece = "";
  }
  return piece === "" ? pieces : [...pieces, piece];
}
