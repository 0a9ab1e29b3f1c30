import type { Io } from "./io.js";

/** Before this many milliseconds nobody wonders. */
const quietFor = 1_000;
const pause = 100;
const clearLine = "\r\u001b[2K";

/** Tells at a terminal how many of the files are done. */
export class Progress {
  private readonly io: Io;
  private readonly total: number;
  private said = performance.now() + quietFor - pause;
  private isShown = false;

  constructor(io: Io, total: number) {
    this.io = io;
    this.total = total;
  }

  show(done: number): void {
    if (this.io.errorsAreSeen !== true || performance.now() - this.said < pause) return;
    this.said = performance.now();
    this.isShown = true;
    this.io.writeError(`${clearLine}${done} of ${this.total} files`);
  }

  /** To be called before anything else is written. */
  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.io.writeError(clearLine);
  }
}
