import Fastify from 'fastify';
import { Pool } from 'undici';
import { accounts, dialledAccount, walkedAccount } from '../figures.ts';
import { tellPort } from './answer-port.ts';
import { bandwidthCall, type Mapped, restcommCall, type Wire } from './rest-calls.ts';
import { parseCalls } from './rest-xml.ts';
import { requestsOf, type UpstreamRequest } from './upstream-requests.ts';

/**
 * Yardstick (b): what somebody writes by hand for exactly these pieces of work. Fetches, maps the same
 * fields, answers the same JSON; no limits, no keys, no deadlines, no log. The argument is the upstream's origin.
 */
const pool = new Pool(process.argv[2] as string, { connections: 64, pipelining: 1 });
const app = Fastify();

async function fetchText(request: UpstreamRequest): Promise<string> {
  const { body } = await pool.request(request);
  return body.text();
}

async function fetchRows(url: string): Promise<Wire[][]> {
  return Promise.all(requestsOf(url).map(async (request) => JSON.parse(await fetchText(request))));
}

/** There may be more after a page that is full. */
function toPage(nodes: Mapped[], size: number) {
  const page = nodes.slice(0, size);
  const last = page.at(-1);
  const endCursor = last && Buffer.from(`${last.createdAt} ${last.providerCallId}`).toString('base64url');
  return { data: { calls: { nodes: page, pageInfo: { hasNextPage: nodes.length >= size, endCursor } } } };
}

interface Page {
  readonly Params: { readonly size: number; readonly token: string };
}

app.get<Page>('/list/:size', async ({ url, params }) => {
  const size = Number(params.size);
  const [rows = []] = await fetchRows(url);
  const nodes = rows.reverse().map((row) => bandwidthCall(row, accounts[0]));
  return toPage(nodes, size);
});

app.get<Page>('/oldest/:size', async ({ url, params }) => {
  const [rows = []] = await fetchRows(url);
  const nodes = rows.map((row) => bandwidthCall(row, accounts[0]));
  return toPage(nodes, Number(params.size));
});

app.get<Page>('/merged/:size', async ({ url, params }) => {
  const size = Number(params.size);
  const lists = await fetchRows(url);
  const calls = lists.flatMap((rows, i) => rows.map((row) => bandwidthCall(row, accounts[i] as string)));
  calls.sort(newestFirst);
  return toPage(calls, size);
});

function newestFirst(a: Mapped, b: Mapped): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

app.get('/call/:id', async ({ url }) => {
  const [request] = requestsOf(url) as [UpstreamRequest];
  return { data: { call: bandwidthCall(JSON.parse(await fetchText(request)), accounts[0]) } };
});

app.get<{ Params: { account: string } }>('/calls/:first/:account', async ({ url, params }) => {
  const texts = await Promise.all(requestsOf(url).map(fetchText));
  const data: Record<string, Mapped> = {};
  texts.forEach((text, i) => {
    data[`c${i}`] = bandwidthCall(JSON.parse(text), params.account);
  });
  return { data };
});

app.get<Page>('/restcomm-json/:size', async ({ url, params }) => {
  const [request] = requestsOf(url) as [UpstreamRequest];
  const { calls } = JSON.parse(await fetchText(request));
  return toPage(
    calls.map((row: Wire) => restcommCall(row, 'restcomm-json')),
    Number(params.size),
  );
});

app.get<Page>('/restcomm-xml/:size', async ({ url, params }) => {
  const [request] = requestsOf(url) as [UpstreamRequest];
  const calls = parseCalls(await fetchText(request));
  return toPage(
    calls.map((row) => restcommCall(row, 'restcomm-xml')),
    Number(params.size),
  );
});

app.get<Page>('/walk/:size/:token', async ({ url }) => {
  const [request] = requestsOf(url) as [UpstreamRequest];
  const { headers, body } = await pool.request(request);
  const rows = (await body.json()) as Wire[];
  const nodes = rows.map((row) => bandwidthCall(row, walkedAccount));
  const endCursor = /pageToken=(\d+)/.exec(String(headers.link))?.[1];
  return { data: { calls: { nodes, pageInfo: { hasNextPage: endCursor !== undefined, endCursor } } } };
});

app.post('/create', async () => {
  const [request] = requestsOf('/create') as [UpstreamRequest];
  const placed = JSON.parse(await fetchText(request));
  const { id, from, to, createdAt } = bandwidthCall(placed, dialledAccount);
  const call = { id, status: 'QUEUED', from, to, createdAt };
  return { data: { createCall: { call, replayed: false, userErrors: [] } } };
});

await app.listen({ host: '127.0.0.1', port: 0 });
tellPort(app.server);
