import type { Account } from '../calls/account.ts';
import type { Direction, ListRequest } from '../calls/connection.ts';
import { Refusal } from '../calls/failure.ts';
import type { CallFilter, Present } from '../calls/new-call.ts';
import type { AccountCallsArgs, CallFilter as CallFilterInput } from '../generated/schema.ts';
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
  const { parentId, statuses, ...rest } = present(input ?? {}) as Present<CallFilterInput>;
  checkAddress('to', rest.to);
  checkAddress('from', rest.from);
  const parent = parentId === undefined ? undefined : decodeCallId(parentId, ['filter', 'parentId']);
  if (statuses?.length === 0) {
    throw new Refusal('INVALID_INPUT', '`filter.statuses` must name at least one status.', {
      field: ['filter', 'statuses'],
    });
  }
  const filter: CallFilter = {
    ...rest,
    // Sorted, so that a list is the same list however its statuses are written.
    ...(statuses !== undefined && { statuses: [...new Set(statuses)].sort() }),
    ...(parent !== undefined && { parentId: parent.providerCallId }),
  };
  // A leg is in its parent's account: no other account need be read.
  const accounts = parent === undefined ? listed : listed.filter(({ key }) => key === parent.accountKey);
  return { accounts, filter };
}

/** Half of a character beyond U+FFFF cannot be sent to anybody. */
function checkAddress(name: 'to' | 'from', address: string | undefined): void {
  if (address === undefined) return;
  const isFit = address.trim() !== '' && address.length <= longestAddress && !/\p{Surrogate}/u.test(address);
  if (isFit) return;
  const message = `\`filter.${name}\` must be an address of 1 to ${longestAddress} characters.`;
  throw new Refusal('INVALID_INPUT', message, { field: ['filter', name] });
}
