import type { Resolvers } from '../../generated/resolvers.ts';
import { Account } from './account.ts';
import { Call, Node } from './call.ts';
import { CallConnection, CallEdge, PageInfo, UnavailableAccount } from './call-connection.ts';
import { Mutation } from './mutation.ts';
import { CreateCallPayload, UpdateCallBxmlPayload, UpdateCallPayload } from './payload.ts';
import { Query } from './query.ts';
import { DateTime, URLScalar } from './scalars.ts';

/**
 * Where the schema's fields come from; a field that is not here is read off what backs its type. `CallDetails` is added
 * when the providers are known: see `createCallDetails`.
 */
export const resolvers: Resolvers = {
  Account,
  Call,
  CallConnection,
  CallEdge,
  CreateCallPayload,
  DateTime,
  Mutation,
  Node,
  PageInfo,
  Query,
  UnavailableAccount,
  UpdateCallBxmlPayload,
  UpdateCallPayload,
  URL: URLScalar,
};
