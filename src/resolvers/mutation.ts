import { createCall, updateCall, updateCallBxml } from '../calls/change-calls.ts';
import type { CallChange, NewCall } from '../calls/new-call.ts';
import { toCreateOutcome, toUpdateOutcome } from '../calls/outcome.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { decodeAccountId, decodeCallId } from '../relay/global-id.ts';
import { present } from './present.ts';

/** A malformed id is reported like any other refusal: in `userErrors`. */
export const Mutation: MutationResolvers = {
  createCall: (_, { input: { accountId, idempotencyKey, ...newCall } }, { calls }) =>
    toCreateOutcome(async () =>
      createCall(
        calls,
        decodeAccountId(accountId, ['input', 'accountId']).accountKey,
        present(newCall) as NewCall,
        idempotencyKey ?? undefined,
      ),
    ),
  updateCall: (_, { input: { id, change } }, { calls }) =>
    toUpdateOutcome(async () =>
      updateCall(calls, decodeCallId(id, ['input', 'id']), present(change) as CallChange),
    ),
  updateCallBxml: (_, { input: { id, bxml } }, { calls }) =>
    toUpdateOutcome(async () => updateCallBxml(calls, decodeCallId(id, ['input', 'id']), bxml)),
};
