import type { Sign } from './number-source.ts';
import { MOST_ROWS } from './number-source.ts';
import type { Mark } from './row-search.ts';

/** What makes resuming cheap: nothing in it is relied on. */
export interface Hint {
  /** How many rows the list had. */
  readonly total: number;
  /** Rows of a page: just before its first call and just before its last. */
  readonly marks: readonly Mark[];
  /** How many rows besides the calls wanted have to be read. */
  readonly extra: number;
  /** Where a search that was broken off would have looked next for this time. */
  readonly aim?: Mark | undefined;
}

const NUMBER = /^-?[0-9a-z]{1,11}$/;

/** Counts rows, or milliseconds since 1970: more than this there are not. */
const MOST_ROWS_EVER = 100_000_000;

/** `cn.total.extra.…`: which lane, read from which end, then numbers to the base of 36. */
export function encodeHint(lane: 'c' | 's', sign: Sign, { total, marks, extra, aim }: Hint): string {
  const isTold = (mark: Mark | undefined): mark is Mark => mark !== undefined && Number.isFinite(mark.key);
  const numbers = [aim, ...marks].filter(isTold).flatMap(({ offset, key }) => [offset, key]);
  const head = `${lane}${sign === 1 ? 'o' : 'n'}${isTold(aim) ? 'a' : ''}`;
  return [head, ...[total, extra, ...numbers].map((number) => number.toString(36))].join('.');
}

/** Undefined for anything that `encodeHint` did not write for this lane. Read from the other end, it is turned. */
export function decodeHint(text: string | undefined, lane: 'c' | 's', sign: Sign): Hint | undefined {
  const [head = '', ...rest] = text?.split('.') ?? [];
  if (!/^[cs][no]a?$/.test(head) || head[0] !== lane || !rest.every((part) => NUMBER.test(part)))
    return undefined;
  const [total = -1, extra = -1, ...pairs] = rest.map((part) => Number.parseInt(part, 36));
  const marks: Mark[] = [];
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    marks.push({ offset: pairs[index] ?? 0, key: pairs[index + 1] ?? 0 });
  }
  const isSane = marks.every(({ offset }) => Math.abs(offset) <= MOST_ROWS_EVER);
  if (!isSane || total < 0 || total > MOST_ROWS_EVER || extra < 0 || extra > MOST_ROWS) return undefined;
  const isTurned = (head[1] === 'o') !== (sign === 1);
  const aim = head[2] === 'a' ? marks.shift() : undefined;
  if (!isTurned) return { total, extra, marks, aim };
  const turned = marks.map(({ offset, key }) => ({ offset: total - 1 - offset, key: -key }));
  return { total, extra, marks: turned.reverse() };
}
