import { Buffer } from "node:buffer";
import { findText } from "../../find-text.js";
import { jsonText } from "../json-text.js";
import { InternalError, QueryError } from "../query-error.js";
import type { Value } from "../value.js";
import { defineOver, type Functions } from "./define.js";

/** What a character takes that is looked at by itself, and one that is written in another way. */
const unitsOfCharacter = 1;
const unitsOfCode = 8;

/** What a character takes that may be a blank too many. */
const unitsOfTrimmed = 4;

/** What it takes to change the case of a character; one outside of Latin-1 may become several. */
const unitsOfCase = 0.5;
const unitsOfOddCase = 4;

/** Texts. Their characters are those of Unicode, not code units. */
export const textFunctions: Functions = {
  string: defineOver<Value>(
    "<x-b?:s>",
    (value, args, evaluation) => {
      const text = jsonText(value, evaluation, args[1] === true);
      evaluation.spendText(text.length);
      return text;
    },
    1,
  ),
  length: ofText("<s-:n>", (text) => countCharacters(text), unitsOfCharacter),
  substring: ofText("<s-nn?:s>", substring, unitsOfCharacter),
  substringBefore: atMark((text, at) => text.slice(0, at)),
  substringAfter: atMark((text, at, mark) => text.slice(at + mark.length)),
  lowercase: inCase((text) => text.toLowerCase()),
  uppercase: inCase((text) => text.toUpperCase()),
  trim: ofText("<s-:s>", (text) => text.replace(/[ \t\n\r]{2,}|[\t\n\r]/g, " ").replace(/^ | $/g, ""), unitsOfTrimmed),
  pad: defineOver<string>("<s-ns?:s>", (text, [, width, filler], evaluation) => {
    evaluation.spend(text.length * unitsOfCharacter);
    const characters = Math.trunc(width as number);
    const missing = Math.abs(characters) - countCharacters(text);
    if (!(missing > 0)) return text;
    const unit = filler === undefined || filler === "" ? " " : String(filler);
    evaluation.spendText(text.length + missing * 2);
    const padding = unit.length === 1 ? unit.repeat(missing) : padOf(unit, missing);
    return characters > 0 ? text + padding : padding + text;
  }),
  join: defineOver<readonly string[]>("<a<s>s?:s>", (texts, [, separator], evaluation) => {
    const between = separator === undefined ? "" : String(separator);
    evaluation.spend(texts.length);
    let length = between.length * Math.max(0, texts.length - 1);
    for (const text of texts) length += text.length;
    evaluation.spendText(length);
    return texts.join(between);
  }),
  base64encode: ofText("<s-:s>", (text) => Buffer.from(text, "latin1").toString("base64"), unitsOfCharacter),
  base64decode: ofText(
    "<s-:s>",
    (text) => {
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new InternalError();
      return Buffer.from(text, "base64").toString("latin1");
    },
    unitsOfCharacter,
  ),
  encodeUrlComponent: url("encodeUrlComponent", encodeURIComponent),
  encodeUrl: url("encodeUrl", encodeURI),
  decodeUrlComponent: url("decodeUrlComponent", decodeURIComponent),
  decodeUrl: url("decodeUrl", decodeURI),
};

/** A function of a text. */
function ofText(
  definition: string,
  implement: (text: string, args: readonly Value[]) => Value,
  units = 0,
): Functions[string] {
  return defineOver<string>(definition, (text, args, evaluation) => {
    evaluation.spendText(text.length);
    evaluation.spend(text.length * units);
    return implement(text, args);
  });
}

function inCase(change: (text: string) => string): Functions[string] {
  return defineOver<string>("<s-:s>", (text, _args, evaluation) => {
    evaluation.spend(text.length * (/[^\0-\xff]/.test(text) ? unitsOfOddCase : unitsOfCase));
    const changed = change(text);
    evaluation.spendText(changed.length);
    return changed;
  });
}

/** A function of a text that looks for another one; without that, the text stays as it is. */
function atMark(cut: (text: string, at: number, mark: string) => string): Functions[string] {
  return defineOver<string>("<s-s:s>", (text, [, second], evaluation) => {
    const mark = String(second);
    evaluation.spendSearch(text.length, mark.length);
    const at = findText(text, mark);
    return at < 0 ? text : cut(text, at, mark);
  });
}

function url(functionName: string, code: (text: string) => string): Functions[string] {
  return ofText(
    "<s-:s>",
    (text) => {
      try {
        return code(text);
      } catch {
        throw new QueryError("D3140", { value: text, functionName });
      }
    },
    unitsOfCode,
  );
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function substring(text: string, args: readonly Value[]): string {
  const [, from, length] = args as readonly [Value, number, number | undefined];
  const characters = [...text];
  const start = characters.length + from < 0 ? 0 : from;
  if (length === undefined) return characters.slice(start).join("");
  if (length <= 0) return "";
  const end = start >= 0 ? start + length : characters.length + start + length;
  return characters.slice(start, end).join("");
}

/** As many characters of a text, written again and again, as are asked for. */
function padOf(unit: string, count: number): string {
  const characters = [...unit];
  const times = Math.floor(count / characters.length);
  return unit.repeat(times) + characters.slice(0, count - times * characters.length).join("");
}
