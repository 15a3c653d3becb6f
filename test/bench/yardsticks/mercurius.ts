import Fastify from 'fastify';
import mercurius from 'mercurius';
import { tellPort } from './answer-port.ts';
import { loadParts } from './built.ts';

/** Yardstick (d): mercurius with its compiler on, on our own schema, resolvers and adapters. */
const { schema, contextOf } = await loadParts();
const app = Fastify();
await app.register(mercurius, { schema, jit: 1, context: (_, { raw }) => contextOf(raw) });
await app.listen({ host: '127.0.0.1', port: 0 });
tellPort(app.server);
