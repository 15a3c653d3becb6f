import { isListed, type KeyOf, type Row } from './list-row.ts';
import { OrderIgnored } from './order-ignored.ts';
import { leaveOutMisplaced } from './out-of-order.ts';

/** Rows of a list as they followed one another in one answer. */
export interface Slice {
  /** How many rows stand before it. */
  readonly offset: number;
  readonly rows: readonly Row[];
  /** Whether nothing stands behind it. */
  readonly isLast: boolean;
  /** How many rows the whole list has: a hint only, since another list's number may be in its place. */
  readonly total: number;
}

/** Rows that follow one another in the order of reading. */
export interface Stretch extends Slice {
  /** Where it begins. Rows are counted from the one read first; what is counted may shift between requests. */
  readonly offset: number;
  /**
   * What each row is sorted by, never falling. A row without one has that of the row before it. Where there is none
   * before it, it has that of the first row that has one, or NaN.
   */
  readonly keys: readonly number[];
  readonly isFirst: boolean;
}

export interface OrderOptions {
  readonly keyOf: KeyOf;
  /** Whether rows that stand out of order are left out and told; else they show that there is no order. */
  readonly isLoose: boolean;
}

/** @throws OrderIgnored when the rows are not in order */
export function toStretch(slice: Omit<Stretch, 'keys'>, { keyOf, isLoose }: OrderOptions): Stretch {
  const rows = isLoose ? leaveOutMisplaced(slice.rows, keyOf) : slice.rows;
  return { ...slice, rows, keys: toKeys(rows, keyOf) };
}

function toKeys(rows: readonly Row[], keyOf: KeyOf): number[] {
  const first = rows.find(isListed);
  let former = first === undefined ? Number.NaN : keyOf(first);
  return rows.map((row) => {
    if (!isListed(row)) return former;
    const key = keyOf(row);
    if (!(key >= former)) throw new OrderIgnored();
    former = key;
    return key;
  });
}

/** The same slice, read from its end, in a list that is taken to have `base` rows. */
export function mirrored(slice: Slice, base: number): Omit<Stretch, 'keys'> {
  return {
    offset: base - (slice.offset + slice.rows.length),
    rows: slice.rows.toReversed(),
    isFirst: slice.isLast,
    isLast: slice.offset === 0,
    total: base,
  };
}
