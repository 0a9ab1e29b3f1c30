/** Longest name of a file or folder that common file systems take, less room for a suffix. */
const longestName = 200;

/** Stands for an empty segment: `a//b`, `a/`. No escape looks like it, because `_` is no hexadecimal digit. */
const emptySegment = "%_";
/** Ends a folder's name when the segment goes on in the folder below. */
const goesOn = "%+";
/** Ends the name of an object's file when a folder has its plain name: `a` beside `a/b`. */
export const besideFolder = "%o";

// biome-ignore lint/suspicious/noControlCharactersInRegex: file systems refuse these control characters.
const troublesome = /[%\\:*?"<>|\u0000-\u001f\u007f]/g;
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * Path of an object below its bucket's folder, `/` between the names. Ordinary keys are ordinary paths; segments that a
 * file system refuses or takes for something else (`..`, empty, too long, `a:b`) are escaped with `%`. Keys that differ in
 * case only are one file where the file system does not tell case apart.
 *
 * @example
 * keyPath("data/2024.csv"); // data/2024.csv
 * keyPath("../a//b?");      // %2E%2E/a/%_/b%3F
 */
export function keyPath(key: string): string {
  return key.split("/").map(segmentPath).join("/");
}

/** The key whose {@link keyPath} is `path`; `undefined` when no key has it. */
export function pathKey(path: string): string | undefined {
  let key = "";
  const names = path.split("/");
  for (const [index, name] of names.entries()) {
    const continued = name.endsWith(goesOn);
    key += unescaped(continued ? name.slice(0, -goesOn.length) : name);
    if (!continued && index < names.length - 1) key += "/";
  }
  return keyPath(key) === path ? key : undefined;
}

function segmentPath(segment: string): string {
  if (segment === "") return emptySegment;
  if (segment === "." || segment === "..") return segment.replaceAll(".", "%2E");
  let escaped = segment.replace(troublesome, escapeCharacter).replace(/[. ]$/, escapeCharacter);
  if (reserved.test(segment)) escaped = escapeCharacter(segment.charAt(0)) + escaped.slice(1);
  return folded(escaped);
}

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

function unescaped(name: string): string {
  if (name === emptySegment) return "";
  return name.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Folds a name that is too long into folders: `<first part>%+/<rest>`. */
function folded(name: string): string {
  if (Buffer.byteLength(name) <= longestName) return name;
  const parts: string[] = [];
  let part = "";
  let size = 0;
  for (const piece of name.match(/%[0-9A-F]{2}|./gsu) ?? []) {
    const bytes = Buffer.byteLength(piece);
    if (size + bytes > longestName) {
      parts.push(part + goesOn);
      part = "";
      size = 0;
    }
    part += piece;
    size += bytes;
  }
  return [...parts, part].join("/");
}

/** Orders keys as S3 lists them: by their UTF-8 bytes. */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = utf8Rank(left.charCodeAt(index)) - utf8Rank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Puts surrogates (code points from U+10000) after all other UTF-16 units, as UTF-8 does. */
function utf8Rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}
