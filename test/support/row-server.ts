import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registry } from '../../src/adapters/registry.ts';
import type { CallsAdapter, Limits } from '../../src/calls/calls-adapter.ts';

/** A request as it came, percent-encoding and all. */
export interface Asked {
  readonly method: string;
  /** Below where the calls are: `/CA1.json`, or `.json?Page=0`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of how many that came before it. */
  readonly nth: number;
}

export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RowServer {
  readonly adapter: CallsAdapter;
  readonly asked: Asked[];
  close(): Promise<void>;
}

const limits: Limits = {
  connectTimeout: 30_000,
  headersTimeout: 60_000,
  readDeadline: 60_000,
  maxBodyBytes: 33_554_432,
};

const auth = { username: 'user', password: 'secret' };
const accountSid = `AC${'a'.repeat(32)}`;

const kinds = {
  BANDWIDTH: { path: '/accounts/9900000/calls', settings: { accountId: '9900000', auth } },
  CONNECT: { path: `/Accounts/${accountSid}/Calls`, settings: { dialect: 'connect', accountSid, auth } },
  SBC: { path: '/Calls', settings: { dialect: 'sbc', auth } },
} as const;

export type RowServerKind = keyof typeof kinds;

/** A provider that answers what a test says, for what the sandbox does only as documented. */
export async function startRowServer(
  kind: RowServerKind,
  answer: (asked: Asked) => Answered,
): Promise<RowServer> {
  const { path, settings } = kinds[kind];
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const one = readAsked(request, path, asked.length);
      asked.push(one);
      const { status = 200, headers = {}, body = '' } = answer(one);
      response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const provider = kind === 'BANDWIDTH' ? registry.BANDWIDTH : registry.RESTCOMM;
  const baseUrl = `http://127.0.0.1:${port}`;
  const adapter = provider.create({ ...settings, baseUrl }, { key: 'main', name: 'Main', limits });
  const close = async () => {
    await adapter.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { adapter, asked, close };
}

function readAsked({ method = '', url = '' }: IncomingMessage, path: string, nth: number): Asked {
  const below = url.startsWith(path) ? url.slice(path.length) : url;
  return { method, path: below, query: new URLSearchParams(below.split('?')[1] ?? ''), nth };
}

/** A page of Restcomm's in JSON, of rows that are in the order asked for already. */
export function toRestcommPage(kind: RowServerKind, { query }: Asked, rows: readonly unknown[]): Answered {
  const page = Number(query.get('Page') ?? 0);
  const size = Number(query.get('PageSize') ?? 50);
  if (page > Math.trunc(rows.length / size)) return { status: 400 };
  const calls = rows.slice(page * size, (page + 1) * size);
  const pages = Math.trunc(rows.length / size);
  const metadata = { page, num_pages: pages, page_size: size, total: rows.length, uri: kinds[kind].path };
  return { body: JSON.stringify({ ...metadata, calls }) };
}
