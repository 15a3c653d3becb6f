/** Reads a text of hexadecimal digits, field by field. */
export class HexReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws RangeError when there are not so many digits left */
  take(digits: number): string {
    const from = this.#at;
    this.#at += digits;
    if (this.#at > this.#text.length) throw new RangeError('The text ends within a field.');
    return this.#text.slice(from, this.#at);
  }

  /** @throws RangeError when there are not so many digits left */
  number(digits: number): number {
    return Number.parseInt(this.take(digits), 16);
  }

  /** All digits that are left. */
  rest(): string {
    return this.#text.slice(this.#at);
  }
}

/** A whole number, 0 or more, in so many digits. */
export function toHex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
