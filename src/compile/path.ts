type Keys = readonly (string | number)[];

/** Where something stands in a definition. It is kept as the key and what is around: the keys are put together where something is wrong. */
export class Path {
  private readonly around: Path | Keys;
  private readonly key: string | number;

  constructor(around: Path | Keys, key: string | number) {
    this.around = around;
    this.key = key;
  }

  below(key: string | number): Path {
    return new Path(this, key);
  }

  /** The keys from the root. */
  get keys(): Keys {
    const keys: (string | number)[] = [];
    let at: Path | Keys = this;
    for (; at instanceof Path; at = at.around) keys.push(at.key);
    return [...at, ...keys.reverse()];
  }
}
