import { mostRows } from './list-failures.ts';
import type { ListOrder } from './list-order.ts';

/** A row that has been seen, by its number and its key. */
export interface SeenRow {
  readonly offset: number;
  readonly key: number;
}

/** Where rows were found, so that the next page finds its own in few requests. Nothing relies on it. */
export interface Hint {
  /** How many rows the list had. */
  readonly total: number;
  /** How many rows have to be read besides the calls wanted. */
  readonly extra: number;
  /** Rows in order: those just before the first call of a page and before its last one. */
  readonly seen: readonly SeenRow[];
  /** Where a search that was not over would have looked next, for this key. */
  readonly next?: SeenRow | undefined;
}

const largestOffset = 100_000_000;

/** `cn.total.extra.…`: the letter of the source, the end that rows are numbered from, then numbers in base 36. */
export function encodeHint({ total, extra, seen, next }: Hint, letter: string, { sign }: ListOrder): string {
  const isTimed = (row: SeenRow | undefined): row is SeenRow => Number.isFinite(row?.key);
  const head = `${letter}${sign === 1 ? 'o' : 'n'}${isTimed(next) ? 'a' : ''}`;
  const rows = [next, ...seen].filter(isTimed).flatMap(({ offset, key }) => [offset, key]);
  return [head, ...[total, extra, ...rows].map((each) => each.toString(36))].join('.');
}

/** Undefined for what is no hint for this source. One for the opposite order is turned round. */
export function decodeHint(text: string | undefined, letter: string, { sign }: ListOrder): Hint | undefined {
  const [, name, end, next, digits = ''] = /^(.)([no])(a?)((?:\.-?[0-9a-z]{1,11})+)$/.exec(text ?? '') ?? [];
  const numbers = digits
    .split('.')
    .slice(1)
    .map((each) => Number.parseInt(each, 36));
  const [total = -1, extra = -1, ...pairs] = numbers;
  const seen = pairs.flatMap((key, index) => (index % 2 ? { offset: pairs[index - 1] ?? 0, key } : []));
  const counts = [total, extra, ...seen.map(({ offset }) => Math.abs(offset))];
  const isSound = counts.every((each) => each >= 0 && each <= largestOffset);
  if (name !== letter || !isSound || extra > mostRows) return undefined;
  const search = next === 'a' ? seen.shift() : undefined;
  if ((end === 'o') === (sign === 1)) return { total, extra, seen, next: search };
  const turned = seen.map(({ offset, key }) => ({ offset: total - 1 - offset, key: -key }));
  return { total, extra, seen: turned.reverse() };
}
