import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

/**
 * The subgraph of another team: it adds an agent to calls, and knows the ids of an agent's calls. What it has of calls is
 * nullable, since the caller may not see each of them.
 */
export const agentsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { agent(id: ID!): Agent }
  type Agent @key(fields: "id") { id: ID! name: String! calls: [Call]! }
  type Call @key(fields: "id") { id: ID! agent: Agent }
`;

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly calls: readonly { readonly id: string }[];
}

/** Serves the agents at a free port. */
export async function startAgents(agents: readonly Agent[]) {
  const agentOf = ({ id }: { id: string }) =>
    agents.find(({ calls }) => calls.some((call) => call.id === id));
  const resolvers = {
    Query: { agent: (_: unknown, { id }: { id: string }) => agents.find((agent) => agent.id === id) },
    Call: { agent: agentOf },
  };
  const schema = buildSubgraphSchema({ typeDefs: parse(agentsSdl), resolvers });
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return { url, close: () => server.stop() };
}

/** A gateway that passes the key of each caller on: calls-graphql decides what its owner may see. */
export function createApolloGateway(supergraphSdl: string): ApolloServer<{ key: string }> {
  const buildService = ({ url = '' }: { url?: string }) =>
    new RemoteGraphQLDataSource<{ key?: string }>({
      url,
      willSendRequest: ({ request, context }) => request.http?.headers.set('x-api-key', context.key ?? ''),
    });
  return new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl, buildService }) });
}
