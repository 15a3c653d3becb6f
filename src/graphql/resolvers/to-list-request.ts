import type { Account } from '../../calls/account.ts';
import { toAddress } from '../../calls/address.ts';
import { invalidInput, Refusal } from '../../calls/failure.ts';
import type { Direction, ListRequest } from '../../calls/lists/connection.ts';
import type { CallFilter, Present } from '../../calls/new-call.ts';
import { defaultPageSize, maxPageSize } from '../../cost/list-limits.ts';
import type { AccountCallsArgs, CallFilter as CallFilterInput } from '../../generated/schema.ts';
import { decodeCursor, toListScope } from '../relay/cursor.ts';
import { decodeCallId } from '../relay/global-id.ts';
import { withoutNulls } from './without-nulls.ts';

/** Characters, more than any phone number or SIP URI has. Each call of a list is compared with the address. */
const maxAddressLength = 256;

/**
 * Converts the arguments of a connection to the domain's request for a page.
 *
 * @throws Refusal INVALID_INPUT that names the argument
 */
export function toListRequest(listed: readonly Account[], args: AccountCallsArgs): ListRequest {
  const scope = toListScope({ ...selectCalls(listed, args.filter), order: args.orderBy });
  const { after, before } = args;
  return {
    ...scope,
    ...toPageSize(args),
    after: after == null ? undefined : decodeCursor(scope, after, 'after'),
    before: before == null ? undefined : decodeCursor(scope, before, 'before'),
  };
}

/** Converts `first` and `last` (Relay Cursor Connections, section 4.2), which are limited to 500. */
function toPageSize({ first, last }: AccountCallsArgs): { direction: Direction; size: number } {
  if (first != null && last != null) {
    throw new Refusal('INVALID_INPUT', 'Give `first` or `last`, not both.', { field: ['last'] });
  }
  const [name, size] =
    last == null ? (['first', first ?? defaultPageSize] as const) : (['last', last] as const);
  if (size < 0 || size > maxPageSize) {
    throw invalidInput([name], `must be between 0 and ${maxPageSize}, but is ${size}`);
  }
  return { direction: name === 'first' ? 'forward' : 'backward', size };
}

/**
 * Converts a filter to the domain's, and selects the accounts that may have such calls.
 *
 * @throws Refusal INVALID_INPUT that names the argument
 */
export function selectCalls(listed: readonly Account[], input: CallFilterInput | null | undefined) {
  const { parentId, statuses, to, from, ...rest } = withoutNulls(input ?? {}) as Present<CallFilterInput>;
  const parent = parentId === undefined ? undefined : decodeCallId(parentId, ['filter', 'parentId']);
  if (statuses?.length === 0) {
    throw invalidInput(['filter', 'statuses'], 'must name at least one status');
  }
  const filter: CallFilter = {
    ...rest,
    // Normalize the filter, so that cursors stay valid however it is written: addresses as `createCall` dials them,
    // statuses sorted.
    ...(to !== undefined && { to: toFilterAddress(to, ['filter', 'to']) }),
    ...(from !== undefined && { from: toFilterAddress(from, ['filter', 'from']) }),
    ...(statuses !== undefined && { statuses: [...new Set(statuses)].sort() }),
    ...(parent !== undefined && { parentId: parent.providerCallId }),
  };
  // A child call is in the account of its parent.
  const accounts = parent === undefined ? listed : listed.filter(({ key }) => key === parent.accountKey);
  return { accounts, filter };
}

function toFilterAddress(text: string, field: readonly string[]): string {
  if (text.length <= maxAddressLength) return toAddress(text, field);
  throw invalidInput(field, `has more than ${maxAddressLength} characters`);
}
