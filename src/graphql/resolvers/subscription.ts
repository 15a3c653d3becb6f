import type { CallEvent } from '../../calls/events/call-event.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import type { Context } from '../context.ts';
import { decodeCallId } from '../relay/global-id.ts';
import { selectAccounts } from './query.ts';
import { selectCalls } from './to-list-request.ts';

/** Resolvers of `Subscription`: the source of each stream, whose events are the values of its field. */
export const Subscription: SubscriptionResolvers = {
  callEvents: {
    subscribe: (_, { accountIds, filter, after }, context) =>
      context.calls.followed.all(
        selectCalls(selectAccounts(context, accountIds), filter),
        boundsOf(context, after),
      ),
    resolve: (event: CallEvent) => event,
  },
  callEvent: {
    subscribe: (_, { id, after }, context) =>
      context.calls.followed.one(decodeCallId(id), boundsOf(context, after)),
    resolve: (event: CallEvent) => event,
  },
};

/** The last event that the client names by itself when it reconnects is later than that of the arguments. */
function boundsOf({ stream }: Context, after: string | null | undefined) {
  if (stream === undefined) throw new Error('The transport of this operation has no streams.');
  return { after: stream.lastEventId ?? after ?? undefined, signal: stream.signal };
}
