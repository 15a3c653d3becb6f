import { toDirection, toEndReason, toStatus } from '../../../src/adapters/restcomm/words.ts';
import type { Call } from '../../../src/calls/call.ts';
import { isMatch } from '../../../src/calls/filter.ts';
import { comparatorOf } from '../../../src/calls/order.ts';
import type { Page, PageRequest, Position } from '../../../src/calls/page.ts';
import type { RestcommCall } from '../../../src/sandbox/index.ts';

/**
 * What `page` promises, in a few lines: all calls that match, in order, strictly after `after`.
 *
 * @param size the page's, where no more is needed than a page and the call after it
 */
export function expected(
  records: readonly Readonly<RestcommCall>[],
  {
    order,
    filter,
    after,
    size,
  }: Pick<PageRequest, 'order' | 'filter' | 'after'> & { readonly size?: number },
  dialect: 'connect' | 'sbc' = 'connect',
): Position[] {
  const compare = comparatorOf(order);
  const sign = order === 'OLDEST_FIRST' ? 1 : -1;
  const idOf = ({ sid }: Readonly<RestcommCall>): Position => ({ createdAt: null, providerCallId: sid });
  // Of tens of thousands of records only those of the page are made into calls.
  const sorted = records.toSorted(
    (one, other) => sign * (secondOf(one) - secondOf(other)) || compare(idOf(one), idOf(other)),
  );
  const found: Position[] = [];
  const first = Math.floor(Date.parse(after?.createdAt ?? '') / 1000);
  for (const record of sorted) {
    // Not so without a time: then it is NaN.
    if (sign * (secondOf(record) - first) < 0) continue;
    const call = toModel(record, dialect);
    const isAfter = after === undefined || compare(call, after) > 0;
    if (isAfter && isMatch(call as Call, filter)) found.push(call);
    if (size !== undefined && found.length > size) break;
  }
  return found;
}

function secondOf({ date_created }: Readonly<RestcommCall>): number {
  return Math.floor(date_created / 1000);
}

function toModel(record: Readonly<RestcommCall>, dialect: 'connect' | 'sbc'): Partial<Call> & Position {
  return {
    providerCallId: record.sid,
    createdAt: new Date(secondOf(record) * 1000).toISOString(),
    to: record.to,
    from: record.from,
    status: toStatus(record.status),
    direction: toDirection(record.direction),
    endReason: toEndReason(record.status, record.end_time !== null),
    parentId: dialect === 'sbc' ? null : record.parent_call_sid,
  };
}

export function idsOf(calls: readonly Position[]): string[] {
  return calls.map(({ providerCallId }) => providerCallId);
}

/** What a page has to be by the model: complete, or complete up to where it stopped. */
export function expectedPage(page: Page, all: readonly Position[], { size, order }: PageRequest) {
  const { stopped } = page;
  const compare = comparatorOf(order);
  const reached = stopped === undefined ? all : all.filter((position) => compare(position, stopped) < 0);
  return { ids: idsOf(reached.slice(0, size)), more: stopped !== undefined || all.length > size };
}
