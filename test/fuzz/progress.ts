import { openSync, readSync, writeSync } from "node:fs";

/** Numbers in the file, the counts of the worker within. */
const size = 12;

/**
 * Numbers in a file that one process writes and another reads, whatever has become of the first: the input that is looked at and when it
 * was begun (0: it is done), the slowest so far in milliseconds and its index; then what the worker counts. A negative one, -1 less the
 * index to go on with: all is done.
 */
export class Progress {
  readonly numbers = new Float64Array(size);
  readonly counts = this.numbers.subarray(4);
  private readonly file: number;

  constructor(path: string, flags: "r" | "r+" | "w+") {
    this.file = openSync(path, flags);
  }

  write(): void {
    writeSync(this.file, new Uint8Array(this.numbers.buffer), 0, size * 8, 0);
  }

  read(): Float64Array {
    readSync(this.file, new Uint8Array(this.numbers.buffer), 0, size * 8, 0);
    return this.numbers;
  }
}
