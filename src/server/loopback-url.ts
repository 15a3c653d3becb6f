import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../config/is-loopback.ts';

/** How a client on this machine reaches the server; undefined before it listens, or if none can on a loopback address. */
export function loopbackUrlOf({ server }: Pick<FastifyInstance, 'server'>): string | undefined {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return undefined;
  const address = ['0.0.0.0', '::'].includes(bound.address) ? '127.0.0.1' : bound.address;
  if (!isLoopback(address)) return undefined;
  return `http://${toUrlHost(address)}:${bound.port}`;
}

/** A host as URLs have it. */
export function toUrlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
