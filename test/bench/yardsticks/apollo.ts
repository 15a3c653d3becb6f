import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { tellPort } from './answer-port.ts';
import { loadParts } from './built.ts';

/** Yardstick (c): Apollo Server as it comes, with graphql-js, on our own schema, resolvers and adapters. */
const { schema, contextOf } = await loadParts();
const apollo = new ApolloServer({ schema });
await apollo.start();
const app = Fastify();
app.route({
  url: '/graphql',
  method: ['GET', 'POST'],
  handler: fastifyApolloHandler(apollo, { context: async (_, { raw }) => contextOf(raw) }),
});
await app.listen({ host: '127.0.0.1', port: 0 });
tellPort(app.server);
