import type { Account } from '../../calls/account.ts';
import { toAddress } from '../../calls/address.ts';
import { Refusal } from '../../calls/failure.ts';
import type { Direction, ListRequest } from '../../calls/lists/connection.ts';
import type { CallFilter, Present } from '../../calls/new-call.ts';
import type { AccountCallsArgs, CallFilter as CallFilterInput } from '../../generated/schema.ts';
import { decodeCursor, fingerprintOf } from '../relay/cursor.ts';
import { decodeCallId } from '../relay/global-id.ts';
import { present } from './present.ts';

const defaultSize = 20;
const largestSize = 500;
/** Characters. Longer than any number or SIP URI that is dialled; each call of a list is compared with it. */
const longestAddress = 256;

/**
 * A connection's arguments as the domain takes them.
 *
 * @throws Refusal INVALID_INPUT that names the argument
 */
export function toListRequest(listed: readonly Account[], args: AccountCallsArgs): ListRequest {
  const unsealed = { ...toScope(listed, args.filter), order: args.orderBy };
  const scope = { ...unsealed, fingerprint: fingerprintOf(unsealed) };
  const { after, before } = args;
  return {
    ...scope,
    ...toWindow(args),
    after: after == null ? undefined : decodeCursor(scope, after, 'after'),
    before: before == null ? undefined : decodeCursor(scope, before, 'before'),
  };
}

/** `first` and `last` as Relay Cursor Connections, section 4.2 has them, within bounds. */
function toWindow({ first, last }: AccountCallsArgs): { direction: Direction; size: number } {
  if (first != null && last != null) {
    throw new Refusal('INVALID_INPUT', 'Give `first` or `last`, not both.', { field: ['last'] });
  }
  const [name, size] = last == null ? (['first', first ?? defaultSize] as const) : (['last', last] as const);
  if (size < 0 || size > largestSize) {
    const message = `\`${name}\` must be between 0 and ${largestSize}, but is ${size}.`;
    throw new Refusal('INVALID_INPUT', message, { field: [name] });
  }
  return { direction: name === 'first' ? 'forward' : 'backward', size };
}

function toScope(listed: readonly Account[], input: CallFilterInput | null | undefined) {
  const { parentId, statuses, to, from, ...rest } = present(input ?? {}) as Present<CallFilterInput>;
  const parent = parentId === undefined ? undefined : decodeCallId(parentId, ['filter', 'parentId']);
  if (statuses?.length === 0) {
    throw new Refusal('INVALID_INPUT', '`filter.statuses` must name at least one status.', {
      field: ['filter', 'statuses'],
    });
  }
  const filter: CallFilter = {
    ...rest,
    // As a create dials them, so that a list is the same list however its addresses are written.
    ...(to !== undefined && { to: toShortAddress(to, ['filter', 'to']) }),
    ...(from !== undefined && { from: toShortAddress(from, ['filter', 'from']) }),
    // Sorted, for the same reason.
    ...(statuses !== undefined && { statuses: [...new Set(statuses)].sort() }),
    ...(parent !== undefined && { parentId: parent.providerCallId }),
  };
  // A leg is in its parent's account: no other account need be read.
  const accounts = parent === undefined ? listed : listed.filter(({ key }) => key === parent.accountKey);
  return { accounts, filter };
}

function toShortAddress(text: string, field: readonly string[]): string {
  if (text.length <= longestAddress) return toAddress(text, field);
  const message = `\`${field.join('.')}\` has more than ${longestAddress} characters.`;
  throw new Refusal('INVALID_INPUT', message, { field });
}
