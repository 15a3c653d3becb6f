import { createServer, type ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { answerPort } from './answer-port.ts';
import { requestsOf, type UpstreamRequest } from './upstream-requests.ts';

/** Yardstick (a): node's own server, undici, and nothing in between. The argument is the upstream's origin. */
const pool = new Pool(process.argv[2] as string, { connections: 64, pipelining: 1 });

async function fetchAll(requests: readonly UpstreamRequest[]): Promise<Buffer[]> {
  return Promise.all(
    requests.map(async (request) => {
      const { body } = await pool.request(request);
      return Buffer.from(await body.arrayBuffer());
    }),
  );
}

async function pass(url: string, response: ServerResponse): Promise<void> {
  const bodies = await fetchAll(requestsOf(url));
  const body = bodies.length === 1 ? (bodies[0] as Buffer) : Buffer.concat(bodies);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

const server = createServer((request, response) => {
  request.resume();
  const reply = () => void pass(request.url ?? '/', response);
  if (request.method === 'GET') reply();
  else request.once('end', reply);
});
answerPort(server);
