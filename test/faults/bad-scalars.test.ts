import { describe, it } from 'vitest';
import { accountId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { createVariables } from '../support/new-call.ts';
import { post } from '../support/post.ts';
import { withProduct } from '../support/product.ts';

guard();

const id = accountId('bandwidth');
const listed = '{ nodes { id } }';
const create = `accountId: "${id}", from: "+19195550100", to: "+19195550123"`;
const { input } = createVariables('bandwidth');
const placed = '{ userErrors { code } call { id } }';

/** The request's id is in the `extensions` of errors. */
const sameId = { 'x-request-id': 'the-same' };

type Case = readonly [where: string, text: string, variables: object];

/** The bad value, by every way in which it can come. */
const dateTimes: readonly Case[] = [
  ['a literal', `{ calls(filter: { createdAfter: "today" }) ${listed} }`, {}],
  ['a literal of another kind', `{ calls(filter: { createdAfter: 7 }) ${listed} }`, {}],
  [
    'a literal of an account',
    `{ account(id: "${id}") { calls(filter: { createdAfter: "today" }) ${listed} } }`,
    {},
  ],
  ['a variable', `query ($d: DateTime) { calls(filter: { createdAfter: $d }) ${listed} }`, { d: 'today' }],
  [
    'a variable of another kind',
    `query ($d: DateTime) { calls(filter: { createdAfter: $d }) ${listed} }`,
    { d: 7 },
  ],
  [
    'a variable in an object',
    `query ($f: CallFilter) { calls(filter: $f) ${listed} }`,
    { f: { to: 'x', createdAfter: 'today' } },
  ],
  ['a default', `query ($d: DateTime = "today") { calls(filter: { createdAfter: $d }) ${listed} }`, {}],
  [
    'a default of an object',
    `query ($f: CallFilter = { createdAfter: "today" }) { calls(filter: $f) ${listed} }`,
    {},
  ],
  [
    'a variable used by a fragment',
    `query A($d: DateTime) { ...B } fragment B on Query { calls(filter: { createdAfter: $d }) ${listed} }`,
    { d: 'today' },
  ],
];

const urls: readonly Case[] = [
  ['a literal', `mutation { createCall(input: { ${create}, answerUrl: "x" }) ${placed} }`, {}],
  [
    'a variable',
    `mutation ($u: URL!) { createCall(input: { ${create}, answerUrl: $u }) ${placed} }`,
    { u: 'ftp://x' },
  ],
  [
    'a variable in an object',
    `mutation ($i: CreateCallInput!) { createCall(input: $i) ${placed} }`,
    { i: { ...input, answerUrl: 'https://a\tb' } },
  ],
  [
    'a default',
    `mutation ($u: URL! = "/x") { createCall(input: { ${create}, answerUrl: $u }) ${placed} }`,
    {},
  ],
];

const deep: readonly Case[] = [
  [
    'a literal',
    `mutation { createCall(input: { ${create}, answerUrl: "https://example.com/",
      bandwidth: { machineDetection: { callbackUrl: "https://a b/" } } }) ${placed} }`,
    {},
  ],
  [
    'a variable',
    `mutation ($i: CreateCallInput!) { createCall(input: $i) ${placed} }`,
    { i: { ...input, bandwidth: { machineDetection: { callbackUrl: 'https://a\\b' } } } },
  ],
  [
    'a variable in the midst',
    `mutation ($b: BandwidthCreateCallInput) { createCall(input: { ${create}, answerUrl: "https://example.com/",
      bandwidth: $b }) ${placed} }`,
    { b: { machineDetection: { callbackUrl: 'https://user:secret@example.com/' } } },
  ],
];

describe.concurrent.each([
  ['DateTime', 'filter.createdAfter', dateTimes],
  ['URL', 'input.answerUrl', urls],
  ['URL far within', 'input.bandwidth.machineDetection.callbackUrl', deep],
])('a bad %s', (_, field, cases) => {
  it.for(cases)('has one code and names its field: %s', async ([, text, variables], { expect }) =>
    withProduct({}, async (product) => {
      const once = await product.ask(text, variables, sameId);
      expect(once.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: field.split('.') } }]);
      expect(once.errors[0]?.message).toMatch(/A (DateTime|URL) /);
      expect(once.errors[0]?.message).not.toContain('secret');
      // A text that comes again and again is executed by us, if it is valid, and no longer by Apollo Server.
      for (const _ of [1, 2]) {
        const again = await product.ask(text, variables, sameId);
        expect([again.status, again.text]).toEqual([once.status, once.text]);
      }
      const accept = 'application/graphql-response+json';
      expect((await post(product.url, text, variables, { accept })).status).toBe(400);
      expect([...product.bandwidth.journal]).toEqual([]);
    }),
  );
});

describe.concurrent('a text with a good variable before', () => {
  it.for([...dateTimes, ...urls].filter(([where]) => where.startsWith('a variable')))(
    'tells of a bad one in the same words: %s',
    async ([, text, variables], { expect }) =>
      withProduct({}, async (product) => {
        const good = JSON.parse(JSON.stringify(variables), (_, value) => {
          if (value === 'today' || value === 7) return '2026-11-21T06:20:00Z';
          return /^(?:ftp:|https:\/\/a\t)/.test(value) ? 'https://example.com/' : value;
        });
        const first = await product.ask(text, variables, sameId);
        for (let i = 0; i < 3; i += 1) expect((await product.ask(text, good)).code).toBeUndefined();
        expect((await product.ask(text, variables, sameId)).text).toBe(first.text);
      }),
  );
});
