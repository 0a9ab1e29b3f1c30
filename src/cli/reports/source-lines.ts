import { endOf, visible, widthOf } from "./visible.js";

/** Code units of a line that are shown before and after the column. */
const shownBefore = 60;
const shownAfter = 40;

/** The lines of a text, found once however many of them are asked for. */
export class SourceLines {
  private readonly text: string;
  private readonly starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) this.starts.push(index + end.length);
  }

  /** A line and, below it, a caret under the column; `undefined` where there is no such line. Long lines are cut around the column. */
  excerpt(line: number, column: number): readonly [source: string, caret: string] | undefined {
    const start = this.starts[line - 1];
    if (start === undefined) return undefined;
    const end = this.endOfLine(line);
    const at = endOf(this.text, Math.min(start + column - 1, end));
    const from = at - start <= shownBefore + 10 ? start : endOf(this.text, at - shownBefore);
    const to = end - at <= shownAfter + 10 ? end : endOf(this.text, at + shownAfter);
    const before = `${from === start ? "" : "…"}${shown(this.text.slice(from, at))}`;
    const after = `${shown(this.text.slice(at, to))}${to === end ? "" : "…"}`;
    return [before + after, `${" ".repeat(widthOf(before))}^`];
  }

  private endOfLine(line: number): number {
    const next = this.starts[line];
    if (next === undefined) return this.text.length;
    return this.text.endsWith("\r\n", next) ? next - 2 : next - 1;
  }
}

function shown(text: string): string {
  return visible(text.replaceAll("\t", "  "));
}
