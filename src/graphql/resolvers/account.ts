import { requireWellFormedText } from '../../calls/well-formed-text.ts';
import type { AccountResolvers } from '../../generated/resolvers.ts';
import { encodeGlobalId } from '../relay/global-id.ts';
import { toListRequest } from './to-list-request.ts';

/** Resolvers of `Account`. */
export const Account: AccountResolvers = {
  id: ({ key }) => encodeGlobalId({ type: 'Account', accountKey: key }),
  // Resolvers that may fail are async, so that they reject instead of throwing. If one item of a list throws,
  // graphql-js 16 leaves the rejections of the others unhandled, which ends the process.
  health: async ({ key }, _, { calls }) => calls.health(key),
  eventSources: ({ key }, _, { calls }) => calls.eventSources(key),
  call: async ({ key }, { providerCallId }, { calls }) => {
    requireWellFormedText(providerCallId, ['providerCallId']);
    return calls.get({ accountKey: key, providerCallId });
  },
  calls: async (account, args, { calls }) => calls.listOne(toListRequest([account], args)),
};
