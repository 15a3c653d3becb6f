import { connect as connectSocket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, it } from 'vitest';
import { accountId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { createVariables } from '../support/new-call.ts';
import { send } from '../support/post.ts';
import { type Product, shareProducts } from '../support/product.ts';
import { startStubServer } from '../support/stub-server.ts';
import { writesIn } from '../support/writes-in.ts';

guard();
const onProduct = shareProducts();

const invalid = 'INVALID_INPUT';
const json = { 'content-type': 'application/json' };
const { accountId: _, ...good } = createVariables('').input;

function create({ ask }: Product, account: string, changes: object) {
  return ask<{ createCall: { userErrors: { field: string[]; message: string }[] } | null }>(
    `mutation ($input: CreateCallInput!) { createCall(input: $input) {
      userErrors { code message field } call { id } } }`,
    { input: { accountId: accountId(account), ...good, ...changes } },
  );
}

const accounts = ['bandwidth', 'connect', 'connect-xml', 'sbc'] as const;

describe.concurrent('a URL for callbacks', () => {
  const urls = ['answerUrl', 'fallbackUrl', 'statusUrl'] as const;
  const bad = [
    '',
    'example.com',
    '/answer',
    '//example.com/answer',
    'ftp://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/xml,<Response/>',
    'gopher://example.com/',
    'https:example.com',
    'https:/example.com',
    'https:///example.com',
    'https://user:password@example.com/',
    'https://user@example.com/',
    'https://:password@example.com/',
    'https://example.com\\@evil.example/',
    'https://exa mple.com/',
    'https://example.com/\r\nX-Evil: 1',
    'https://example.com/\u0000',
    'https://[::1',
    `https://example.com/${'a'.repeat(2_048)}`,
    'HTTPS://',
  ];

  it.for(bad)('%j is refused, and nothing is sent', async (url, { expect }) =>
    onProduct(async (product) => {
      for (const name of urls) {
        const { code, errors } = await create(product, 'bandwidth', { [name]: url });
        expect([name, code]).toEqual([name, invalid]);
        expect(JSON.stringify(errors)).not.toContain('password@');
      }
      const redirected = await product.ask(
        `mutation ($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } } }`,
        { input: { id: accountId('bandwidth'), change: { redirect: { url } } } },
      );
      expect(redirected.code).toBe(invalid);
      expect([...product.bandwidth.journal]).toEqual([]);
    }),
  );

  it('is passed on as it is, and never fetched', async ({ expect }) => {
    const listener = await startStubServer();
    await onProduct(async (product) => {
      // The carriers fetch it; none of that arrives.
      for (const { webhooks } of [product.bandwidth, product.connect])
        webhooks.faults.add({ do: { kind: 'drop' } });
      const answerUrl = `${listener.origin}/answer?a=b&c=%20d`;
      for (const account of accounts) {
        const { code } = await create(product, account, {
          answerUrl,
          fallbackUrl: answerUrl,
          statusUrl: answerUrl,
        });
        expect([account, code]).toEqual([account, undefined]);
        product.clock.advance(60_000);
        await product.ask('{ calls { nodes { id } } }');
      }
      const [placed] = writesIn(product.bandwidth.journal);
      expect(JSON.parse(placed?.body ?? '')).toMatchObject({ answerUrl, disconnectUrl: answerUrl });
      const [form] = writesIn(product.connect.journal);
      expect(new URLSearchParams(form?.body).get('Url')).toBe(answerUrl);
    });
    expect(listener.requests).toEqual([]);
    await listener.close();
  });
});

describe.concurrent('a value for a call', () => {
  const evil = 'x\r\nX-Evil: 1\r\n\r\nPOST /evil HTTP/1.1';
  const values: [name: string, changes: object][] = [
    ['a number with a header in it', { to: `+1919${evil}` }],
    ['a caller with a header in it', { from: evil }],
    ['a SIP address with a header in it', { to: `sip:${evil}@example.com` }],
    ['a client with a header in it', { to: `client:${evil}` }],
    ['a NUL', { to: '+1919\u00005550123' }],
    ['another parameter', { to: '+19195550123&Url=https://evil.example' }],
    ['digits of another script', { to: '+١٢٣٤٥٦٧٨٩' }],
    ['a number of a megabyte', { to: `+${'1'.repeat(100_000)}x` }],
    ['a number turned round', { to: '\u202e+19195550123' }],
    ['a brace', { to: '${jndi:ldap://x}' }],
    ['no number', { to: '' }],
    ['no caller', { from: '' }],
  ];

  it.for(values)(
    'that is or holds %s never becomes a header or a parameter',
    async ([, changes], { expect }) =>
      onProduct(async (product) => {
        for (const account of accounts) {
          const { code } = await create(product, account, changes);
          expect([undefined, invalid]).toContain(code);
        }
        for (const { journal } of [product.bandwidth, product.connect, product.sbc]) {
          expect(writesIn(journal).length).toBeLessThanOrEqual(2);
          for (const { path, headers, body } of journal) {
            expect(path).not.toContain('evil');
            expect(headers).not.toHaveProperty('x-evil');
            const form = new URLSearchParams(body);
            if (form.has('From')) expect(form.getAll('Url')).toEqual([good.answerUrl]);
            expect(body).not.toMatch(/\r|\n/);
          }
        }
      }),
  );

  it('for Bandwidth alone goes out as JSON, whatever is in it', async ({ expect }) =>
    onProduct(async (product) => {
      const text = `"},"to":"+1${evil}\u2028</script>`;
      const { code } = await create(product, 'bandwidth', { bandwidth: { tag: text, uui: 'a'.repeat(300) } });
      expect(code).toBeUndefined();
      const [sent] = writesIn(product.bandwidth.journal);
      expect(JSON.parse(sent?.body ?? '')).toMatchObject({ tag: text, to: good.to });
      expect(sent?.headers).not.toHaveProperty('x-evil');
    }));

  const keys = ['', 'x'.repeat(256), 'a'.repeat(100_000)];
  it.for(keys)('that is an idempotency key of %j is refused', async (idempotencyKey, { expect }) =>
    onProduct(async (product) => {
      const { code } = await create(product, 'bandwidth', { idempotencyKey });
      expect([code, [...product.bandwidth.journal]]).toEqual([invalid, []]);
    }),
  );

  it.for(['\u0000', '../..', '*', 'call:bandwidth:x', '__proto__', '\u{1F511}', 'a\r\nb'])(
    'that is an idempotency key of %j stands for itself alone',
    async (idempotencyKey, { expect }) =>
      onProduct(async (product) => {
        const first = await create(product, 'bandwidth', { idempotencyKey });
        const again = await create(product, 'bandwidth', { idempotencyKey });
        expect([first.code, again.data]).toEqual([undefined, first.data]);
        expect(writesIn(product.bandwidth.journal)).toHaveLength(1);
      }),
  );
});

describe.concurrent('a request', () => {
  const query = '{ accounts { key } }';
  const body = JSON.stringify({ query });
  const requests: [name: string, Parameters<typeof send>[1], status: readonly number[]][] = [
    ['with no body', { method: 'POST', headers: json }, [400]],
    ['with half a JSON', { method: 'POST', headers: json, body: body.slice(0, 10) }, [400]],
    ['with JSON of null', { method: 'POST', headers: json, body: 'null' }, [400]],
    ['with JSON of a number', { method: 'POST', headers: json, body: '7' }, [400]],
    ['with JSON of a text', { method: 'POST', headers: json, body: '"x"' }, [400]],
    ['with a list of operations', { method: 'POST', headers: json, body: `[${body},${body}]` }, [400]],
    ['with an empty list', { method: 'POST', headers: json, body: '[]' }, [400]],
    ['with a query that is none', { method: 'POST', headers: json, body: '{"query":{}}' }, [400]],
    [
      'with variables that are none',
      { method: 'POST', headers: json, body: '{"query":"{ __typename }","variables":"x"}' },
      [400],
    ],
    [
      'with variables that are a list',
      { method: 'POST', headers: json, body: '{"query":"{ __typename }","variables":[1]}' },
      [200, 400],
    ],
    [
      'with extensions that are none',
      { method: 'POST', headers: json, body: '{"query":"{ __typename }","extensions":7}' },
      [400],
    ],
    [
      'with an operation that is not there',
      { method: 'POST', headers: json, body: '{"query":"{ __typename }","operationName":"x"}' },
      [200, 400],
    ],
    [
      'with a prototype',
      { method: 'POST', headers: json, body: '{"query":"{ __typename }","__proto__":{"a":1}}' },
      [400],
    ],
    [
      'with a constructor',
      {
        method: 'POST',
        headers: json,
        body: '{"query":"{ __typename }","constructor":{"prototype":{"a":1}}}',
      },
      [400],
    ],
    ['with brackets', { method: 'POST', headers: json, body: '['.repeat(400_000) }, [400]],
    [
      'with bytes that are no UTF-8',
      {
        method: 'POST',
        headers: json,
        body: Buffer.concat([
          Buffer.from('{"query":"{ __typename } #'),
          Buffer.of(0xff, 0xfe),
          Buffer.from('"}'),
        ]),
      },
      [200, 400],
    ],
    [
      'with a body too large',
      { method: 'POST', headers: json, body: `{"query":"${' '.repeat(600_000)}"}` },
      [413],
    ],
    [
      'that is packed',
      { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(body) },
      [400, 415],
    ],
    ['of plain text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body }, [400, 415]],
    [
      'of a form',
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'query=%7B__typename%7D',
      },
      [400, 415],
    ],
    [
      'of a form in parts',
      { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' },
      [400, 415],
    ],
    ['of a type that is none', { method: 'POST', headers: { 'content-type': ';;;' }, body }, [400, 415]],
    [
      'of another alphabet',
      { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-16' }, body },
      [200, 400, 415],
    ],
    ['by PUT', { method: 'PUT', headers: json, body }, [405]],
    ['by PATCH with half a JSON', { method: 'PATCH', headers: json, body: body.slice(0, 10) }, [405]],
    ['by DELETE', { method: 'DELETE' }, [405]],
    ['by TRACE', { method: 'TRACE' }, [405]],
    ['by a method that few know', { method: 'PROPFIND' }, [405]],
    ['by OPTIONS with no body', { method: 'OPTIONS', headers: json }, [405]],
    [
      'by OPTIONS',
      {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      },
      [405],
    ],
    ['of a host that is none', { method: 'POST', headers: { ...json, host: 'a b' }, body }, [400]],
    ['of no host', { method: 'POST', headers: { ...json, host: '' }, body }, [200, 400]],
    [
      'of a host of ten thousand letters',
      { method: 'POST', headers: { ...json, host: 'a'.repeat(10_000) }, body },
      [200, 400],
    ],
  ];

  it.for(requests)(
    '%s gets an answer without a word of our inside',
    async ([, request, statuses], { expect }) =>
      onProduct(async ({ url, bandwidth, connect, sbc }) => {
        const { status, text, headers } = await send(url, request);
        expect(statuses).toContain(status);
        expect(headers.allow).toBe(status === 405 ? 'GET, POST' : undefined);
        expect(text).not.toMatch(/node_modules|\bat .*\.[jt]s:\d|stack|FST_|\/src\//);
        expect(headers['access-control-allow-origin']).toBeUndefined();
        for (const { journal } of [bandwidth, connect, sbc]) expect([...journal]).toEqual([]);
      }),
  );

  const texts: [name: string, text: string][] = [
    ['words', 'hello\r\n\r\n'],
    [
      'a head of two lengths',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    ],
    [
      'a head of a length and chunks',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length below zero', 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
    ['chunks of nonsense', 'POST /graphql HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['a head without end', `GET /graphql HTTP/1.1\r\nhost: x\r\nx-a: ${'a'.repeat(40_000)}`],
    ['a folded header', 'GET /graphql HTTP/1.1\r\nhost: x\r\nx-a: 1\r\n 2\r\n\r\n'],
    ['no host', 'GET /graphql HTTP/1.1\r\n\r\n'],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['an upgrade', 'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n'],
    [
      'an address elsewhere',
      'GET http://evil.example/graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    ],
    ['a path that climbs', 'GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
    ['a path of bad percents', 'GET /graphql%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
  ];
  it.for(texts)('of %s ends at once, or is answered', async ([, text], { expect }) =>
    onProduct(async ({ url }) => {
      const { port } = new URL(url);
      const answer = await new Promise<string>((resolve, reject) => {
        let heard = '';
        const socket = connectSocket(Number(port), '127.0.0.1', () => socket.write(text));
        socket.on('data', (chunk) => {
          heard += chunk;
          socket.end();
        });
        socket.on('error', () => resolve(heard));
        socket.on('close', () => resolve(heard));
        socket.setTimeout(3_000, () => {
          socket.destroy();
          reject(new Error(`No end, after: ${heard}`));
        });
      });
      expect(answer).not.toMatch(/node_modules|\bat .*\.[jt]s:\d|\/src\/|FST_|%zz/);
      expect(answer).toMatch(/^(HTTP\/1.1 (200|400|404|405|415|431|501)|$)/);
    }),
  );
});
