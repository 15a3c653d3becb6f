import { describe, expect, it } from 'vitest';
import { toRequestId } from '../../src/server/request-id.ts';
import { toSpanContext } from '../../src/telemetry/traceparent.ts';
import { send } from '../support/post.ts';
import { withProduct } from '../support/product.ts';

const uuid = /^[\da-f]{8}-[\da-f-]{27}$/;
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('the id of a request', () => {
  it.each(['a', 'order_4711-2', 'x'.repeat(64)])('is taken from the client: %s', (id) => {
    expect(toRequestId({ headers: { 'x-request-id': id } })).toBe(id);
  });

  it.each([undefined, '', 'x'.repeat(65), 'a b', 'a\n{"level":50}', '"', 'é'])(
    'is made instead of %j',
    (id) => {
      const headers = id === undefined ? {} : { 'x-request-id': id };
      expect(toRequestId({ headers })).toMatch(uuid);
    },
  );
});

describe('the trace of a request', () => {
  it.each([`00-${traceId}-00f067aa0ba902b7-01`, `cc-${traceId}-00f067aa0ba902b7-00-more`])(
    'is that of %s',
    (text) => {
      expect(toSpanContext(text)?.traceId).toBe(traceId);
    },
  );

  it.each([
    undefined,
    '',
    traceId,
    `ff-${traceId}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${traceId}-0000000000000000-01`,
    `00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`,
    `00-${traceId}-00f067aa0ba902b7-01x`,
  ])('is unknown with %s', (text) => {
    expect(toSpanContext(text)).toBeUndefined();
  });
});

describe('the response', () => {
  const query = '{ call(id: "x") { id } }';
  const ask = (url: string, body: string, headers: Record<string, string> = {}) =>
    send(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

  it('has the id in a header and in each error, whoever executes the operation', async () =>
    withProduct({}, async ({ url }) => {
      for (const id of ['first', 'second', 'third']) {
        const { headers, text } = await ask(url, JSON.stringify({ query }), { 'x-request-id': id });
        expect(headers['x-request-id']).toBe(id);
        expect(JSON.parse(text).errors).toMatchObject([
          { extensions: { code: 'INVALID_INPUT', requestId: id } },
        ]);
      }
    }));

  it.each([
    ['a document that cannot be parsed', JSON.stringify({ query: '{' })],
    ['an unknown field', JSON.stringify({ query: '{ x }' })],
  ])('has it for %s', async (_, body) =>
    withProduct({}, async ({ url }) => {
      const { text } = await ask(url, body, { 'x-request-id': 'mine' });
      expect(JSON.parse(text).errors[0].extensions.requestId).toBe('mine');
    }),
  );

  it('has it for a caller who is refused', async () => {
    const file = { access: { keys: [{ name: 'k', sha256: '0'.repeat(64), may: ['read'] }] } };
    await withProduct({ file }, async ({ url }) => {
      const { status, headers, text } = await ask(url, JSON.stringify({ query }), { 'x-request-id': 'mine' });
      expect(status).toBe(401);
      expect(headers['x-request-id']).toBe('mine');
      expect(JSON.parse(text).errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', requestId: 'mine' });
    });
  });

  it('has it in a header for what is no operation', async () =>
    withProduct({}, async ({ url }) => {
      for (const path of ['/nothing', '/healthz', '/graphql']) {
        const { headers } = await send(new URL(path, url).href, { headers: { 'x-request-id': 'mine' } });
        expect(headers['x-request-id']).toBe('mine');
      }
    }));
});
