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
    const { 'content-type': type, 'content-length': told } = request.headers;
    const bytes = bytesOf(body, type);
    const length = Number(told ?? bytes.length);
    done(null, Object.assign(Readable.from([bytes]), { receivedEncodedLength: length }));
  });
}

/** What was parsed, in the form that its media type says: providers send forms. */
function bytesOf(body: unknown, type = ''): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (typeof body === 'string') return Buffer.from(body);
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return Buffer.from(JSON.stringify(body));
  const form = new URLSearchParams();
  for (const [name, values] of Object.entries(Object(body))) {
    for (const value of [values].flat()) form.append(name, String(value));
  }
  return Buffer.from(form.toString());
}
