import type { AccountResolvers } from '../generated/resolvers.ts';
import { encodeGlobalId } from '../relay/global-id.ts';
import { toListRequest } from './to-list-request.ts';

export const Account: AccountResolvers = {
  id: ({ key }) => encodeGlobalId({ type: 'Account', accountKey: key }),
  call: ({ key }, { providerCallId }, { calls }) => calls.get({ accountKey: key, providerCallId }),
  // Async, so that it rejects and never throws: of a list in which one throws, graphql-js 16 leaves the others'
  // rejections to nobody, and the process would end.
  calls: async (account, args, { calls }) => calls.listOne(toListRequest([account], args)),
};
