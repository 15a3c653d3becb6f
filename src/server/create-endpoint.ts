import type { Core } from '../api/create-core.ts';
import { createGraphQLHandler, type GraphQLHandler } from './create-graphql-handler.ts';
import { OpenStreams } from './streams/open-streams.ts';

/** What answers GraphQL requests to one API, wherever its routes are. */
export interface Endpoint extends GraphQLHandler {
  readonly streams: OpenStreams;
}

export function createEndpoint({ config, executor, authenticate, metrics }: Core): Endpoint {
  const streams = new OpenStreams({}, metrics?.streams);
  metrics?.streams.watch(streams);
  return { ...createGraphQLHandler({ config, executor, authenticate, streams }), streams };
}
