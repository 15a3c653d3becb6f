import type { Failure } from '../../calls/failure.ts';
import type {
  CreateCallPayloadResolvers,
  UpdateCallBxmlPayloadResolvers,
  UpdateCallPayloadResolvers,
} from '../../generated/resolvers.ts';
import type { UserError } from '../../generated/schema.ts';

export const CreateCallPayload: CreateCallPayloadResolvers = {
  userErrors: ({ failures }) => failures.map(toUserError),
};

/** The call is read again only when it is asked for. That it cannot be read does not undo the change. */
export const UpdateCallPayload: UpdateCallPayloadResolvers = {
  call: ({ call }) => call?.().catch(() => null) ?? null,
  userErrors: ({ failures }) => failures.map(toUserError),
};

export const UpdateCallBxmlPayload: UpdateCallBxmlPayloadResolvers = UpdateCallPayload;

/** A plain object: graphql-js would throw what is an `Error`. */
function toUserError({ code, message, field, retryAfter, providerErrorId }: Failure): UserError {
  return {
    code,
    message,
    field: field ?? null,
    retryAfter: retryAfter ?? null,
    providerErrorId: providerErrorId ?? null,
  };
}
