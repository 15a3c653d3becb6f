import { afterAll, beforeAll, describe, it } from 'vitest';
import { accountId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { withProduct } from '../support/product.ts';
import { type Respond, type StubServer, startStubServer } from '../support/stub-server.ts';

let evil: StubServer;
beforeAll(async () => {
  evil = await startStubServer();
});
afterAll(() => evil.close());
guard();

const misbehaved = 'PROVIDER_MISBEHAVED';
const root = '/accounts/9900000/calls?';
const time = (i: number) => new Date(Date.now() - 3_600_000 + i * 60_000).toISOString();
const row = (i: number) => ({ callId: `c-${i}`, enqueuedTime: time(i), startTime: time(i), state: 'active' });

interface Listed {
  readonly account: {
    readonly calls: {
      readonly nodes: readonly { providerCallId: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean };
    };
  };
}

/** One page of the list of a Bandwidth that says what the test has it say. */
async function list(speak: Respond, orderBy = 'OLDEST_FIRST') {
  const carrier = await startStubServer(speak);
  const account = {
    key: 'bandwidth',
    provider: 'bandwidth',
    accountId: '9900000',
    baseUrl: carrier.origin,
    auth: { username: 'user', password: 'password' },
  };
  const answer = await withProduct({ file: { accounts: [account] } }, ({ ask }) =>
    ask<Listed>(
      `query ($id: ID!, $orderBy: CallOrder!) { account(id: $id) {
        calls(orderBy: $orderBy) { nodes { providerCallId } pageInfo { hasNextPage } } } }`,
      { id: accountId('bandwidth'), orderBy },
    ),
  );
  await carrier.close();
  const ids = answer.data?.account?.calls?.nodes.map(({ providerCallId }) => providerCallId);
  return { ...answer, ids, sent: carrier.requests.map(({ url }) => url) };
}

/** A first page of one call with these Links, and a last one for whatever is asked for then. */
const twoPages =
  (...links: string[]): Respond =>
  (response, { url }) => {
    const isFirst = !url.includes('pageToken=');
    if (isFirst) response.setHeader('link', links);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify([row(isFirst ? 1 : 2)]));
  };

const next = (target: string) => `<${target}>; rel="next"`;

describe.concurrent('a Link', () => {
  /** What of it reaches the second request; undefined where there is none. */
  const links: [name: string, links: (origin: string) => string[], token: string | undefined][] = [
    ['to another origin', (origin) => [next(`${origin}/steal?pageToken=t-1`)], 't-1'],
    [
      'with credentials',
      (origin) => [next(`${origin.replace('//', '//user:password@')}/?pageToken=t-1`)],
      't-1',
    ],
    ['without a scheme', (origin) => [next(`${origin.slice(5)}/?pageToken=t-1`)], 't-1'],
    ['to a file', () => [next('file:///etc/passwd?pageToken=t-1')], 't-1'],
    ['to a script', () => [next('javascript:alert(1)?pageToken=t-1')], 't-1'],
    ['to no URL at all', () => [next('::::?pageToken=t-1')], 't-1'],
    ['that would add a parameter', () => [next('/x?pageToken=t-1&to=%2B1&pageSize=10000')], 't-1'],
    ['that would climb', () => [next('/x?pageToken=../../../admin')], '../../../admin'],
    ['with an encoded ampersand', () => [next('/x?pageToken=a%26b%3D1')], 'a%26b%3D1'],
    ['with a fragment', () => [next('/x?pageToken=t-1#&x')], 't-1'],
    ['with two tokens', () => [next('/x?pageToken=t-1&pageToken=t-2')], 't-1'],
    ['among relations', () => ['<?pageToken=t-0>; rel=prev', '<?pageToken=t-1>; rel="last next"'], 't-1'],
    ['after others', () => ['<a>; rel="prev", <b>, , <?pageToken=t-1>; rel=next'], 't-1'],
    ['of another context', () => ['<?pageToken=t-1>; rel=next; anchor="/other"'], undefined],
    ['backward', () => ['<?pageToken=t-1>; rel=prev'], undefined],
    ['with five thousand parameters', () => [`<?pageToken=t-1>${';a=b'.repeat(2_500)}; rel=next`], 't-1'],
    ['behind three thousand links', () => [`${'<a>,'.repeat(3_000)}${next('?pageToken=t-1')}`], 't-1'],
    ['in fifteen thousand blanks', () => [`<?pageToken=t-1>${' \t'.repeat(7_000)}; rel=next`], 't-1'],
    ['in ten thousand semicolons', () => [`<?pageToken=t-1>${';'.repeat(10_000)}rel=next`], 't-1'],
    ['of opening brackets', () => ['<'.repeat(15_000)], undefined],
    ['of quotes that never end', () => [`<a>; rel="${'\\"'.repeat(7_000)}`], undefined],
    ['of equals signs', () => [`<a>; ${'='.repeat(15_000)}`], undefined],
    ['of half a token', () => [`<?pageToken=${'a'.repeat(14_000)}`], undefined],
  ];

  it.for(links)('%s is read for its token alone', async ([, toLinks, token], { expect }) => {
    const { ids, sent, errors } = await list(twoPages(...toLinks(evil.origin)));
    expect(errors).toEqual([]);
    expect(ids).toEqual(token === undefined ? ['c-1'] : ['c-1', 'c-2']);
    expect(sent).toHaveLength(token === undefined ? 1 : 2);
    for (const url of sent) expect(url.startsWith(root)).toBe(true);
    const [first, second] = sent.map((url) => new URLSearchParams(url.split('?')[1]));
    if (token !== undefined) {
      expect(second?.getAll('pageToken')).toEqual([decodeURIComponent(token)]);
      second?.delete('pageToken');
      expect([...(second ?? [])]).toEqual([...(first ?? [])]);
    }
    expect(evil.requests).toEqual([]);
  });

  it.for([
    ['without a token', '/x?page=2'],
    ['with an empty token', '/x?pageToken='],
    ['with a token of a blank', '/x?pageToken=a b'],
    ['with a token of quotes', '/x?pageToken=a"b'],
    ['with a token that is too long', `/x?pageToken=${'a'.repeat(5_000)}`],
  ] as const)('%s cannot be followed', async ([, target], { expect }) => {
    const { code, sent } = await list(twoPages(next(target)));
    // One bad answer of a list is asked for once more.
    expect([code, sent.length]).toEqual([misbehaved, 2]);
  });

  it('that is longer than any head may be is not read', async ({ expect }) => {
    const { code, sent } = await list(twoPages(`<?pageToken=t-1>${';a'.repeat(20_000)};rel=next`));
    expect([code, sent.length]).toEqual([misbehaved, 1]);
  });

  it.for(['OLDEST_FIRST', 'NEWEST_FIRST'])(
    'to the same page for ever is not followed, %s',
    async (order, { expect }) => {
      const { code, sent } = await list((response) => {
        response.setHeader('link', next('/x?pageToken=same'));
        response.end(JSON.stringify([row(1)]));
      }, order);
      expect(code).toBe(misbehaved);
      expect(sent.length).toBeLessThanOrEqual(20);
    },
  );

  it.for(['OLDEST_FIRST', 'NEWEST_FIRST'])(
    'to ever another empty page ends with the budget, %s',
    async (order, { expect }) => {
      let n = 0;
      const { code, sent, data } = await list((response) => {
        n += 1;
        response.setHeader('link', next(`/x?pageToken=t-${n}`));
        response.end('[]');
      }, order);
      expect(sent.length).toBeLessThanOrEqual(20);
      if (code === undefined) expect(data.account.calls.nodes).toEqual([]);
      else expect(code).toBe(misbehaved);
    },
  );
});

describe.concurrent('a list of Restcomm', () => {
  const sid = (i: number) => `CA${String(i).padStart(32, '0')}`;
  const accountSid = `AC${'0'.repeat(32)}`;
  const record = (i: number) => ({
    sid: sid(i),
    date_created: 'Fri, 20 Nov 2026 12:00:00 +0000',
    status: 'completed',
  });

  async function listConnect(toBody: (page: number, size: number) => object | string) {
    const carrier = await startStubServer((response, { url }) => {
      const query = new URLSearchParams(url.split('?')[1]);
      response.setHeader('content-type', 'application/json');
      const body = toBody(Number(query.get('Page')), Number(query.get('PageSize')));
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    const account = {
      key: 'connect',
      provider: 'restcomm',
      accountSid,
      baseUrl: `${carrier.origin}/restcomm/2012-04-24`,
      auth: { username: 'user', password: 'password' },
    };
    const answer = await withProduct({ file: { accounts: [account] } }, ({ ask }) =>
      ask<{
        calls: Listed['account']['calls'] & {
          unavailable: { code: string }[];
          skipped: { providerCallId: string }[];
        };
      }>(
        '{ calls(first: 1) { nodes { providerCallId } pageInfo { hasNextPage } totalCount unavailable { code } skipped { providerCallId } } }',
      ),
    );
    await carrier.close();
    const code = answer.data.calls.unavailable[0]?.code;
    return { ...answer, code, sent: carrier.requests.map(({ url }) => url) };
  }

  const good = (page: number, size: number) => ({
    page,
    page_size: size,
    num_pages: 0,
    total: 1,
    uri: `/2012-04-24/Accounts/${accountSid}/Calls`,
    calls: [record(1)],
  });

  /** What an answer says that is not so; undefined where it does no harm. */
  const lies: [name: string, lie: (origin: string) => object | string, code: string | undefined][] = [
    ['pages elsewhere', (o) => ({ next_page_uri: `${o}/x`, first_page_uri: `${o}/x` }), undefined],
    ['a page that is null in words', () => ({ next_page_uri: '/x?Page=1null' }), undefined],
    ['another’s page', () => ({ page: 3 }), misbehaved],
    ['another’s size', () => ({ page_size: 77 }), misbehaved],
    ['another account’s list', () => ({ uri: `/Accounts/AC${'9'.repeat(32)}/Calls` }), misbehaved],
    ['no address', () => ({ uri: null }), misbehaved],
    ['numbers as words', () => ({ page: 'zero', page_size: 'many' }), misbehaved],
    ['a list that is none', () => ({ calls: { 0: record(1) } }), misbehaved],
    [
      'more rows than asked for',
      () => ({ calls: Array.from({ length: 3_000 }, (_, i) => record(i)) }),
      misbehaved,
    ],
    ['a prototype', () => '{"__proto__":{"calls":[]},"constructor":{"prototype":{"page":0}}}', misbehaved],
  ];

  it.for(lies)('that tells of %s', async ([, lie, code], { expect }) => {
    const { data, sent, ...answer } = await listConnect((page, size) => {
      const told = lie(evil.origin);
      return typeof told === 'string' ? told : { ...good(page, size), ...told };
    });
    expect(answer.code).toBe(code);
    if (code === undefined) expect(data.calls.nodes).toEqual([{ providerCallId: sid(1) }]);
    expect(sent.length).toBeLessThanOrEqual(20);
    for (const url of sent) expect(url).toContain(`/restcomm/2012-04-24/Accounts/${accountSid}/Calls.json?`);
    expect(evil.requests).toEqual([]);
  });

  it.for([
    ['a call without a sid', { status: 'completed' }, ''],
    ['a call that is null', null, ''],
    ['a call without a time', { ...record(1), date_created: 'yesterday' }, sid(1)],
    ['a thirteenth month', { ...record(1), date_created: '2026-13-01T00:00:00Z' }, sid(1)],
  ] as const)('that holds %s tells of it, and lists the others', async ([, odd, id], { expect }) => {
    const { data, code } = await listConnect((page, size) => ({
      ...good(page, size),
      total: 2,
      calls: [odd, record(2)].slice(page * size, (page + 1) * size),
    }));
    expect(code).toBeUndefined();
    expect(data.calls.nodes).toEqual([{ providerCallId: sid(2) }]);
    expect(data.calls.skipped).toEqual([{ providerCallId: id }]);
  });

  it.for([1e308, -1, 1.5, Number.MAX_SAFE_INTEGER, '1e9', null, [], {}])(
    'that counts %j calls costs no more than its budget',
    async (total, { expect }) => {
      const { sent, code } = await listConnect((page, size) => ({
        ...good(page, size),
        total,
        num_pages: total,
      }));
      expect(sent.length).toBeLessThanOrEqual(20);
      expect([undefined, misbehaved]).toContain(code);
    },
  );
});
