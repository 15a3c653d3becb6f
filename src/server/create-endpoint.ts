import type { Core } from '../api/create-core.ts';
import { createGraphQLHandler, type GraphQLHandler } from './create-graphql-handler.ts';
import { OpenStreams } from './streams/open-streams.ts';

/** Answers the GraphQL requests of one API, by whichever route they come. */
export interface Endpoint extends GraphQLHandler {
  readonly streams: OpenStreams;
}

export function createEndpoint({ config, executor, authenticate, metrics, reloads }: Core): Endpoint {
  const streams = new OpenStreams({}, metrics?.streams);
  metrics?.streams.watch(streams);
  reloads.onReload(() => () => streams.checkAccess());
  return { ...createGraphQLHandler({ config, executor, authenticate, streams }), streams };
}
