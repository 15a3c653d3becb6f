import type { Finding } from './finding.ts';
import { attributePlaces, type Element } from './xml/element.ts';

type Level = Finding['level'];

/** A finding, by the offset of its place. */
interface Remark extends Pick<Finding, 'level' | 'rule' | 'message'> {
  readonly at: number;
}

/** How many remarks of each level are listed. */
const maxFindings = 50;
const longestName = 50;

/**
 * Collects remarks on one document. A document of 64 KB can cause thousands: the first 50 of each level are kept, and one
 * more tells how many are missing, so that many hints never hide an error.
 */
export class Remarks {
  readonly #xml: string;
  readonly #kept: Remark[] = [];
  readonly #counts = { ERROR: 0, LOSS: 0, HINT: 0 };
  readonly #surplus: Partial<Record<Level, number>> = {};
  /** Those of the last element: remarks on one element are added one after another. */
  #places: { readonly of: Element; readonly at: ReadonlyMap<string, number> } | undefined;

  constructor(xml: string) {
    this.#xml = xml;
  }

  add(level: Level, rule: string, message: string, at: number): void {
    this.#counts[level] += 1;
    if (this.#counts[level] <= maxFindings) this.#kept.push({ level, rule, message, at });
    else this.#surplus[level] ??= at;
  }

  /** A remark on an attribute, at its place, or at that of its element if it is not written. */
  addAttribute(level: Level, rule: string, message: string, element: Element, name: string): void {
    const isListed = this.#counts[level] < maxFindings;
    const subject = isListed ? `\`${shorten(name)}\` of ${shorten(element.name)}` : '';
    const at = isListed ? this.#placesOf(element).get(name) : undefined;
    this.add(level, rule, `${subject} ${message}`, at ?? element.at);
  }

  #placesOf(element: Element): ReadonlyMap<string, number> {
    if (this.#places?.of !== element) {
      this.#places = { of: element, at: attributePlaces(this.#xml, element) };
    }
    return this.#places.at;
  }

  get hasErrors(): boolean {
    return this.#counts.ERROR > 0;
  }

  /** In the order of the document. */
  toFindings(): readonly Finding[] {
    const more = Object.entries(this.#surplus).map(([key, at]) => {
      const level = key as Level;
      const message = `${this.#counts[level] - maxFindings} more of this level are not listed.`;
      return { level, rule: 'more', message, at };
    });
    const all = [...this.#kept, ...more].sort((one, other) => one.at - other.at);
    return withPlaces(this.#xml, all);
  }
}

/**
 * Lines and columns in place of ascending offsets, by one walk over the text. A column is a character, and a byte order mark
 * is none.
 */
export function withPlaces<T extends { readonly at: number }>(text: string, remarks: readonly T[]) {
  let [line, column, start] = [1, 1, text.startsWith('\ufeff') ? 1 : 0];
  return remarks.map(({ at, ...remark }) => {
    const lines = text.slice(start, at).split(/\r\n?|\n/);
    const last = lines.at(-1) ?? '';
    const pairs = last.match(/[\ud800-\udbff][\udc00-\udfff]/g) ?? [];
    if (lines.length > 1) column = 1;
    line += lines.length - 1;
    column += last.length - pairs.length;
    start = Math.max(start, at);
    return { ...remark, line, column };
  });
}

/** A name of the document, which may be as long as the document. */
export function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}
