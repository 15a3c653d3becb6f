/** Values of one label, of which a metric has a bounded number: each one is a time series, for as long as the process runs. */
export class LabelValues {
  readonly #known = new Set<string>();

  /** The value, or `OTHER` if it is no constant in capitals, or one too many. */
  bound(value: string): string {
    if (this.#known.has(value)) return value;
    if (this.#known.size >= maxValues || !/^[A-Z][A-Z_]{1,49}$/.test(value)) return 'OTHER';
    this.#known.add(value);
    return value;
  }
}

const maxValues = 50;
