import type {
  CallConnectionResolvers,
  CallEdgeResolvers,
  PageInfoResolvers,
  UnavailableAccountResolvers,
} from '../../generated/resolvers.ts';
import { encodeCursor } from '../relay/cursor.ts';

/** The largest GraphQL Int (GraphQL, section 3.5.1). */
const maxInt = 2 ** 31 - 1;

/** Resolvers of a page of calls (Relay Cursor Connections, section 2). */
export const CallConnection: CallConnectionResolvers = {
  edges: ({ calls, scope, cursorOf }) => calls.map((call) => ({ scope, cursorOf, call })),
  nodes: ({ calls }) => calls,
  pageInfo: (connection) => connection,
  totalCount: async ({ count }) => toInt(await count()),
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

function toInt(count: number | null): number | null {
  return count !== null && count <= maxInt ? count : null;
}
