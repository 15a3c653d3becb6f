import type {
  CallConnectionResolvers,
  CallEdgeResolvers,
  PageInfoResolvers,
  UnavailableAccountResolvers,
} from '../generated/resolvers.ts';
import { encodeCursor } from '../relay/cursor.ts';

export const CallConnection: CallConnectionResolvers = {
  nodes: ({ edges }) => edges.map(({ call }) => call),
  pageInfo: (connection) => connection,
  totalCount: ({ count }) => count(),
};

export const CallEdge: CallEdgeResolvers = {
  cursor: ({ scope, place }) => encodeCursor(scope, place),
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
};
