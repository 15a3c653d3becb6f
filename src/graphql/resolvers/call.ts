import type { CallResolvers, NodeResolvers } from '../../generated/resolvers.ts';
import { encodeGlobalId } from '../relay/global-id.ts';

/** Resolvers of `Call`; its other fields are properties of the domain's call. */
export const Call: CallResolvers = {
  id: ({ account, providerCallId }) =>
    encodeGlobalId({ type: 'Call', accountKey: account.key, providerCallId }),
  provider: ({ account }) => account.provider,
  parent: ({ account, parentId }, _, { calls }) =>
    parentId === null ? null : calls.get({ accountKey: account.key, providerCallId: parentId }),
  timeline: ({ account, providerCallId }, _, { calls }) =>
    calls.followed.timeline({ accountKey: account.key, providerCallId }),
};

export const Node: NodeResolvers = {
  __resolveType: (node) => ('providerCallId' in node ? 'Call' : 'Account'),
};
