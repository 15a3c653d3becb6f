import type { CallOrder } from '../generated/schema.ts';
import type { Call } from './call.ts';
import type { ListKey } from './connection.ts';
import { compareTexts } from './order.ts';
import type { Page } from './page.ts';

/** One account's share of a list page, in list order. */
export interface Share {
  readonly accountKey: string;
  readonly page: Page;
}

export type CompareKeys = (a: ListKey, b: ListKey) => number;

/** The total order over accounts, oldest first; a call without `createdAt` counts as the oldest. */
export function compareKeys(a: ListKey, b: ListKey): number {
  return (
    compareTexts(a.createdAt ?? '', b.createdAt ?? '') ||
    compareTexts(a.accountKey, b.accountKey) ||
    compareTexts(a.providerCallId, b.providerCallId)
  );
}

/** The same in the order asked for. */
export function compareKeysIn(order: CallOrder): CompareKeys {
  return order === 'OLDEST_FIRST' ? compareKeys : (a, b) => compareKeys(b, a);
}

export function keyOf({ account, createdAt, providerCallId }: Call): ListKey {
  return { createdAt, accountKey: account.key, providerCallId };
}

/** Calls of several accounts in one order, and how far that order is known to be complete. */
export interface Merged {
  readonly calls: readonly Call[];
  /** Whether something stands, or may stand, behind the last call. */
  readonly more: boolean;
  /** Set when `calls` ends early: everything up to here has been looked at. */
  readonly stopped?: ListKey;
}

/**
 * Merges pages that are sorted by `compare` already, k ways, up to `size` calls. A share that stopped
 * early bounds the merge: behind its last known place a call of its own may stand before the others'.
 */
export function mergeShares(shares: readonly Share[], compare: CompareKeys, size: number): Merged {
  const bound = earliestStop(shares, compare);
  const next = shares.map(() => 0);
  const calls: Call[] = [];
  while (calls.length < size) {
    const index = firstOf(shares, next, compare);
    const call = index < 0 ? undefined : shares[index]?.page.calls[next[index] as number];
    if (call === undefined || (bound && compare(keyOf(call), bound) > 0)) break;
    next[index] = (next[index] as number) + 1;
    calls.push(call);
  }
  const more = shares.some(({ page }, i) => page.more || (next[i] as number) < page.calls.length);
  return calls.length < size && bound ? { calls, more, stopped: bound } : { calls, more };
}

function earliestStop(shares: readonly Share[], compare: CompareKeys): ListKey | undefined {
  return shares
    .flatMap(({ accountKey, page }) => (page.stopped ? [{ ...page.stopped, accountKey }] : []))
    .sort(compare)[0];
}

/** Which share's next call comes first; -1 when all are used up. */
function firstOf(shares: readonly Share[], next: readonly number[], compare: CompareKeys): number {
  let best = -1;
  let bestKey: ListKey | undefined;
  shares.forEach(({ page }, index) => {
    const call = page.calls[next[index] as number];
    if (call === undefined) return;
    const key = keyOf(call);
    if (bestKey === undefined || compare(key, bestKey) < 0) {
      best = index;
      bestKey = key;
    }
  });
  return best;
}
