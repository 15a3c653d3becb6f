import { createCall, updateCall, updateCallBxml } from '../../calls/change-calls.ts';
import type { CallChange, NewCall } from '../../calls/new-call.ts';
import { toCreateOutcome, toUpdateOutcome } from '../../calls/placing/outcome.ts';
import { requireWholeText } from '../../calls/whole-text.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { decodeAccountId, decodeCallId } from '../relay/global-id.ts';
import { present } from './present.ts';

/** A malformed id is reported like any other refusal: in `userErrors`. */
export const Mutation: MutationResolvers = {
  createCall: (_, { input }, { calls }) =>
    toCreateOutcome(async () => {
      requireWholeText(input, ['input']);
      const { accountId, idempotencyKey, ...newCall } = input;
      const { accountKey } = decodeAccountId(accountId, ['input', 'accountId']);
      return createCall(calls, accountKey, present(newCall) as NewCall, idempotencyKey ?? undefined);
    }),
  updateCall: (_, { input }, { calls }) =>
    toUpdateOutcome(async () => {
      requireWholeText(input, ['input']);
      const change = present(input.change) as CallChange;
      return updateCall(calls, decodeCallId(input.id, ['input', 'id']), change);
    }),
  updateCallBxml: (_, { input: { id, bxml } }, { calls }) =>
    toUpdateOutcome(async () => updateCallBxml(calls, decodeCallId(id, ['input', 'id']), bxml)),
};
