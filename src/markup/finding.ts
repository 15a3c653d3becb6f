/** What is to be said of a BXML document. */
export interface Finding {
  /** ERROR: refused. LOSS: it will not do all that is written. HINT: unknown, or of no effect. */
  readonly level: 'ERROR' | 'LOSS' | 'HINT';
  /** A short name: of the broken rule, such as `range`, or of what is lost, such as `Transfer.callTimeout`. */
  readonly rule: string;
  /** One sentence. Quotes names of the document, never values: these may be numbers of people or passwords. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** In characters, from 1. */
  readonly column: number;
}

/** A finding, by the offset of its place. */
export interface Remark extends Pick<Finding, 'level' | 'rule' | 'message'> {
  readonly at: number;
}

/** Remarks of each level that are listed. */
export const maxFindings = 50;
const longestName = 50;

/**
 * Collects remarks on one document. A document of 64 KB can earn thousands: the first 50 of each level are kept, and one
 * more tells how many are missing, so that many hints never hide an error.
 */
export class Remarks {
  readonly #kept: Remark[] = [];
  readonly #counts = { ERROR: 0, LOSS: 0, HINT: 0 };
  readonly #surplus: Partial<Record<Finding['level'], number>> = {};

  add(level: Finding['level'], rule: string, message: string, at: number): void {
    this.#counts[level] += 1;
    if (this.#counts[level] <= maxFindings) this.#kept.push({ level, rule, message, at });
    else this.#surplus[level] ??= at;
  }

  get hasErrors(): boolean {
    return this.#counts.ERROR > 0;
  }

  /** In the order of the document. */
  toFindings(text: string): readonly Finding[] {
    const more = Object.entries(this.#surplus).map(([level, at]) => {
      const missing = this.#counts[level as Finding['level']] - maxFindings;
      const message = `${missing} more of this level are not listed.`;
      return { level: level as Finding['level'], rule: 'more', message, at };
    });
    const all = [...this.#kept, ...more].sort((one, other) => one.at - other.at);
    return withPlaces(text, all);
  }
}

/** One walk over the text for all places. A column is a character, and a byte order mark is none. */
function withPlaces(text: string, remarks: readonly Remark[]): readonly Finding[] {
  let [line, column, at] = [1, 1, text.startsWith('\ufeff') ? 1 : 0];
  return remarks.map(({ at: end, ...remark }) => {
    for (; at < end && at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) [line, column] = [line + 1, 1];
      else if (unit < 0xdc00 || unit > 0xdfff || at === 0 || !isHigh(text.charCodeAt(at - 1))) column += 1;
    }
    return { ...remark, line, column };
  });
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** A name of the document, which may be as long as the document. */
export function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}
