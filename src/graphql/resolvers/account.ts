import { requireWholeText } from '../../calls/whole-text.ts';
import type { AccountResolvers } from '../../generated/resolvers.ts';
import { encodeGlobalId } from '../relay/global-id.ts';
import { toListRequest } from './to-list-request.ts';

export const Account: AccountResolvers = {
  id: ({ key }) => encodeGlobalId({ type: 'Account', accountKey: key }),
  // Async, here and below, so that it rejects and never throws: of a list in which one throws, graphql-js 16 leaves
  // the others' rejections to nobody, and the process would end.
  call: async ({ key }, { providerCallId }, { calls }) => {
    requireWholeText(providerCallId, ['providerCallId']);
    return calls.get({ accountKey: key, providerCallId });
  },
  calls: async (account, args, { calls }) => calls.listOne(toListRequest([account], args)),
};
