import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dialledAccount } from '../figures.ts';
import { callPage, callText, placedCall } from './bandwidth.ts';
import { restcommPage } from './restcomm.ts';

/**
 * Both providers in a process of their own, as cheap as can be: every answer is text that was made before.
 * What is said of the wire is in the emulated carriers of `src/sandbox`; this is a subset that costs nothing.
 *
 * Milliseconds to wait before each answer, as the only argument.
 */
const latency = Number(process.argv[2] ?? 0);

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly link?: string | undefined;
  readonly body: string | Buffer;
}

const token = JSON.stringify({ access_token: 'token', token_type: 'bearer', expires_in: 3600 });

function answer({ method, url = '' }: IncomingMessage): Answer {
  const [path = '', query = ''] = url.split('?', 2);
  if (path === '/oauth2/token') return { body: token };
  const [, accountId, callId] = /^\/accounts\/(\d+)\/calls(?:\/(.+))?$/.exec(path) ?? [];
  if (accountId !== undefined) {
    if (method === 'POST') return { status: 201, body: placedCall(dialledAccount) };
    return callId === undefined ? callPage(accountId, query) : { body: callText(accountId, callId) };
  }
  if (path.endsWith('/Calls.json')) return { body: restcommPage('json', query) };
  if (path.endsWith('/Calls')) return { type: 'application/xml', body: restcommPage('xml', query) };
  return { status: 404, body: '{}' };
}

function send(
  response: ServerResponse,
  { status = 200, type = 'application/json', link, body }: Answer,
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...(link && { link }),
  });
  response.end(body);
}

let asked = 0;
const server = createServer((request, response) => {
  asked += 1;
  const reply = () => send(response, answer(request));
  request.resume();
  if (latency > 0) setTimeout(reply, latency);
  else if (request.method === 'GET') reply();
  else request.once('end', reply);
});
process.on('message', (message) => {
  if (message === 'asked') process.send?.(asked);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
