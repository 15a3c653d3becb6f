import { mostRows } from './list-failures.ts';
import type { ListOrder } from './list-order.ts';
import type { SeenRow } from './row-search.ts';

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
export function encodeHint({ total, extra, seen, next }: Hint, letter: string, order: ListOrder): string {
  const isTimed = (row: SeenRow | undefined): row is SeenRow => Number.isFinite(row?.key);
  const numbers = [next, ...seen].filter(isTimed).flatMap(({ offset, key }) => [offset, key]);
  const head = `${letter}${order.sign === 1 ? 'o' : 'n'}${isTimed(next) ? 'a' : ''}`;
  return [head, ...[total, extra, ...numbers].map((each) => each.toString(36))].join('.');
}

/** Undefined for what is no hint for this source. One for the opposite order is turned round. */
export function decodeHint(text: string | undefined, letter: string, order: ListOrder): Hint | undefined {
  const [, name, end, next, digits = ''] = /^(.)([no])(a?)((?:\.-?[0-9a-z]{1,11})+)$/.exec(text ?? '') ?? [];
  const [total = -1, extra = -1, ...pairs] = digits
    .split('.')
    .slice(1)
    .map((each) => Number.parseInt(each, 36));
  const seen = pairs.flatMap((key, index) => (index % 2 ? { offset: pairs[index - 1] ?? 0, key } : []));
  const isSound = [total, extra, ...seen.map(({ offset }) => Math.abs(offset))].every(
    (each) => each >= 0 && each <= largestOffset,
  );
  if (name !== letter || !isSound || extra > mostRows) return undefined;
  const search = next === 'a' ? seen.shift() : undefined;
  if ((end === 'o') === (order.sign === 1)) return { total, extra, seen, next: search };
  const turned = seen.map(({ offset, key }) => ({ offset: total - 1 - offset, key: -key }));
  return { total, extra, seen: turned.reverse() };
}
