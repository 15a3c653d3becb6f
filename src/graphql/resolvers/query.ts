import { setImmediate } from 'node:timers/promises';
import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { Refusal } from '../../calls/failure.ts';
import { maxIds } from '../../cost/list-limits.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import type { Context } from '../context.ts';
import { decodeAccountId, decodeCallId, decodeGlobalId } from '../relay/global-id.ts';
import { toListRequest } from './to-list-request.ts';

/** Resolvers of `Query`. */
export const Query: QueryResolvers = {
  node: (_, { id }, context) => load(context, id, ['id']),
  nodes: (_, { ids }, context) => loadAll(context, ids),
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

/** Loads each object separately, so that one failure does not affect the others. */
function loadAll(context: Context, ids: readonly string[]) {
  requireAtMost(maxIds, ids);
  // The types of the code generator do not allow a promise of null.
  return ids.map((id, i) => load(context, id, ['ids', `${i}`]) as Promise<Call | Account>);
}

function requireAtMost(max: number, ids: readonly string[]): void {
  if (ids.length <= max) return;
  const message = `\`ids\` may hold at most ${max} ids, but holds ${ids.length}.`;
  throw new Refusal('INVALID_INPUT', message, { field: ['ids'] });
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
