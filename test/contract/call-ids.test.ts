import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallsAdapter } from '../../src/calls/calls-adapter.ts';
import { ProviderError, Refusal } from '../../src/calls/failure.ts';
import { decodeCallId, encodeGlobalId } from '../../src/graphql/relay/global-id.ts';
import { aNewCall } from '../support/new-call.ts';
import {
  type Answered,
  type Asked,
  type RowServer,
  type RowServerKind,
  startRowServer,
  toRestcommPage,
} from '../support/row-server.ts';
import { someOperation } from '../support/some-call.ts';

const ids = [
  'CA1',
  '1',
  'c-1',
  `CA${'0'.repeat(33)}`,
  'a b',
  'a/b',
  'a?b=c#d',
  'a%2Fb',
  'a%',
  '...',
  'x..y',
  'a/.b/..c',
  '.json',
  'Zoë/日本/😀',
  "~!$&'()*+,;=:@",
  'a\nb\u0000',
  'x'.repeat(512),
  '日'.repeat(170),
];

/** What would leave its place in a path, or is no id at all. */
const impossible = [
  '',
  '.',
  '..',
  '../Accounts',
  'a/..',
  'a/../b',
  'a/./b',
  '..\\a',
  '..;a/b',
  '%2e%2E/a',
  '%252e%252e%252fa',
  'a%2f..',
  'x'.repeat(513),
  '日'.repeat(171),
  '\ud800',
  'a\udfff',
];

const created = Date.UTC(2026, 10, 21, 6, 20);

/** How each provider shows the one call there is. */
const rows: Record<RowServerKind, (id: string) => object> = {
  BANDWIDTH: (callId) => ({ callId, state: 'answered', startTime: new Date(created).toISOString() }),
  CONNECT: (sid) => ({ sid, status: 'in-progress', date_created: 'Sat, 21 Nov 2026 06:20:00 +0000' }),
  SBC: (sid) => ({
    sid,
    status: 'COMPLETED',
    date_created: 'Sat, 21 Nov 2026 06:20:00 +0000',
    start_time: '2026-11-21T06:20:00.000Z',
  }),
};

describe.each(['BANDWIDTH', 'CONNECT', 'SBC'] as const)('whatever id a list gives is taken: %s', (kind) => {
  let server: RowServer;
  let id = '';

  /** Knows the call by this one id, and by any spelling of it in a path. */
  function answer(asked: Asked): Answered {
    const row = rows[kind](id);
    if (!asked.path.startsWith('/')) {
      return kind === 'BANDWIDTH' ? { body: JSON.stringify([row]) } : toRestcommPage(kind, asked, [row]);
    }
    const [segment = '', ...deeper] = asked.path.slice(1).split('/');
    const suffix = kind === 'BANDWIDTH' ? '' : '.json';
    const isCall = deeper.length === 0 && decodeURIComponent(segment) === id + suffix;
    if (!isCall) return { status: 404 };
    return { body: asked.method === 'GET' || kind !== 'BANDWIDTH' ? JSON.stringify(row) : '' };
  }

  beforeAll(async () => {
    server = await startRowServer(kind, answer);
  });
  afterAll(() => server.close());

  async function takes(wanted: string): Promise<void> {
    id = wanted;
    const { adapter } = server;
    const request = { order: 'OLDEST_FIRST', filter: {}, size: 5, budget: 5 } as const;
    const { calls } = await adapter.page(request, someOperation());
    expect(calls.map(({ providerCallId }) => providerCallId)).toEqual([wanted]);
    const globalId = encodeGlobalId({ type: 'Call', accountKey: 'main', providerCallId: wanted });
    expect(decodeCallId(globalId).providerCallId).toBe(wanted);
    expect(await adapter.get(wanted, someOperation())).toMatchObject({ providerCallId: wanted });
    if (kind === 'SBC') return;
    const before = server.asked.length;
    await adapter.end(wanted, 'HANG_UP', someOperation());
    const [change, ...others] = server.asked.slice(before);
    expect(change?.method).toBe('POST');
    expect(others).toEqual([]);
  }

  it.each(ids)('%j', takes);

  it('any that may stand in a path, and no other', async () => {
    const characters = fc.constantFrom(...'aZ09-._~%/\\;:?#& +\n日😀\ud800', '%2e', '..', '%2F');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: characters, minLength: 1, maxLength: 12 }), async (text) => {
        const before = server.asked.length;
        id = text;
        const call = await server.adapter.get(text, someOperation());
        const paths = server.asked.slice(before).map(({ path }) => path.replace(/\.json$/, ''));
        if (call !== null) {
          expect(paths).toHaveLength(1);
          expect(new URL(`http://host/calls${paths[0]}`).pathname).toBe(`/calls${paths[0]}`);
          await takes(text);
        } else expect(paths).toEqual([]);
      }),
    );
  });

  it.each(impossible)('but %j is the id of no call, and is not asked for', async (text) => {
    const before = server.asked.length;
    expect(await server.adapter.get(text, someOperation())).toBeNull();
    for (const change of kind === 'SBC' ? [] : changes(server.adapter, text)) {
      const failure = await change.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ProviderError);
      expect((failure as ProviderError).code).toBe('NOT_FOUND');
    }
    expect(server.asked.slice(before)).toEqual([]);
  });
});

describe.each(['BANDWIDTH', 'CONNECT', 'SBC'] as const)(
  'the id of a call that was just placed: %s',
  (kind) => {
    let server: RowServer;
    let id = '';
    beforeAll(async () => {
      const answer = () => ({
        status: kind === 'BANDWIDTH' ? 201 : 200,
        body: JSON.stringify(rows[kind](id)),
      });
      server = await startRowServer(kind, answer);
    });
    afterAll(() => server.close());

    function create(given: string) {
      id = given;
      const call = {
        ...aNewCall(),
        ...(kind === 'BANDWIDTH' && { bandwidth: { applicationId: 'an-application' } }),
      };
      return server.adapter.create(call, someOperation());
    }

    it.each(ids)('is given out: %j', async (wanted) => {
      expect(await create(wanted)).toMatchObject({ providerCallId: wanted });
    });

    it.each(impossible)('is not given out, and the outcome is unknown, where it is %j', async (text) => {
      const before = server.asked.length;
      const failure = await create(text).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ProviderError);
      expect((failure as ProviderError).code).toBe('OUTCOME_UNKNOWN');
      expect(server.asked.slice(before).map(({ method }) => method)).toEqual(['POST']);
    });
  },
);

describe.each(['BANDWIDTH', 'CONNECT', 'SBC'] as const)(
  'the record of another call than was asked for: %s',
  (kind) => {
    it.each(['c-2', 'x'.repeat(600), 'a\ud800'])('is not shown: %j', async (other) => {
      const server = await startRowServer(kind, () => ({ body: JSON.stringify(rows[kind](other)) }));
      const failure = await server.adapter.get('c-1', someOperation()).catch((error: unknown) => error);
      await server.close();
      expect(failure).toMatchObject({ code: 'PROVIDER_MISBEHAVED' });
    });
  },
);

function changes(adapter: CallsAdapter, id: string): Promise<void>[] {
  const redirect = { url: 'https://example.com/', method: 'POST', fallbackMethod: 'POST' } as const;
  const common = [
    adapter.end(id, 'HANG_UP', someOperation()),
    adapter.redirect(id, redirect, someOperation()),
  ];
  return adapter.account.provider === 'BANDWIDTH'
    ? [...common, adapter.replaceBxml(id, '<Response/>', someOperation())]
    : [...common, adapter.mute(id, true, someOperation())];
}

describe('a global id', () => {
  it('of a call is refused when the id in it is longer than any that a list gives', () => {
    const encode = (providerCallId: string) =>
      encodeGlobalId({ type: 'Call', accountKey: 'main', providerCallId });
    expect(decodeCallId(encode('x'.repeat(512))).providerCallId).toHaveLength(512);
    for (const text of ['x'.repeat(513), '日'.repeat(171)]) {
      expect(() => decodeCallId(encode(text))).toThrow(Refusal);
    }
  });
});
