import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GuardedClient } from '../../src/upstream/guarded-client.ts';
import type { GuardedRequest } from '../../src/upstream/redirected-request.ts';

/** What a request to each path of the server is answered with: a status, and a Location or a body. */
const answers = new Map<string, readonly [status: number, locationOrBody: string]>();
const requests: string[] = [];
const server = createServer(async (request, response) => {
  const [status, text] = answers.get(request.url ?? '') ?? [200, 'found'];
  requests.push(await describeRequest(request));
  response.writeHead(status, status > 299 ? { location: text } : { 'content-type': 'a/b' });
  response.end(status > 299 ? '' : text);
});
let port = 0;
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
afterEach(() => {
  requests.length = 0;
  answers.clear();
});
afterAll(() => void server.close());

async function describeRequest(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { authorization = '-' } = request.headers;
  return `${request.method} ${request.url} ${authorization} ${Buffer.concat(chunks)}`.trim();
}

const get = (url: string) => ({ url, method: 'GET', headers: {}, body: undefined }) as const;
const post = (url: string): GuardedRequest => ({
  url,
  method: 'POST',
  headers: { authorization: 'Basic a', 'content-type': 'application/json' },
  body: Buffer.from('{}'),
});
const never = new AbortController().signal;

describe('is not fetched', () => {
  const loopbackForms = [
    ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '017700000001'],
    ...[
      '0x7f.0.0.1',
      '0177.0.0.1',
      '127.0.0.1.',
      '①②⑦.⓪.⓪.①',
      '127。0。0。1',
      '%31%32%37.0.0.1',
      '0',
      '0.0.0.0',
    ],
    ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', '[::1]', '[::]', '[0:0:0:0:0:0:0:1]'],
    ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]'],
    ...['[2002:7f00:1::]', '[2001:0:7f00:1::]'],
  ];
  const others = [
    ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.169.254'],
    ...[
      '169.254.170.2',
      '168.63.129.16',
      '192.0.0.192',
      '198.18.0.1',
      '203.0.113.1',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
    ],
    ...['[fe80::1]', '[fec0::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[2001:db8::1]', '[100::1]'],
    ...['metadata.google.internal', 'router', 'printer.local', 'nas.home.arpa', 'app.test', 'app.invalid'],
  ];
  const wholes = [
    'http://app.example.com/',
    'https://user:secret@app.example.com/',
    'https://app.example.com@127.0.0.1/',
    'https://app.example.com:22/',
    'https://app.example.com:443@localhost/',
    'ftp://app.example.com/',
    'file:///etc/passwd',
    'gopher://app.example.com/',
    'data:text/xml,<Response/>',
    'javascript:1',
    '//app.example.com/',
    '/relative',
    '',
    'https://[fe80::1%25eth0]/',
    'https://256.256.256.256/',
    `https://${'ü'.repeat(100_000)}.example.com/`,
  ];

  it('one of a table of hostile URLs: no name is resolved, no socket opened', async () => {
    let resolved = 0;
    let sockets = 0;
    const onSocket = () => {
      sockets += 1;
    };
    subscribe('net.client.socket', onSocket);
    const client = new GuardedClient({
      resolve: (_, __, done) => {
        resolved += 1;
        done(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    });
    const urls = [
      ...[...loopbackForms, ...others].flatMap((host) => [`https://${host}:${port}/`, `https://${host}/`]),
      ...loopbackForms.map((host) => `http://${host}:${port}/`),
      ...wholes,
    ];
    expect(urls.length).toBeGreaterThan(100);
    for (const url of urls) {
      const result = await client.fetch(get(url), never).catch(({ message }: Error) => message);
      expect([url, result]).toEqual([url, 'the address may not be reached']);
    }
    unsubscribe('net.client.socket', onSocket);
    await client.close();
    expect({ resolved, sockets, requests }).toEqual({ resolved: 0, sockets: 0, requests: [] });
  });

  it('one whose name stands for an address that is none of the public internet, even among others', async () => {
    const opened: unknown[] = [];
    const listener = createTcpServer((socket) => void opened.push(socket.destroy()));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    for (const address of [
      '127.0.0.1',
      '::ffff:127.0.0.1',
      '10.0.0.1',
      '169.254.169.254',
      'fd00::1',
      '::1',
    ]) {
      const family = address.includes(':') ? 6 : 4;
      const client = new GuardedClient({
        resolve: (_, __, done) =>
          done(null, [
            { address: '8.8.8.8', family: 4 },
            { address, family },
          ]),
      });
      const fetched = client.fetch(get(`https://app.example.com:${port}/`), never);
      await expect(fetched, address).rejects.toThrow('may not be reached');
      await client.close();
    }
    listener.close();
    expect(opened).toEqual([]);
  });

  it('one whose name is resolved anew after the check: it is resolved once, and that address is connected to', async () => {
    const asked: string[] = [];
    const ended = new AbortController();
    const client = new GuardedClient({
      resolve: (name, _, done) => {
        asked.push(name);
        done(null, [{ address: asked.length === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }]);
        setImmediate(() => ended.abort());
      },
    });
    await expect(client.fetch(get(`https://app.example.com:${port}/`), ended.signal)).rejects.toThrow();
    await client.close();
    expect({ asked, requests }).toEqual({ asked: ['app.example.com'], requests: [] });
  });

  it('one of a host that is not allowed', () => {
    const client = new GuardedClient({ allow: ['app.example.com'] });
    const may = (url: string) => client.mayFetch(url);
    expect(['https://APP.example.com/a', 'https://app.example.com.:8443/'].map(may)).toEqual([true, true]);
    const others = [
      'https://example.com/',
      'https://a.app.example.com/',
      'https://app.example.com.evil.com/',
    ];
    expect(others.filter(may)).toEqual([]);
    // Webhooks go on to the statusUrl that a caller has given, whatever documents may name.
    expect(client.mayReach('https://example.com/')).toBe(true);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://app.example.com/',
    'http://10.0.0.1/',
    'http://user:secret@127.0.0.1/',
    'file:///etc/passwd',
  ])('one that is redirected to %s', async (target) => {
    const client = new GuardedClient({ toLoopback: true });
    answers.set('/', [302, target]);
    await expect(client.fetch(get(`${origin}/`), never)).rejects.toThrow('may not be reached');
    await client.close();
    expect(requests).toEqual(['GET / -']);
  });
});

describe('a response', () => {
  const client = new GuardedClient({ toLoopback: true });
  afterAll(() => client.close());

  it('is read, with its address after redirects; a POST stays one only where the status says so', async () => {
    answers
      .set('/a', [307, '/b'])
      .set('/b', [308, `${origin}/c`])
      .set('/c', [303, '/d'])
      .set('/d', [200, 'end']);
    const { status, body, url } = await client.fetch(post(`${origin}/a`), never);
    expect([status, `${body}`, url]).toEqual([200, 'end', `${origin}/d`]);
    const posted = (path: string) => `POST ${path} Basic a {}`;
    expect(requests).toEqual([posted('/a'), posted('/b'), posted('/c'), 'GET /d Basic a']);
  });

  it('is not waited for behind more than three redirects', async () => {
    answers.set('/a', [302, '/a']);
    await expect(client.fetch(get(`${origin}/a`), never)).rejects.toThrow('too many redirects');
    expect(requests).toHaveLength(4);
  });

  it('from another origin has seen no credentials', async () => {
    answers.set('/a', [307, `http://localhost:${port}/b`]);
    await client.fetch(post(`${origin}/a`), never);
    expect(requests).toEqual(['POST /a Basic a {}', 'POST /b - {}']);
  });

  it('of more than 64 KB is not read to its end', async () => {
    answers.set('/a', [200, 'x'.repeat(65_536)]).set('/b', [200, 'x'.repeat(65_537)]);
    expect((await client.fetch(get(`${origin}/a`), never)).body).toHaveLength(65_536);
    await expect(client.fetch(get(`${origin}/b`), never)).rejects.toThrow();
  });
});
