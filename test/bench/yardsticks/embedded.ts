import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { answerPort } from './answer-port.ts';

/** What is used of the library; the build makes it, so that its types are not at hand here. */
interface Library {
  createCallsApi(options: object): Promise<{ readonly listener: RequestListener }>;
}

/** The facade in another's server: the library as it is imported, with the facade's accounts file and a log like its own. */
const library: Library = await import(new URL('../../index.js', import.meta.url).href);
const { shutdown, ...options } = JSON.parse(readFileSync(String(process.env.CALLS_CONFIG), 'utf8'));
const logger: FastifyBaseLogger = Fastify({ logger: true }).log;
const { listener } = await library.createCallsApi({ ...options, logger });
answerPort(createServer(listener));
process.once('SIGTERM', () => process.exit());
