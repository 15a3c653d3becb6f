import type {
  CallConnectionResolvers,
  CallEdgeResolvers,
  PageInfoResolvers,
  UnavailableAccountResolvers,
} from '../../generated/resolvers.ts';
import { encodeCursor } from '../relay/cursor.ts';

/** The largest number that GraphQL's Int holds (GraphQL, section 3.5.1); a larger one would be an error. */
const largestInt = 2 ** 31 - 1;

export const CallConnection: CallConnectionResolvers = {
  edges: ({ calls, scope, cursorOf }) => calls.map((call) => ({ scope, cursorOf, call })),
  nodes: ({ calls }) => calls,
  pageInfo: (connection) => connection,
  totalCount: async ({ count }) => asInt(await count()),
};

export const CallEdge: CallEdgeResolvers = {
  cursor: ({ scope, cursorOf, call }) => encodeCursor(scope, cursorOf(call)),
  node: ({ call }) => call,
};

export const PageInfo: PageInfoResolvers = {
  hasNextPage: ({ hasNextPage }) => hasNextPage(),
  hasPreviousPage: ({ hasPreviousPage }) => hasPreviousPage(),
  startCursor: ({ scope, start }) => start && encodeCursor(scope, start),
  endCursor: ({ scope, end }) => end && encodeCursor(scope, end),
};

export const UnavailableAccount: UnavailableAccountResolvers = {
  code: ({ failure }) => failure.code,
  message: ({ failure }) => failure.message,
  retryAfter: ({ failure }) => failure.retryAfter ?? null,
  providerErrorId: ({ failure }) => failure.providerErrorId ?? null,
};

function asInt(count: number | null): number | null {
  return count !== null && count <= largestInt ? count : null;
}
