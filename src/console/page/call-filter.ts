import type { ListFilter } from './address.ts';
import type { CallDirection, CallStatus, CallsQueryVariables } from './generated/graphql.ts';

export const liveStatuses: readonly CallStatus[] = ['QUEUED', 'INITIATED', 'RINGING', 'IN_PROGRESS'];
export const endedStatuses: readonly CallStatus[] = ['COMPLETED', 'BUSY', 'NO_ANSWER', 'CANCELED', 'FAILED'];

/** The arguments of the list, from the words of the filters. */
export type ListArguments = Pick<CallsQueryVariables, 'filter' | 'accountIds'>;

export function toListArguments({ status, direction, account, from, to }: ListFilter): ListArguments {
  const filter = {
    ...(status !== '' && { statuses: toStatuses(status) }),
    ...(isDirection(direction) && { direction }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
  };
  // Absent arguments in place of null ones: each form would be a list of its own in the cache.
  return {
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(account !== '' && { accountIds: [account] }),
  };
}

function toStatuses(word: string): readonly CallStatus[] {
  if (word === 'live') return liveStatuses;
  if (word === 'ended') return endedStatuses;
  return [...liveStatuses, ...endedStatuses].filter((status) => status === word);
}

function isDirection(word: string): word is CallDirection {
  return word === 'INBOUND' || word === 'OUTBOUND';
}

/** What the filters look at. */
export interface Filterable {
  readonly from: string;
  readonly to: string;
  readonly direction: CallDirection;
  readonly status: CallStatus;
  readonly account: { readonly id: string };
}

/**
 * Whether a call that an event tells of belongs into a list. The stream has no filter of its own: one that has the
 * statuses would not tell when a call leaves the list.
 */
export function matches(call: Filterable, { filter, accountIds }: ListArguments): boolean {
  if (accountIds && ![accountIds].flat().includes(call.account.id)) return false;
  if (!filter) return true;
  const { statuses, direction, from, to } = filter;
  if (statuses && ![statuses].flat().includes(call.status)) return false;
  if (direction && direction !== call.direction) return false;
  return isParty(call.from, from) && isParty(call.to, to);
}

/** As the server compares, which removes the format of numbers. */
function isParty(party: string, sought: string | null | undefined): boolean {
  if (!sought) return true;
  return party === sought || party === sought.replace(/[\s().-]/g, '');
}
