import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { Refusal } from '../../calls/failure.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import type { Context } from '../context.ts';
import { decodeAccountId, decodeCallId, decodeGlobalId } from '../relay/global-id.ts';
import { toListRequest } from './to-list-request.ts';

const mostNodes = 100;

export const Query: QueryResolvers = {
  node: (_, { id }, context) => load(context, id, ['id']),
  nodes: (_, { ids }, context) => loadAll(context, ids),
  call: (_, { id }, { calls }) => calls.get(decodeCallId(id)),
  calls: (_, args, context) => context.calls.list(toListRequest(chosen(context, args.accountIds), args)),
  account: (_, { id }, { calls }) => calls.account(decodeAccountId(id).accountKey),
  accounts: (_, __, { calls }) => calls.accounts,
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

/** Each by itself, so that one that fails leaves the others. (Codegen's types know no promise of null.) */
function loadAll(context: Context, ids: readonly string[]) {
  return atMost(mostNodes, ids).map((id, i) => load(context, id, ['ids', `${i}`]) as Promise<Call | Account>);
}

function atMost(most: number, ids: readonly string[]): readonly string[] {
  if (ids.length <= most) return ids;
  const message = `\`ids\` may hold at most ${most} ids, but holds ${ids.length}.`;
  throw new Refusal('INVALID_INPUT', message, { field: ['ids'] });
}

/** The accounts named, each once; all of them when none is. */
function chosen({ calls }: Context, ids: readonly string[] | null | undefined) {
  if (ids == null) return calls.accounts;
  // An account has one id, so that one that is given again and again need be read but once.
  return [...new Set(ids)].map((id) => {
    const field = ['accountIds', `${ids.indexOf(id)}`];
    const account = calls.account(decodeAccountId(id, field).accountKey);
    if (account !== null) return account;
    throw new Refusal('NOT_FOUND', `\`${field.join('.')}\` is the id of no account.`, { field });
  });
}
