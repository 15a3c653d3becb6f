import type { Resolvers } from '../../generated/resolvers.ts';
import { Account } from './account.ts';
import { Call, Node } from './call.ts';
import { CallConnection, CallEdge, PageInfo, UnavailableAccount } from './call-connection.ts';
import { Mutation } from './mutation.ts';
import { UpdateCallBxmlPayload, UpdateCallPayload } from './payload.ts';
import { Query } from './query.ts';
import { DateTime, URLScalar } from './scalars.ts';
import { Subscription } from './subscription.ts';

/**
 * The resolver map of the schema. A field without a resolver is read from the property of the same name.
 * `CallDetails` is added when the providers are known: see `createCallDetails`.
 */
export const resolvers: Resolvers = {
  Account,
  Call,
  CallConnection,
  CallEdge,
  DateTime,
  Mutation,
  Node,
  PageInfo,
  Query,
  Subscription,
  UnavailableAccount,
  UpdateCallBxmlPayload,
  UpdateCallPayload,
  URL: URLScalar,
};
