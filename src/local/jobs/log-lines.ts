import { StringDecoder } from "node:string_decoder";

/** Cuts a stream of bytes into lines of bounded length. */
export interface LineCutter {
  write(bytes: Uint8Array): void;
  /** Gives what stands behind the last line end. */
  end(): void;
}

/**
 * Makes a {@link LineCutter}.
 *
 * @param maxLength - Most characters of a line; the rest of a longer line is left out, and said.
 */
export function createLineCutter(maxLength: number, onLine: (line: string) => void): LineCutter {
  const decoder = new StringDecoder("utf8");
  let line = "";
  let cutLength = 0;

  function add(text: string): void {
    const room = maxLength - line.length;
    line += text.slice(0, room);
    cutLength += Math.max(0, text.length - room);
  }

  function finish(): void {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    onLine(cutLength === 0 ? text : `${text} [sfn-ds: ${cutLength} more characters of this line were left out]`);
    line = "";
    cutLength = 0;
  }

  function take(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      add(text.slice(start, end));
      finish();
      start = end + 1;
    }
    add(text.slice(start));
  }

  return {
    write: (bytes) => take(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end() {
      take(decoder.end());
      if (line !== "" || cutLength > 0) finish();
    },
  };
}
