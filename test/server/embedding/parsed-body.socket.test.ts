import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { takeParsedBodies } from '../../../src/server/embedding/parsed-body.ts';
import { send } from '../../support/post.ts';

it.each<[string, string, string, unknown]>([
  ['an object', 'application/json', '{"a":[1]}', { a: [1] }],
  ['a form', 'application/x-www-form-urlencoded', 'To=%2B1919&a=1&a=2', { To: '+1919', a: ['1', '2'] }],
  ['a text', 'text/plain', 'x=y', 'x=y'],
  ['bytes', 'application/octet-stream', 'x=y', Buffer.from('x=y')],
])('a body that was parsed before is read as it came: %s', async (_, type, body, parsed) => {
  const app = Fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, given, done) => done(null, given));
  takeParsedBodies(app);
  app.post('/', async (request) => request.body);
  await app.ready();
  const server = createServer(async (request, response) => {
    await text(request);
    app.routing(Object.assign(request, { body: parsed }), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-type': type };
  const reply = await send(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body });
  expect(reply).toMatchObject({ status: 200, text: body });
  server.closeAllConnections();
  server.close();
  await app.close();
});
