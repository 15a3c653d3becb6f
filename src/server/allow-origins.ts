import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';

/** Answers as CORS is configured (Fetch, section 3.2). Scripts may read these headers besides the safelisted ones. */
export async function allowOrigins(app: FastifyInstance, { cors: settings }: Config): Promise<void> {
  if (settings === undefined) return;
  const { origins, credentials, maxAge } = settings;
  await app.register(cors, {
    origin: [...origins],
    credentials,
    maxAge: Math.floor(maxAge / 1000),
    exposedHeaders: ['Retry-After', 'Server-Timing', 'X-Request-Id'],
  });
}
