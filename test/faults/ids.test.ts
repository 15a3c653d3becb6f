import { describe, it } from 'vitest';
import { toListScope } from '../../src/graphql/relay/cursor.ts';
import { accountId, base64url, callId, cursorOf, hintsOf, positionOf } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { createVariables } from '../support/new-call.ts';
import { type Product, shareProducts, withProduct } from '../support/product.ts';
import { startStubServer } from '../support/stub-server.ts';

guard();
const onProduct = shareProducts();

const invalid = 'INVALID_INPUT';
const sid = `CA${'1'.repeat(32)}`;
const sentIn = ({ bandwidth, connect, sbc }: Product) =>
  [bandwidth, connect, sbc].flatMap(({ journal }) => journal.map(({ method, path }) => `${method} ${path}`));

const everything = `
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  call(id: $id) { id }
  account(id: $id) { id }
  calls(accountIds: [$id]) { nodes { id } }
  ofParent: calls(filter: { parentId: $id }) { nodes { id } }`;

describe.concurrent('an id', () => {
  const malformed: [name: string, id: string][] = [
    ['of nothing', ''],
    ['of a blank', ' '],
    ['of words', 'hello'],
    ['of the provider', sid],
    ['in plain text', `Call:connect:${sid}`],
    ['in Base64 with padding', Buffer.from('Account:sbc').toString('base64')],
    ['in Base64 of the other alphabet', Buffer.from('Call:bandwidth:\u{1F4DE}>>>???').toString('base64')],
    ['with a line end', `${accountId('sbc')}\n`],
    ['with a letter more', `${accountId('sbc')}A`],
    ['with a letter less', accountId('sbc').slice(0, -1)],
    ['of another type', base64url('User:1')],
    ['of a prototype', base64url('__proto__:sbc')],
    ['of an account in capitals', base64url('Account:SBC')],
    ['of an account by a path', base64url('Account:../sbc')],
    ['of a call without an account', base64url('Call::x')],
    ['of a call without a name', base64url('Call:connect:')],
    ['of bytes that are no text', base64url(Buffer.of(0x43, 0xff, 0xfe))],
    ['of a NUL', base64url('Account:\u0000')],
    ['of a megabyte', 'A'.repeat(100_000)],
    ['of a call with a name of a kilobyte', callId('connect', 'x'.repeat(1_000))],
  ];

  it.for(malformed)('%s is refused everywhere, and costs no request', async ([, id], { expect }) =>
    onProduct(async (product) => {
      // Checked one by one: `calls` may not be null, and would take the others with it.
      const fields = everything.trim().split('\n');
      for (const field of fields) {
        const { code, status } = await product.ask(`query ($id: ID!) { ${field} }`, { id });
        expect([field, code, status]).toEqual([field, invalid, 200]);
      }
      const mutation = `mutation ($create: CreateCallInput!, $update: UpdateCallInput!, $bxml: UpdateCallBxmlInput!) {
        createCall(input: $create) { userErrors { code field } }
        updateCall(input: $update) { userErrors { code field } }
        updateCallBxml(input: $bxml) { userErrors { code field } } }`;
      const { data, errors } = await product.ask<object>(mutation, {
        create: { ...createVariables('').input, accountId: id },
        update: { id, change: { end: 'HANG_UP' } },
        bxml: { id, bxml: '<Bxml/>' },
      });
      expect(errors).toEqual([]);
      expect(data).toEqual({
        createCall: { userErrors: [{ code: invalid, field: ['input', 'accountId'] }] },
        updateCall: { userErrors: [{ code: invalid, field: ['input', 'id'] }] },
        updateCallBxml: { userErrors: [{ code: invalid, field: ['input', 'id'] }] },
      });
      expect(sentIn(product)).toEqual([]);
    }),
  );

  const names = [
    '.',
    '..',
    '../..',
    '../../accounts/1/calls',
    'x/../../y',
    '%2e%2e',
    '%2e%2e%2fadmin',
    'x?to=1',
    'x#y',
    'x&y',
    'x;y',
    'x y',
    'x\r\nX-Evil: 1',
    'x\r\n\r\nGET /evil HTTP/1.1',
    '\\..\\x',
    'x\u0000',
    'ü',
    '\u{1F4DE}',
    '\u202e',
    '${jndi:ldap://x}',
    '{{7*7}}',
    `' OR 1=1 --`,
    '<script>',
    `${sid}.json`,
    `${sid}/Recordings`,
  ];
  /** One segment of a path for the name, and no more than that: what would lead out of it is not asked for at all. */
  const leadsOut = (name: string) => /(^|[/\\]|%2f)(\.|%2e){1,2}($|[/\\]|%2f)/i.test(name);
  const pathOf = (name: string) =>
    new RegExp(`/[Cc]alls/${literally(encodeURIComponent(name))}(\\.json|/bxml)?$`);
  const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

  it.for(names)(
    'with the provider’s part %j names no call, and leads nowhere else',
    async (name, { expect }) =>
      onProduct(async (product) => {
        for (const account of ['bandwidth', 'connect', 'connect-xml', 'sbc']) {
          const id = callId(account, name);
          const { data, errors } = await product.ask<object>(
            `query ($id: ID!, $account: ID!, $name: String!) {
            call(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id }
            account(id: $account) { call(providerCallId: $name) { id } } }`,
            { id, account: accountId(account), name },
          );
          expect([errors, data]).toEqual([
            [],
            { call: null, node: null, nodes: [null], account: { call: null } },
          ]);
          const changes = [
            { end: 'HANG_UP' },
            { end: 'CANCEL' },
            { redirect: { url: 'https://example.com/' } },
          ];
          for (const change of [...changes, { muted: true }]) {
            const { code } = await product.ask(
              'mutation ($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } } }',
              { input: { id, change } },
            );
            expect(['NOT_FOUND', 'UNSUPPORTED_BY_PROVIDER']).toContain(code);
          }
          const bxml = await product.ask(
            'mutation ($input: UpdateCallBxmlInput!) { updateCallBxml(input: $input) { userErrors { code } } }',
            { input: { id, bxml: '<Bxml/>' } },
          );
          expect(['NOT_FOUND', 'UNSUPPORTED_BY_PROVIDER']).toContain(bxml.code);
        }
        const paths = sentIn(product).filter((request) => !request.endsWith('/oauth2/token'));
        expect(paths.length > 0).toBe(!leadsOut(name));
        for (const path of paths) expect(path).toMatch(pathOf(name));
      }),
  );

  it.for([...names, 'c-1', 'x'.repeat(300), ''])(
    'that a provider made of %j leads nowhere else',
    async (name, { expect }) => {
      const carrier = await startStubServer((response, { url }) => {
        const time = new Date().toISOString();
        const row = { callId: name, parentCallId: name, enqueuedTime: time, startTime: time };
        response.end(JSON.stringify(url.includes('?') ? [row] : row));
      });
      const account = {
        key: 'bandwidth',
        provider: 'bandwidth',
        accountId: '9900000',
        baseUrl: carrier.origin,
        auth: { username: 'user', password: 'password' },
      };
      await withProduct({ file: { accounts: [account] } }, async ({ ask }) => {
        const { data, code } = await ask<{
          calls: {
            nodes: { id: string; providerCallId: string; parent: unknown }[];
            skipped: { providerCallId: string }[];
          };
        }>('{ calls { nodes { id providerCallId parent { id } } skipped { providerCallId } } }');
        const { nodes, skipped } = data.calls;
        // Of what cannot be asked for by its id is told that it is left out, and nothing is asked.
        const isFit = name !== '' && !leadsOut(name);
        expect([code, nodes.map(({ providerCallId }) => providerCallId)]).toEqual([
          undefined,
          isFit ? [name] : [],
        ]);
        expect(new Set(skipped.map(({ providerCallId }) => providerCallId))).toEqual(
          new Set(isFit ? [] : ['']),
        );
        const [listed] = nodes;
        const again = await ask('query ($id: ID!) { call(id: $id) { id } }', { id: listed?.id ?? '' });
        expect([undefined, invalid]).toContain(again.code);
      });
      await carrier.close();
      for (const { url, headers } of carrier.requests) {
        if (!url.startsWith('/accounts/9900000/calls?')) expect(url).toMatch(pathOf(name));
        expect(headers).not.toHaveProperty('x-evil');
      }
    },
  );

  it.for(['nobody', 'bandwidth-2', 'constructor', 'toString', 'a'.repeat(500)])(
    'of the account %s that there is not is null',
    async (key, { expect }) =>
      onProduct(async (product) => {
        const { data, errors } = await product.ask<object>(
          'query ($id: ID!, $call: ID!) { account(id: $id) { id } node(id: $id) { id } call(id: $call) { id } }',
          { id: base64url(`Account:${key.toLowerCase()}`), call: callId(key.toLowerCase(), sid) },
        );
        expect([errors, data]).toEqual([[], { account: null, node: null, call: null }]);
        expect(sentIn(product)).toEqual([]);
      }),
  );
});

describe.concurrent('a cursor', () => {
  interface Page {
    readonly calls: {
      readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
      readonly pageInfo: {
        readonly startCursor: string;
        readonly endCursor: string;
        readonly hasNextPage: boolean;
      };
    };
  }
  const query = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: CallFilter,
      $orderBy: CallOrder! = NEWEST_FIRST, $ids: [ID!]) {
    calls(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy,
      accountIds: $ids) { edges { cursor node { id } } pageInfo { startCursor endCursor hasNextPage } } }`;
  const read = (product: Product, variables: object = {}) => product.ask<Page>(query, variables);
  const fill = ({ bandwidth, connect, sbc }: Product) => {
    for (let i = 1; i < 4; i++) {
      const time = new Date(Date.now() - i * 3_600_000).toISOString();
      bandwidth.add({ enqueuedTime: time, startTime: time });
      connect.add({ date_created: time });
      sbc.add({ date_created: time });
    }
  };

  it('of the first and the last call is that of the page, and all are short', async ({ expect }) =>
    onProduct(async (product) => {
      fill(product);
      for (const variables of [
        { first: 5 },
        { last: 5 },
        { first: 1 },
        { first: 9, filter: { direction: 'INBOUND' } },
      ]) {
        const { edges, pageInfo } = (await read(product, variables)).data.calls;
        const cursors = edges.map(({ cursor }) => cursor);
        expect(cursors[0]).toBe(pageInfo.startCursor);
        expect(cursors.at(-1)).toBe(pageInfo.endCursor);
        expect(pageInfo.endCursor.length).toBeLessThanOrEqual(120 + 3 * 40);
        for (const cursor of cursors.slice(1, -1)) expect(cursor.length).toBeLessThanOrEqual(80);
      }
    }));

  it('that is damaged in any byte is refused, and costs no request', async ({ expect }) =>
    onProduct(async (product) => {
      fill(product);
      const { data } = await read(product, { first: 2 });
      const { endCursor } = data.calls.pageInfo;
      const before = sentIn(product).length;
      for (let i = 0; i < endCursor.length; i += 7) {
        const letter = endCursor[i] === 'A' ? 'B' : 'A';
        const damaged = endCursor.slice(0, i) + letter + endCursor.slice(i + 1);
        for (const argument of ['after', 'before']) {
          const { code, errors } = await read(product, { first: 2, [argument]: damaged });
          expect([code, errors[0]?.extensions.field]).toEqual([invalid, [argument]]);
        }
      }
      for (const damaged of [
        '',
        ' ',
        'x',
        '=',
        endCursor.slice(0, -1),
        `${endCursor}A`,
        `${endCursor}=`,
        'A'.repeat(100_000),
      ]) {
        expect((await read(product, { after: damaged })).code).toBe(invalid);
      }
      expect(sentIn(product)).toHaveLength(before);
    }));

  it('of another list is refused, and costs no request', async ({ expect }) =>
    onProduct(async (product) => {
      fill(product);
      const { data } = await read(product, { first: 2 });
      const after = data.calls.pageInfo.endCursor;
      const before = sentIn(product).length;
      const others = [
        { orderBy: 'OLDEST_FIRST' },
        { filter: { to: '+19195550123' } },
        { filter: { statuses: ['COMPLETED'] } },
        { ids: [accountId('connect')] },
        { ids: ['bandwidth', 'connect', 'sbc'].map(accountId) },
      ];
      for (const other of others) expect((await read(product, { ...other, after })).code).toBe(invalid);
      expect(sentIn(product)).toHaveLength(before);
    }));

  /** Whoever knows how they are made can make one: what it holds is no more to be trusted than any input. */
  function forge(content: string): string {
    const accounts = ['bandwidth', 'connect', 'connect-xml', 'sbc'].map((key) => ({ key }));
    const list = { accounts: accounts as never, order: 'NEWEST_FIRST', filter: {} } as const;
    return cursorOf(toListScope(list).fingerprint, content);
  }

  const time = Date.parse('2026-11-20T12:00:00.000Z');
  const [noTime, connect, good] = ['f'.repeat(13), '2', positionOf(time, sid)];
  const forged: [name: string, content: string, code: string | undefined][] = [
    ['of a good place', `0${connect}${good}`, undefined],
    ['of a place without a time', `0${connect}${positionOf(noTime, sid)}`, undefined],
    ['of nothing', '', invalid],
    ['of an account alone', `0${connect}`, invalid],
    ['of half a time', `0${connect}00000000`, invalid],
    ['of a time after the year 9999', `0${connect}${positionOf(253_402_300_800_000, sid)}`, invalid],
    ['of a time without end', `0${connect}${positionOf('fffffffffffff'.replace('f', 'e'), sid)}`, invalid],
    ['of an account that is none', `06${good}`, invalid],
    ['of a form that is none', `0${connect}${'0'.repeat(13)}7`, invalid],
    ['of an id that is not all there', `0${connect}${good.slice(0, -2)}`, invalid],
    ['of half an id', `0${connect}${'0'.repeat(13)}2${'0'.repeat(38)}`, invalid],
    ['of places that are not there', `1${connect}${good}2`, invalid],
    ['of a place of an account that is none', `1${connect}${good}160`, invalid],
    ['of a place that is none', `1${connect}${good}121${good.slice(0, -2)}`, invalid],
    ['of many places of one account', `3${connect}${good}f${'10'.repeat(15)}`, undefined],
    ['of hints that are not there', `4${connect}${good}`, invalid],
    ['of hints that are longer than it', `4${connect}${good}ffff00`, invalid],
    ['of a hint of capitals', `4${connect}${good}${hintsOf('XYZ')}`, undefined],
    [
      'of a hint that is a lie',
      `4${connect}${good}${hintsOf('HcnBzzzzBzzzBzzzBzzzHHsnaB1B1B1B1')}`,
      undefined,
    ],
    ['of a hint of another provider', `4${connect}${good}${hintsOf('cnB1B1B0B1Hfa1B00A6')}`, undefined],
    ['of more hints than accounts', `4${connect}${good}${hintsOf('aHaHaHaHaHaHaHa')}`, undefined],
    ['of a hint of 3,000 characters', `4${connect}${good}${hintsOf(`nA${'9'.repeat(3_000)}`)}`, undefined],
    ['of a hint of a megabyte', `4${connect}${good}${hintsOf(`nA${'9'.repeat(80_000)}`)}`, invalid],
    ['of marks of reported rows', `0${connect}${good}${'0123abcd'.repeat(200)}`, undefined],
    ['of the year 0', `0${connect}${positionOf('0'.repeat(13), sid)}`, undefined],
    ['of the year 9999', `0${connect}${positionOf(253_402_300_799_999, sid)}`, undefined],
    ['of an account of nobody', `00${positionOf(time, '../../x')}`, undefined],
    ['of the place after every account', `05${positionOf(time, '')}`, undefined],
  ];

  it.for(forged)('that is forged, %s', async ([, content, code], { expect }) =>
    onProduct(async (product) => {
      fill(product);
      for (const argument of ['after', 'before']) {
        const page = await read(product, { [argument]: forge(content) });
        expect([argument, page.code]).toEqual([argument, code]);
        if (code === undefined) expect(page.data.calls.edges.length).toBeLessThanOrEqual(12);
      }
      expect(sentIn(product).length).toBeLessThan(60);
      expect(sentIn(product).filter((each) => each.startsWith('POST') && !each.includes('oauth2'))).toEqual(
        [],
      );
      for (const each of [...product.bandwidth.journal]) expect(each.search).not.toContain('to=');
    }),
  );

  it.for([
    { first: -1 },
    { first: 501 },
    { last: -1 },
    { last: 501 },
    { first: 1, last: 1 },
    { first: 2 ** 31 },
    { first: 1.5 },
    { filter: { statuses: [] } },
    { filter: { createdAfter: '' } },
    { filter: { createdAfter: '2026-02-30T00:00:00Z' } },
    { filter: { createdAfter: '2026-11-20' } },
    { filter: { createdBefore: 1 } },
  ])('or a page of %j is refused, and costs no request', async (variables, { expect }) =>
    onProduct(async (product) => {
      const { code } = await read(product, variables);
      expect(['INVALID_INPUT', 'BAD_USER_INPUT']).toContain(code);
      expect(sentIn(product)).toEqual([]);
    }),
  );
});
