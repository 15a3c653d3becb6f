import type { CallOrder } from '../../generated/schema.ts';
import type { Call } from '../call.ts';
import { compareTexts } from '../order.ts';
import type { Page } from '../page.ts';
import type { ListKey } from './connection.ts';

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
  const heads = shares.map(({ page }) => ({ page, next: 0, key: keyAt(page, 0) }));
  const calls: Call[] = [];
  while (calls.length < size) {
    const head = firstOf(heads, compare);
    if (head?.key === undefined || (bound && compare(head.key, bound) > 0)) break;
    calls.push(head.page.calls[head.next] as Call);
    head.next += 1;
    head.key = keyAt(head.page, head.next);
  }
  const more = heads.some(({ page, next }) => page.more || next < page.calls.length);
  return calls.length < size && bound ? { calls, more, stopped: bound } : { calls, more };
}

/** How far a share has been merged: the key of its next call, undefined at its end. */
interface Head {
  readonly page: Page;
  next: number;
  key: ListKey | undefined;
}

function keyAt({ calls }: Page, index: number): ListKey | undefined {
  const call = calls[index];
  return call && keyOf(call);
}

function earliestStop(shares: readonly Share[], compare: CompareKeys): ListKey | undefined {
  return shares
    .flatMap(({ accountKey, page }) => (page.stopped ? [{ ...page.stopped, accountKey }] : []))
    .sort(compare)[0];
}

/** The share of which the next call comes first; one at its end only when all are. */
function firstOf(heads: readonly Head[], compare: CompareKeys): Head | undefined {
  let best = heads[0];
  for (const head of heads) {
    if (head === best || head.key === undefined || best === undefined) continue;
    if (best.key === undefined || compare(head.key, best.key) < 0) best = head;
  }
  return best;
}
