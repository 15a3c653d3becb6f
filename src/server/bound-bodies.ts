import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { refuseBusy } from './shed-load.ts';

export interface BodyBounds {
  /** Bytes of bodies that are held at a time, those of requests being answered included. */
  readonly most?: number;
  /** Bytes of the longest body, which one that does not say its length may have. */
  readonly longest: number;
}

interface Body {
  readonly request: IncomingMessage;
  bytes: number;
}

const usual = 64 * 1024 * 1024;

/**
 * Bounds the bytes of the bodies that are held at a time. Who sends half a body and then nothing has it held until
 * the request times out, before anybody asks who that is: 1,000 such connections took 460 MB.
 *
 * Where there is no room, the connection whose body has been under way for longest is closed: bodies of those who
 * mean to send them arrive in a moment. Only if all have arrived, and are being answered, is the new one refused.
 */
export function boundBodies(app: FastifyInstance, { most = usual, longest }: BodyBounds): void {
  /** Oldest first. Of those that have arrived, each is taken out when somebody looks for room. */
  const arriving = new Set<Body>();
  let held = 0;
  const release = (body: Body): void => {
    held -= body.bytes;
    body.bytes = 0;
    arriving.delete(body);
  };
  app.addHook('onRequest', (request, reply, done) => {
    const body = { request: request.raw, bytes: announcedBytes(request.raw, longest) };
    for (const oldest of arriving) {
      if (held + body.bytes <= most) break;
      arriving.delete(oldest);
      if (oldest.request.complete) continue;
      release(oldest);
      oldest.request.destroy();
    }
    if (held + body.bytes > most) {
      refuseBusy(reply);
      return;
    }
    if (body.bytes > 0) {
      held += body.bytes;
      arriving.add(body);
      reply.raw.once('close', () => release(body));
    }
    done();
  });
}

function announcedBytes({ headers }: IncomingMessage, longest: number): number {
  if (headers['transfer-encoding'] !== undefined) return longest;
  const length = headers['content-length'];
  return length === undefined ? 0 : Math.min(Number(length), longest);
}
