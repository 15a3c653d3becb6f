import { createCall } from '../../calls/create-call.ts';
import type { CallChange, NewCall } from '../../calls/new-call.ts';
import { toOutcome } from '../../calls/placing/outcome.ts';
import { updateCall, updateCallBxml } from '../../calls/update-call.ts';
import { requireWellFormedText } from '../../calls/well-formed-text.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { decodeAccountId, decodeCallId } from '../relay/global-id.ts';
import { withoutNulls } from './without-nulls.ts';

/** Resolvers of `Mutation`. Ids are decoded inside the outcome, so that a malformed one is reported in `userErrors`. */
export const Mutation: MutationResolvers = {
  createCall: (_, { input }, { calls }) =>
    toOutcome(calls.record, { call: null, replayed: false, losses: [] }, async () => {
      requireWellFormedText(input, ['input']);
      const { accountId, idempotencyKey, ...newCall } = input;
      const { accountKey } = decodeAccountId(accountId, ['input', 'accountId']);
      return createCall(calls, accountKey, withoutNulls(newCall) as NewCall, idempotencyKey ?? undefined);
    }),
  updateCall: (_, { input }, { calls }) =>
    toOutcome(calls.record, { call: null }, async () => {
      requireWellFormedText(input, ['input']);
      const change = withoutNulls(input.change) as CallChange;
      return updateCall(calls, decodeCallId(input.id, ['input', 'id']), change);
    }),
  updateCallBxml: (_, { input: { id, ...document } }, { calls }) =>
    toOutcome(calls.record, { call: null, losses: [] }, async () =>
      updateCallBxml(calls, decodeCallId(id, ['input', 'id']), document),
    ),
};
