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
  readonly link?: string;
  readonly body: string | Buffer;
  readonly rows?: number;
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
  if (!/\/Calls(?:\.json)?$/.test(path)) return { status: 404, body: '{}' };
  const isJson = path.endsWith('.json');
  const page = restcommPage(isJson ? 'json' : 'xml', query);
  return page === undefined
    ? { status: 400, body: '' }
    : { ...page, ...(!isJson && { type: 'application/xml' }) };
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

export interface Asked {
  readonly requests: number;
  /** In lists. */
  readonly rows: number;
}

const asked = { requests: 0, rows: 0 };
const server = createServer((request, response) => {
  asked.requests += 1;
  const reply = () => {
    const answered = answer(request);
    asked.rows += answered.rows ?? 0;
    send(response, answered);
  };
  request.resume();
  if (latency > 0) setTimeout(reply, latency);
  else if (request.method === 'GET') reply();
  else request.once('end', reply);
});
process.on('message', (message) => {
  if (message === 'asked') process.send?.(asked satisfies Asked);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
