import type { FastifyCorsOptions } from '@fastify/cors';
import type { CorsSettings } from '../config/cors-settings.ts';

/** What `@fastify/cors` is to say (Fetch, section 3.2). Scripts may read these headers besides the safelisted ones. */
export function corsOptions({ origins, credentials, maxAge }: CorsSettings): FastifyCorsOptions {
  return {
    origin: [...origins],
    credentials,
    maxAge: Math.floor(maxAge / 1000),
    exposedHeaders: ['Retry-After', 'Server-Timing', 'X-Request-Id'],
  };
}
