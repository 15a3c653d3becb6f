import type { AccountResolvers } from '../generated/resolvers.ts';
import { encodeGlobalId } from '../relay/global-id.ts';
import { toListRequest } from './to-list-request.ts';

export const Account: AccountResolvers = {
  id: ({ key }) => encodeGlobalId({ type: 'Account', accountKey: key }),
  call: ({ key }, { providerCallId }, { calls }) => calls.get({ accountKey: key, providerCallId }),
  calls: (account, args, { calls }) => calls.list(toListRequest([account], args)),
};
