import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { maxRequestBytes } from '../config/cost-settings.ts';
import { refuseBusy } from './shed-load.ts';

/**
 * Limits the memory of request bodies. A client that sends half a body and then nothing occupies memory until the
 * request times out, before it is authenticated: 1,000 such connections took 460 MB.
 *
 * When the limit is reached, connections whose bodies have been arriving for longest are closed, because complete
 * bodies arrive quickly. If all bodies are complete and being answered, the new request is refused.
 */
export function limitBodyMemory(
  app: FastifyInstance,
  { maxHeld = defaultMaxHeld, maxLength = maxRequestBytes, onShed }: BodyLimits,
): void {
  /** Oldest first. Complete bodies are removed when memory is needed. */
  const arriving = new Set<Body>();
  const bodies = new WeakMap<FastifyRequest, Body>();
  let held = 0;
  const release = (body: Body): void => {
    held -= body.bytes;
    body.bytes = 0;
    arriving.delete(body);
  };
  app.addHook('onRequest', (request, reply, done) => {
    const body = { request: request.raw, bytes: announcedBytes(request.raw, maxLength) };
    for (const oldest of arriving) {
      if (held + body.bytes <= maxHeld) break;
      arriving.delete(oldest);
      if (oldest.request.complete) continue;
      release(oldest);
      oldest.request.destroy();
    }
    if (held + body.bytes > maxHeld) {
      onShed?.();
      refuseBusy(reply);
      return;
    }
    if (body.bytes > 0) {
      held += body.bytes;
      arriving.add(body);
      bodies.set(request, body);
      reply.raw.once('close', () => release(body));
    }
    done();
  });
  // A stream lasts for hours, and needs no body once it has begun.
  app.addHook('onSend', (request, _reply, payload, done) => {
    const body = payload instanceof Readable ? bodies.get(request) : undefined;
    if (body !== undefined) {
      request.body = undefined;
      release(body);
    }
    done(null, payload);
  });
}

/** Sizes in bytes. */
export interface BodyLimits {
  /** All bodies held at a time, including those of requests that are being answered. */
  readonly maxHeld?: number;
  /** One body. A chunked one, whose length is unknown, counts as this long. */
  readonly maxLength?: number;
  /** Called for each request that is refused. */
  readonly onShed?: (() => void) | undefined;
}

interface Body {
  readonly request: IncomingMessage;
  bytes: number;
}

const defaultMaxHeld = 64 * 1024 * 1024;

function announcedBytes({ headers }: IncomingMessage, maxLength: number): number {
  if (headers['transfer-encoding'] !== undefined) return maxLength;
  const length = headers['content-length'];
  return length === undefined ? 0 : Math.min(Number(length), maxLength);
}
