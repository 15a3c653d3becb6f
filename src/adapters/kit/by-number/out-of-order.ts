import { isListed, type KeyOf, type Row, toOdd } from './list-row.ts';
import { OrderIgnored } from './order-ignored.ts';

const reason = 'It stands among calls of another time, so it has no position in the order.';

/** More rows than one in ten, and there is no order to speak of. */
const share = 0.1;

/**
 * The rows, of which the fewest that will do are made odd ones, so that those left are in order.
 *
 * @param keyOf what a call is sorted by; NaN where that is not known
 * @throws OrderIgnored when too many would have to be left out
 */
export function leaveOutMisplaced(rows: readonly Row[], keyOf: KeyOf): readonly Row[] {
  const inOrder = longestInOrder(rows.map((row) => (isListed(row) ? keyOf(row) : Number.NaN)));
  const count = rows.filter((row, index) => isListed(row) && !inOrder.has(index)).length;
  if (count > Math.max(1, share * rows.length)) throw new OrderIgnored();
  return rows.map((row, index) =>
    isListed(row) && !inOrder.has(index) ? toOdd(row.providerCallId, reason, row) : row,
  );
}

/** Places of the longest choice of keys that never falls (patience sorting). */
function longestInOrder(keys: readonly number[]): ReadonlySet<number> {
  /** At n, where the lowest key stands that ends a choice of n + 1. */
  const ends: number[] = [];
  const former: (number | undefined)[] = [];
  keys.forEach((key, index) => {
    if (Number.isNaN(key)) return;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[ends[middle] as number] as number) <= key) low = middle + 1;
      else high = middle;
    }
    former[index] = ends[low - 1];
    ends[low] = index;
  });
  const chosen: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = former[at]) chosen.push(at);
  chosen.reverse();
  const [first, second] = chosen;
  // Where either of two may be the first one, the row that is closer to the next is: a reading that begins with one
  // of another time would take too much for read.
  if (first !== undefined && second !== undefined) chosen[0] = closestBefore(keys, first, second);
  return new Set(chosen);
}

function closestBefore(keys: readonly number[], first: number, second: number): number {
  let closest = first;
  for (let index = 0; index < second; index += 1) {
    const key = keys[index] as number;
    if (key <= (keys[second] as number) && key > (keys[closest] as number)) closest = index;
  }
  return closest;
}
