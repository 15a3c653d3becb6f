import type { ListOrder, Slack } from './list-order.ts';
import { countBefore, type RowRange } from './row-range.ts';
import type { SeenRow } from './row-search.ts';
import { mostRows } from './too-many-rows.ts';

/** Where rows were found, so that the next page finds its own in few requests. Nothing relies on it. */
export interface Hint {
  /** How many rows the list had. */
  readonly total: number;
  /** Rows in order: those just before the first call of a page and before its last one. */
  readonly seen: readonly SeenRow[];
  /** How many rows have to be read besides the calls wanted. */
  readonly extra: number;
  /** Where a search that was not over would have looked next, for this key. */
  readonly next?: SeenRow | undefined;
}

/** Base 36. */
const number = /^-?[0-9a-z]{1,11}$/;
const largestOffset = 100_000_000;

/** `cn.total.extra.…`: the letter of the source, the end that rows are numbered from, then numbers in base 36. */
export function encodeHint({ total, seen, extra, next }: Hint, letter: string, order: ListOrder): string {
  const isTimed = (row: SeenRow | undefined): row is SeenRow => Number.isFinite(row?.key);
  const numbers = [next, ...seen].filter(isTimed).flatMap(({ offset, key }) => [offset, key]);
  const head = `${letter}${order.sign === 1 ? 'o' : 'n'}${isTimed(next) ? 'a' : ''}`;
  return [head, ...[total, extra, ...numbers].map((each) => each.toString(36))].join('.');
}

/** Undefined for what is no hint for this source. One for the opposite order is turned round. */
export function decodeHint(text: string | undefined, letter: string, order: ListOrder): Hint | undefined {
  const [head = '', ...rest] = text?.split('.') ?? [];
  if (!/^.[no]a?$/.test(head) || head[0] !== letter || !rest.every((part) => number.test(part)))
    return undefined;
  const [total = -1, extra = -1, ...pairs] = rest.map((part) => Number.parseInt(part, 36));
  const seen = pairs.flatMap((key, index) => (index % 2 ? { offset: pairs[index - 1] ?? 0, key } : []));
  const isSound = seen.every(({ offset }) => Math.abs(offset) <= largestOffset);
  if (!isSound || total < 0 || total > largestOffset || extra < 0 || extra > mostRows) return undefined;
  const next = head[2] === 'a' ? seen.shift() : undefined;
  if ((head[1] === 'o') === (order.sign === 1)) return { total, extra, seen, next };
  const turned = seen.map(({ offset, key }) => ({ offset: total - 1 - offset, key: -key }));
  return { total, extra, seen: turned.reverse() };
}

/** The answers that calls of a page were taken from, to make the hint of the page. */
export class FoundRows {
  readonly #slack: Slack;
  readonly #found: { readonly range: RowRange; readonly to: number }[] = [];

  constructor(slack: Slack) {
    this.#slack = slack;
  }

  /** @param to the answer completes the times before this key */
  add(range: RowRange, to: number): void {
    this.#found.push({ range, to });
  }

  /** For a page whose first call has the one key and the last one the other; undefined where they were not found. */
  hintFor(first: number, last: number): Hint | undefined {
    const from = this.#find(first);
    const to = this.#find(last);
    if (from === undefined || to === undefined) return undefined;
    return { total: to.total, seen: [from.row, to.row], extra: to.extra };
  }

  /** The row to resume from, and how many rows that takes besides the calls wanted. */
  #find(key: number): { readonly row: SeenRow; readonly extra: number; readonly total: number } | undefined {
    const range = this.#found.find(({ to }) => key < to)?.range;
    if (range === undefined) return undefined;
    const { rows, offset, total } = range;
    const before = Math.max(0, countBefore(rows, key - this.#slack.before) - 1);
    const closing = rows.findIndex((row) => row.key - this.#slack.behind > key);
    const extra = Math.max(0, (closing === -1 ? rows.length : closing) - before);
    return { row: { offset: offset + before, key: rows[before]?.key ?? key }, extra, total };
  }
}
