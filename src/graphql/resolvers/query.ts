import { setImmediate } from 'node:timers/promises';
import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { Refusal } from '../../calls/failure.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import type { Context } from '../context.ts';
import { decodeAccountId, decodeCallId, decodeGlobalId } from '../relay/global-id.ts';
import { loadEach } from './load-each.ts';
import { toListRequest } from './to-list-request.ts';

/** Resolvers of `Query`. */
export const Query: QueryResolvers = {
  node: (_, { id }, context) => load(context, id, ['id']),
  // The types of the code generator do not allow a promise of null.
  nodes: (_, { ids }, context) =>
    loadEach('ids', ids, (id, field) => load(context, id, field) as Promise<Call | Account>),
  call: (_, { id }, { calls }) => calls.get(decodeCallId(id)),
  calls: (_, args, context) =>
    context.calls.list(toListRequest(selectAccounts(context, args.accountIds), args)),
  account: (_, { id }, { calls }) => calls.account(decodeAccountId(id).accountKey),
  accounts: (_, __, { calls }) => calls.accounts,
  checkBxml: async (_, { bxml, accountId }, { calls }) => {
    const { accountKey } = decodeAccountId(accountId, ['accountId']);
    // One operation may check several documents: others get their turn in between.
    await setImmediate();
    return calls.reportBxml(accountKey, bxml);
  },
};

/** An object of any type. */
async function load(
  { calls }: Context,
  id: string,
  field: readonly string[],
): Promise<Call | Account | null> {
  const decoded = decodeGlobalId(id, field);
  return decoded.type === 'Call' ? calls.get(decoded) : calls.account(decoded.accountKey);
}

/**
 * The accounts with these ids, each once; all visible accounts without ids.
 *
 * @throws Refusal NOT_FOUND that names the argument
 */
export function selectAccounts({ calls }: Pick<Context, 'calls'>, ids: readonly string[] | null | undefined) {
  if (ids == null) return calls.accounts;
  // An account has exactly one id, so repeated ids are repeated accounts.
  return [...new Set(ids)].map((id) => {
    const field = ['accountIds', `${ids.indexOf(id)}`];
    const account = calls.account(decodeAccountId(id, field).accountKey);
    if (account !== null) return account;
    throw new Refusal('NOT_FOUND', `\`${field.join('.')}\` is the id of no account.`, { field });
  });
}
