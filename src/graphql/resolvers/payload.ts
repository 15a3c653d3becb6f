import type { Failure } from '../../calls/failure.ts';
import type {
  CreateCallPayloadResolvers,
  UpdateCallBxmlPayloadResolvers,
  UpdateCallPayloadResolvers,
} from '../../generated/resolvers.ts';
import type { UserError } from '../../generated/schema.ts';

/** Resolvers of the payload of `createCall`. */
export const CreateCallPayload: CreateCallPayloadResolvers = {
  userErrors: ({ failures }) => failures.map(toUserError),
};

/** The call is read again only if it is selected. It is null if it cannot be read: the change was made all the same. */
export const UpdateCallPayload: UpdateCallPayloadResolvers = {
  call: ({ call }) => call?.().catch(() => null) ?? null,
  userErrors: ({ failures }) => failures.map(toUserError),
};

export const UpdateCallBxmlPayload: UpdateCallBxmlPayloadResolvers = UpdateCallPayload;

/** Copies a failure to a plain object, because graphql-js would throw an `Error`. */
function toUserError(failure: Failure): UserError {
  const { code, message, field = null, retryAfter = null, providerErrorId = null } = failure;
  return { code, message, field, retryAfter, providerErrorId };
}
