import { describe, it } from 'vitest';
import { accountId, callId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { createVariables } from '../support/new-call.ts';
import { type Product, withProduct } from '../support/product.ts';
import { writesIn } from '../support/writes-in.ts';

guard();

const invalid = 'INVALID_INPUT';
const { accountId: _, ...good } = createVariables('').input;

interface Payload {
  readonly call: { readonly id: string; readonly to: string; readonly from: string } | null;
  readonly replayed: boolean;
  readonly userErrors: readonly {
    readonly code: string;
    readonly field: string[];
    readonly message: string;
  }[];
}

async function create({ ask }: Product, account: string, changes: object): Promise<Payload> {
  const answer = await ask<{ createCall: Payload }>(
    `mutation ($input: CreateCallInput!) { createCall(input: $input) {
      replayed userErrors { code field message } call { id to from } } }`,
    { input: { accountId: accountId(account), ...good, ...changes } },
  );
  return answer.data.createCall;
}

async function update({ ask }: Product, id: string, change: object) {
  const answer = await ask<{ updateCall: Payload }>(
    'mutation ($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code field message } } }',
    { input: { id, change } },
  );
  return answer.data.updateCall.userErrors;
}

/** What was sent last, as JSON or as a form. */
function sentLast(product: Product, account: 'bandwidth' | 'connect'): Record<string, unknown> {
  const body = writesIn(product[account].journal).at(-1)?.body ?? '';
  return account === 'bandwidth' ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
}

const url = 'https://Exämple.com/a|b^`[c]{d}"<e>/%zz/é?q=|^`{}[]%#f|';
const uri =
  'https://xn--exmple-cua.com/a%7Cb%5E%60%5Bc%5D%7Bd%7D%22%3Ce%3E/%25zz/%C3%A9?q=%7C%5E%60%7B%7D%5B%5D%25#f%7C';

describe.concurrent('a URL leaves as RFC 3986 writes it', () => {
  it('for every address of a call at Bandwidth', async ({ expect }) =>
    withProduct({}, async (product) => {
      const machineDetection = { callbackUrl: url, fallbackUrl: url };
      const { call } = await create(product, 'bandwidth', {
        answerUrl: url,
        fallbackUrl: url,
        statusUrl: url,
        bandwidth: { machineDetection },
      });
      expect(sentLast(product, 'bandwidth')).toMatchObject({
        answerUrl: uri,
        answerFallbackUrl: uri,
        disconnectUrl: uri,
        machineDetection: { callbackUrl: uri, fallbackUrl: uri },
      });
      product.clock.advance(5_000);
      await update(product, call?.id ?? '', { redirect: { url, fallbackUrl: url } });
      expect(sentLast(product, 'bandwidth')).toMatchObject({ redirectUrl: uri, redirectFallbackUrl: uri });
    }));

  it('for every address of a call at Restcomm', async ({ expect }) =>
    withProduct({}, async (product) => {
      const urls = { answerUrl: url, fallbackUrl: url, statusUrl: url };
      const { call } = await create(product, 'connect', urls);
      const sent = { Url: uri, FallbackUrl: uri, StatusCallback: uri };
      expect(sentLast(product, 'connect')).toMatchObject(sent);
      const redirect = { url, fallbackUrl: url, restcomm: { statusUrl: url } };
      await update(product, call?.id ?? '', { redirect });
      expect(sentLast(product, 'connect')).toMatchObject(sent);
    }));

  it('from a literal as from a variable', async ({ expect }) =>
    withProduct({}, async (product) => {
      await product.ask(`mutation { createCall(input: {
        accountId: "${accountId('bandwidth')}", from: "${good.from}", to: "${good.to}",
        answerUrl: ${JSON.stringify(url)} }) { call { id } } }`);
      expect(sentLast(product, 'bandwidth')).toMatchObject({ answerUrl: uri });
    }));
});

describe.concurrent('an idempotency key', () => {
  it.for(['bandwidth', 'connect'] as const)(
    'stands for the same input however its URLs and numbers are written, at %s',
    async (account, { expect }) =>
      withProduct({}, async (product) => {
        const idempotencyKey = 'order 66';
        const first = await create(product, account, { idempotencyKey, answerUrl: url });
        const again = [
          { answerUrl: uri },
          { answerUrl: url, to: '\u202a+1 (919) 555-0123\u202c' },
          { answerUrl: uri, from: '+1919\u20115550100' },
        ];
        for (const changes of again) {
          const { call, replayed } = await create(product, account, { idempotencyKey, ...changes });
          expect([call?.id, replayed]).toEqual([first.call?.id, true]);
        }
        const other = await create(product, account, { idempotencyKey, answerUrl: `${uri}x` });
        expect(other.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
        expect(writesIn(product[account].journal)).toHaveLength(1);
      }),
  );
});

describe.concurrent('a number', () => {
  const written = [
    '\u202a+1 (919) 555-0123\u202c',
    '+1919\u20115550123',
    '+1919\u00ad5550123',
    '＋１９１９５５５０１２３',
  ];

  it.for(['bandwidth', 'connect'] as const)(
    'is dialled without its layout, and found by whatever it was dialled by, at %s',
    async (account, { expect }) =>
      withProduct({}, async (product) => {
        const placed = [];
        for (const to of written) {
          const { call } = await create(product, account, { to, from: '\u200b+1.919.555.0100' });
          placed.push(call?.id);
          const sent = sentLast(product, account);
          expect([sent.to ?? sent.To, sent.from ?? sent.From]).toEqual(['+19195550123', '+19195550100']);
        }
        product.clock.advance(600_000);
        for (const to of [...written, '+19195550123']) {
          const { data } = await product.ask<{ calls: { nodes: { id: string }[] } }>(
            'query ($filter: CallFilter, $ids: [ID!]) { calls(filter: $filter, accountIds: $ids) { nodes { id } } }',
            { filter: { to, from: '+1 919 555 0100' }, ids: [accountId(account)] },
          );
          expect(new Set(data.calls.nodes.map(({ id }) => id))).toEqual(new Set(placed));
        }
      }),
  );

  it.for(['+19195550100/01', '+19195550100 x12', '+44 (0)20 7946 0000', '++19195550100', '+1919555\n0100'])(
    'that nobody wrote is never dialled: %j',
    async (text, { expect }) =>
      withProduct({}, async (product) => {
        for (const account of ['bandwidth', 'connect', 'sbc']) {
          for (const name of ['to', 'from']) {
            const { call, userErrors } = await create(product, account, { [name]: text });
            expect([call, userErrors]).toMatchObject([null, [{ code: invalid, field: ['input', name] }]]);
          }
        }
        const { code, errors } = await product.ask(
          'query ($to: String) { calls(filter: { to: $to }) { nodes { id } } }',
          {
            to: text,
          },
        );
        expect([code, errors[0]?.extensions.field]).toEqual([invalid, ['filter', 'to']]);
        for (const { journal } of [product.bandwidth, product.connect, product.sbc])
          expect([...journal]).toEqual([]);
      }),
  );

  it('or name with a tab in it is told what it is', async ({ expect }) =>
    withProduct({}, async (product) => {
      const [error] = (await create(product, 'connect', { from: 'Al\tice' })).userErrors;
      expect(error?.message).toBe('`input.from` holds a character that cannot be seen, a tab (U+0009).');
      const named = await create(product, 'bandwidth', { bandwidth: { displayName: 'Al\tice' } });
      expect(named.userErrors[0]?.message).toContain('`displayName` must not hold control characters');
    }));
});

describe.concurrent('a text that is not whole Unicode', () => {
  const half = 'a\ud800b';
  const credentials = { username: half, password: 'x' };
  const secret = { username: 'x', password: half };
  const creates: [path: string, changes: object][] = [
    ['accountId', { accountId: half }],
    ['from', { from: half }],
    ['to', { to: `client:${half}` }],
    ['idempotencyKey', { idempotencyKey: half }],
    ['bandwidth.applicationId', { bandwidth: { applicationId: half } }],
    ['bandwidth.displayName', { bandwidth: { displayName: half } }],
    ['bandwidth.tag', { bandwidth: { tag: half } }],
    ['bandwidth.uui', { bandwidth: { uui: half } }],
    ['bandwidth.callbackCredentials.username', { bandwidth: { callbackCredentials: credentials } }],
    ['bandwidth.fallbackCredentials.password', { bandwidth: { fallbackCredentials: secret } }],
    [
      'bandwidth.machineDetection.callbackCredentials.username',
      { bandwidth: { machineDetection: { callbackCredentials: credentials } } },
    ],
    [
      'bandwidth.machineDetection.fallbackCredentials.password',
      { bandwidth: { machineDetection: { fallbackCredentials: secret } } },
    ],
  ];

  it.for(creates)('is refused as %s, and nothing is sent', async ([path, changes], { expect }) =>
    withProduct({}, async (product) => {
      for (const account of ['bandwidth', 'connect']) {
        const { call, userErrors } = await create(product, account, changes);
        expect(call).toBeNull();
        if (account === 'bandwidth' || !path.startsWith('bandwidth.')) {
          const message = expect.stringContaining('half of a surrogate pair');
          expect(userErrors).toEqual([{ code: invalid, field: ['input', ...path.split('.')], message }]);
        }
        expect(writesIn(product.bandwidth.journal).concat(writesIn(product.connect.journal))).toEqual([]);
      }
    }),
  );

  it('is refused in a change', async ({ expect }) =>
    withProduct({}, async (product) => {
      const id = callId('bandwidth', 'c-1');
      const redirect = { url: good.answerUrl, bandwidth: { tag: half } };
      const field = ['input', 'change', 'redirect', 'bandwidth', 'tag'];
      expect(await update(product, id, { redirect })).toMatchObject([{ code: invalid, field }]);
      expect(await update(product, half, { muted: true })).toMatchObject([
        { code: invalid, field: ['input', 'id'] },
      ]);
      const { data } = await product.ask<{ updateCallBxml: Payload }>(
        `mutation ($input: UpdateCallBxmlInput!) { updateCallBxml(input: $input) {
          userErrors { code field message } } }`,
        { input: { id, bxml: `<Bxml>${half}</Bxml>` } },
      );
      expect(data.updateCallBxml.userErrors).toMatchObject([{ code: invalid, field: ['input', 'bxml'] }]);
      expect([...product.bandwidth.journal]).toEqual([]);
    }));

  it('is refused in a question', async ({ expect }) =>
    withProduct({}, async (product) => {
      const questions: [query: string, field: string[]][] = [
        ['calls(filter: { to: $text }) { nodes { id } }', ['filter', 'to']],
        ['calls(filter: { from: $text }) { nodes { id } }', ['filter', 'from']],
        ['calls(filter: { parentId: $id }) { nodes { id } }', ['filter', 'parentId']],
        ['calls(after: $text) { nodes { id } }', ['after']],
        ['call(id: $id) { id }', ['id']],
        [
          `account(id: "${accountId('bandwidth')}") { call(providerCallId: $text) { id } }`,
          ['providerCallId'],
        ],
      ];
      for (const [query, field] of questions) {
        const variable = query.includes('$id') ? '$id: ID!' : '$text: String!';
        const { code, errors } = await product.ask(`query (${variable}) { ${query} }`, {
          text: half,
          id: half,
        });
        expect([query, code, errors[0]?.extensions.field]).toEqual([query, invalid, field]);
      }
      for (const { journal } of [product.bandwidth, product.connect, product.sbc])
        expect([...journal]).toEqual([]);
    }));

  it('is no text of a document either', async ({ expect }) =>
    withProduct({}, async (product) => {
      const { code } = await product.ask('{ calls(filter: { to: "a\\ud800" }) { nodes { id } } }');
      expect(code).toBe('GRAPHQL_PARSE_FAILED');
    }));
});
