import { toDirection, toEndReason, toStatus } from '../../../src/adapters/restcomm/words.ts';
import type { Call } from '../../../src/calls/call.ts';
import { isMatch } from '../../../src/calls/filter.ts';
import { comparatorOf } from '../../../src/calls/order.ts';
import type { Page, PageRequest, Position } from '../../../src/calls/page.ts';
import type { RestcommCall } from '../../../src/sandbox/index.ts';

/** What `page` promises, in a few lines: all calls that match, in order, strictly after `after`. */
export function expected(
  records: readonly Readonly<RestcommCall>[],
  { order, filter, after }: Pick<PageRequest, 'order' | 'filter' | 'after'>,
  dialect: 'connect' | 'sbc' = 'connect',
): Position[] {
  const compare = comparatorOf(order);
  return records
    .map((record) => toModel(record, dialect))
    .filter((call) => after === undefined || compare(call, after) > 0)
    .filter((call) => isMatch(call as Call, filter))
    .sort(compare);
}

function toModel(record: Readonly<RestcommCall>, dialect: 'connect' | 'sbc'): Partial<Call> & Position {
  return {
    providerCallId: record.sid,
    createdAt: new Date(Math.floor(record.date_created / 1000) * 1000).toISOString(),
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
