import { deepestFilter } from "../../expression/path-syntax.js";
import { TextReader } from "../../expression/text-reader.js";
import { type Json, setOwn } from "../../language/json.js";

const spaces = /\s*/y;
const bareWord = /[^\s,:'"[\]{}]+/y;
const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads a list or an object of a filter, as Jayway does: also with single quotes and words without quotes. `undefined` for anything else. */
export function readLiteral(text: string): Json | undefined {
  return new LiteralReader(text).read();
}

class LiteralReader extends TextReader {
  private depth = 0;

  read(): Json | undefined {
    const value = this.value();
    this.match(spaces);
    return this.position === this.text.length ? value : undefined;
  }

  private value(): Json | undefined {
    if (++this.depth > deepestFilter) return undefined;
    this.match(spaces);
    const value = this.take("[") ? this.list() : this.take("{") ? this.object() : this.scalar();
    this.match(spaces);
    this.depth--;
    return value;
  }

  private list(): Json | undefined {
    const items: Json[] = [];
    this.match(spaces);
    if (this.take("]")) return items;
    do {
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.take(","));
    return this.take("]") ? items : undefined;
  }

  private object(): Json | undefined {
    const members: Record<string, Json> = {};
    this.match(spaces);
    if (this.take("}")) return members;
    do {
      this.match(spaces);
      const key = this.quoted() ?? this.match(bareWord);
      this.match(spaces);
      const member = key !== undefined && this.take(":") ? this.value() : undefined;
      if (key === undefined || member === undefined) return undefined;
      setOwn(members, key, member);
    } while (this.take(","));
    return this.take("}") ? members : undefined;
  }

  private scalar(): Json | undefined {
    const quoted = this.quoted();
    if (quoted !== undefined) return quoted;
    const word = this.match(bareWord);
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    return word !== undefined && number.test(word) ? Number(word) : word;
  }

  private quoted(): string | undefined {
    const quote = this.text[this.position];
    if (quote !== "'" && quote !== '"') return undefined;
    let value = "";
    for (let at = this.position + 1; at < this.text.length; at++) {
      const character = this.text[at] ?? "";
      if (character === quote) {
        this.position = at + 1;
        return value;
      }
      value += character === "\\" ? (this.text[++at] ?? "") : character;
    }
    return undefined;
  }
}
