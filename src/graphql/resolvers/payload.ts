import type {
  UpdateCallBxmlPayloadResolvers,
  UpdateCallPayloadResolvers,
} from '../../generated/resolvers.ts';

/** The call is read again only if it is selected. It is null if it cannot be read: the change was made all the same. */
export const UpdateCallPayload: UpdateCallPayloadResolvers = {
  call: ({ call }) => call?.().catch(() => null) ?? null,
};

export const UpdateCallBxmlPayload: UpdateCallBxmlPayloadResolvers = UpdateCallPayload;
