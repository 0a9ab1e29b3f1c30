import { setOwn } from "../../language/json.js";
import { Failure } from "../failure.js";
import { hashOfText, hashOrder } from "../hash-order.js";
import { itemReaderFailed } from "./reader-failure.js";

/** Where a scan of a text delimited file stands. */
interface Scan {
  readonly text: string;
  readonly delimiter: number;
  /** Index of the next character. */
  at: number;
  /** Where to stop: the end of the text, or of the longest row. */
  end: number;
}

const quote = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;

/** Bytes of a header row that AWS takes. */
const headerBytes = 10 * 1024;

/** Bytes of one row that AWS reads. */
const rowBytes = 8 * 1024 * 1024;

/** Fields of all rows that are held at most, with the empty ones. Ours: a row of a few bytes may have thousands of columns. */
const mostCells = 16_000_000;

/** Fields that are read at once: some milliseconds of work. */
const cellsPerPart = 50_000;

/** Characters of objects that are read at once: some milliseconds of work. */
export const charactersPerPart = 500_000;

/** A row as an object of texts. */
export type CsvRow = Record<string, string>;

/**
 * Opens a text delimited file. The function that it gives reads the next rows, none at the end, and not more than some milliseconds take. A row too short gets empty texts, what
 * a row has too many is dropped.
 *
 * @param headers - the names of the columns; `undefined` where the first row has them
 */
export function openCsv(
  text: string,
  delimiter: string,
  headers: readonly string[] | undefined,
): ((most: number) => readonly CsvRow[] | Failure) | Failure {
  const scan: Scan = { text, delimiter: delimiter.charCodeAt(0), at: 0, end: text.length };
  const names = headers ?? headerRow(scan);
  if (names instanceof Failure) return names;
  if (new Set(names).size < names.length) return itemReaderFailed("CSV headers cannot contain duplicates.");
  const columns = hashOrder(names.map(hashOfText)).map((place) => ({ place, name: names[place] ?? "" }));
  const fields: string[] = [];
  let read = 0;
  return (most) => {
    const rows: CsvRow[] = [];
    const stop = Math.min(text.length, scan.at + charactersPerPart);
    const mostRows = Math.min(most, Math.ceil(cellsPerPart / Math.max(names.length, 1)));
    while (scan.at < stop && rows.length < mostRows) {
      const start = scan.at;
      scan.end = Math.min(text.length, start + rowBytes + 1);
      const problem = readRow(scan, fields);
      if (scan.at - start > rowBytes) return tooLong(read + 1);
      if (problem !== undefined) return problem;
      rows.push(toObject(columns, fields));
      if (++read * Math.max(names.length, 1) > mostCells) return tooManyCells();
    }
    return rows;
  };
}

function headerRow(scan: Scan): readonly string[] | Failure {
  if (scan.text === "") return [];
  const names: string[] = [];
  scan.end = Math.min(scan.text.length, headerBytes + 1);
  const problem = readRow(scan, names);
  if (problem !== undefined && scan.at <= headerBytes) return problem;
  if (scan.at > headerBytes) return itemReaderFailed("The header of the CSV file exceeds the limit of 10 KiB.");
  return names;
}

function tooLong(row: number): Failure {
  return itemReaderFailed(`Row ${row} of the CSV file exceeds the limit of 8 MB.`);
}

function tooManyCells(): Failure {
  return itemReaderFailed(`The embedded service reads CSV files of up to ${mostCells} fields.`);
}

/** A column of a file: where it stands there, and its name. */
interface Column {
  readonly place: number;
  readonly name: string;
}

function toObject(columns: readonly Column[], fields: readonly string[]): CsvRow {
  const row: CsvRow = {};
  for (const { place, name } of columns) setOwn(row, name, fields[place] ?? "");
  return row;
}

/** Reads one row into `fields` and goes to the start of the next. */
function readRow(scan: Scan, fields: string[]): Failure | undefined {
  fields.length = 0;
  for (;;) {
    const field = plainField(scan) ?? wholeField(scan) ?? escapedField(scan);
    if (field instanceof Failure) return field;
    fields.push(field);
    if (scan.text.charCodeAt(scan.at) !== scan.delimiter) break;
    scan.at++;
  }
  if (scan.text.charCodeAt(scan.at) === carriageReturn) scan.at++;
  if (scan.text.charCodeAt(scan.at) === lineFeed) scan.at++;
  return undefined;
}

/** A field without quotes and backslashes; `undefined`, with nothing read, where it has some. */
function plainField(scan: Scan): string | undefined {
  const { text, delimiter } = scan;
  let end = scan.at;
  for (; end < scan.end; end++) {
    const code = text.charCodeAt(end);
    if (code === delimiter || code === lineFeed || code === carriageReturn) break;
    if (code === quote || code === backslash) return undefined;
  }
  const field = text.slice(scan.at, end);
  scan.at = end;
  return field;
}

/** A field that is one quoted text without quotes and backslashes inside; `undefined`, with nothing read, where it is not. */
function wholeField(scan: Scan): string | undefined {
  const { text, at } = scan;
  if (text.charCodeAt(at) !== quote) return undefined;
  let end = at + 1;
  for (; end < scan.end && text.charCodeAt(end) !== quote; end++) {
    if (text.charCodeAt(end) === backslash) return undefined;
  }
  if (end >= scan.end || !endsField(scan, end + 1)) return undefined;
  scan.at = end + 1;
  return text.slice(at + 1, end);
}

/** What is read of a field with quotes or backslashes. */
interface Field {
  /** Joined once, so that a long field is not copied again for each of its quotes. */
  readonly pieces: string[];
  /** Start of what is not in `pieces` yet. */
  from: number;
  quoted: boolean;
  /** Nothing but blanks so far. */
  isBlank: boolean;
}

/**
 * A field by the rules that AWS gives: quotes may stand around a field with delimiters and newlines; two quotes are one, within quotes or
 * after other text; a backslash keeps a backslash, a quote or the delimiter, and is dropped before all else.
 */
function escapedField(scan: Scan): string | Failure {
  const { text } = scan;
  const field: Field = { pieces: [], from: scan.at, quoted: false, isBlank: true };
  for (; scan.at < scan.end; scan.at++) {
    const code = text.charCodeAt(scan.at);
    if (code === quote) takeQuote(scan, field);
    else if (code === backslash) takeBackslash(scan, field);
    else if (!field.quoted && endsField(scan, scan.at)) break;
    else if (code !== space && code !== tab) field.isBlank = false;
  }
  if (field.quoted) return itemReaderFailed("The CSV file ends within a quoted field.");
  field.pieces.push(text.slice(field.from, scan.at));
  return field.pieces.join("");
}

/** Only a quote in front of all else opens: one in plain text, as in `5" pipe`, is text, and must not swallow the rows that follow. */
function takeQuote(scan: Scan, field: Field): void {
  if (field.isBlank) {
    field.quoted = true;
    field.isBlank = false;
  } else {
    const isPair = scan.text.charCodeAt(scan.at + 1) === quote;
    if (isPair) scan.at++;
    // A quote with text behind it closes, and is kept.
    const isDropped = isPair || (field.quoted && endsField(scan, scan.at + 1));
    field.pieces.push(scan.text.slice(field.from, isDropped ? scan.at : scan.at + 1));
    if (!isPair) field.quoted = false;
  }
  field.from = scan.at + 1;
}

function takeBackslash(scan: Scan, field: Field): void {
  field.pieces.push(scan.text.slice(field.from, scan.at));
  field.from = scan.at + 1;
  field.isBlank = false;
  const next = scan.text.charCodeAt(scan.at + 1);
  if (next === quote || next === backslash || next === scan.delimiter) scan.at++;
}

function endsField({ text, delimiter }: Scan, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code === delimiter || code === lineFeed || code === carriageReturn;
}
