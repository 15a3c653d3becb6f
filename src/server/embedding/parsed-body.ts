import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/**
 * Takes the body of a request that a body parser before has read, as Express's `json()` and Next.js leave it in
 * `request.body`: the stream of such a request never ends a second time.
 */
export function takeParsedBodies(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const { body, readableEnded } = request.raw as IncomingMessage & { readonly body?: unknown };
    if (!readableEnded || body === undefined) return done(null, payload);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const length = Number(request.headers['content-length'] ?? Buffer.byteLength(text));
    done(null, Object.assign(Readable.from([Buffer.from(text)]), { receivedEncodedLength: length }));
  });
}
