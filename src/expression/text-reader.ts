/** A text that cannot be read, and the character at which reading ended. */
export interface ReadProblem {
  readonly message: string;
  readonly at: number;
}

/** A position in a text. What is wrong is noted, once; reading methods then give `undefined`. */
export abstract class TextReader {
  protected position = 0;
  protected problem: ReadProblem | undefined;
  protected readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Goes over `character`, if it is the next one. */
  protected take(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  /** Goes over what a sticky pattern finds here. */
  protected match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  protected blanks(): void {
    while (this.text[this.position] === " ") this.position++;
  }

  protected fail(message: string, at = this.position): undefined {
    this.problem ??= { message, at };
    return undefined;
  }
}
