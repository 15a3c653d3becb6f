import { describe, expect, it } from 'vitest';
import { createCaller } from '../../../src/access/caller.ts';
import { Idempotency } from '../../../src/calls/placing/idempotency.ts';
import { CostGuard } from '../../../src/cost/cost-guard.ts';
import { createContext } from '../../../src/graphql/context.ts';
import { createApollo } from '../../../src/graphql/create-apollo.ts';
import { OperationCache } from '../../../src/graphql/execution/operation-cache.ts';
import { formatError } from '../../../src/graphql/format-error.ts';
import { createGuards } from '../../../src/graphql/guards/guards.ts';
import { loadSchema } from '../../../src/graphql/load-schema.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { main, read } from '../../support/accounts-file.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { accountId, callId } from '../../support/client-ids.ts';
import { someAccount, someCall, someOperation } from '../../support/some-call.ts';
import { someEvents } from '../../support/some-events.ts';

const schema = loadSchema();
const log = new Proxy({}, { get: () => () => undefined }) as never;
const create = (key: string) =>
  `createCall(input: { accountId: "${accountId(key)}", from: "1", to: "2", answerUrl: "https://e.example/" })`;
const hangUp = (key: string) =>
  `updateCall(input: { id: "${callId(key, 'c-1')}", change: { end: HANG_UP } })`;
const replace = (key: string) => `updateCallBxml(input: { id: "${callId(key, 'c-1')}", bxml: "<Bxml/>" })`;

/** Accounts of which the caller may write to `own`, may see `shown`, and knows nothing of `hidden`. */
async function ask(query: string, { variables = {}, failure = undefined as Error | undefined } = {}) {
  const adapters = ['own', 'shown', 'hidden', 'sick'].map((key) => {
    const account = someAccount({ key });
    return new ArrayAdapter(account, [someCall({ account })]);
  });
  for (const adapter of adapters) if (adapter.account.key === 'sick') adapter.failure = failure;
  const caller = {
    ...createCaller('somebody', { accounts: ['own', 'shown', 'sick'], may: ['read'] }),
    mayWrite: (key: string) => key === 'own' || key === 'sick',
  };
  const parts = {
    adapters: new Map(adapters.map((adapter) => [adapter.account.key, adapter])),
    idempotency: new Idempotency(new MemoryStore(), { lookupDelays: [] }),
    events: someEvents(),
    limits: { requestsPerList: 5 },
  };
  const config = read({ accounts: [main] });
  const guard = new CostGuard(config.cost, schema);
  const apollo = createApollo({
    config,
    schema,
    log,
    guard,
    operations: new OperationCache(schema),
    formatError,
  });
  const context = createContext(parts, someOperation(), caller);
  const contextValue = { ...context, guards: createGuards(guard, undefined, log)(context) };
  const { body } = await apollo.executeOperation({ query, variables }, { contextValue });
  await apollo.stop();
  if (body.kind !== 'single') throw new Error('an answer in parts');
  const { data, errors = [], extensions } = body.singleResult;
  return {
    data: data && JSON.parse(JSON.stringify(data)),
    problems: errors.map((each) => [each.extensions?.code, each.path?.join('.')]),
    messages: errors.map(({ message }) => message),
    done: (extensions?.done as string[] | undefined)?.map((id) => Buffer.from(id, 'base64url').toString()),
    sent: adapters.flatMap(({ asked, account }) => asked.map(({ method }) => `${method} ${account.key}`)),
  };
}

describe('a mutation of several changes', () => {
  it.each([
    ['last', `mutation { a: ${create('own')} { replayed } b: ${create('shown')} { replayed } }`, 'b'],
    ['first', `mutation { a: ${create('shown')} { replayed } b: ${create('own')} { replayed } }`, 'a'],
    [
      'a hang-up',
      `mutation { a: ${create('own')} { replayed } ${hangUp('shown')} { call { id } } }`,
      'updateCall',
    ],
    [
      'a document',
      `mutation { a: ${create('own')} { replayed } b: ${replace('shown')} { call { id } } }`,
      'b',
    ],
    [
      'in fragments',
      `mutation { ...Two } fragment Two on Mutation {
        a: ${create('own')} { replayed } ... on Mutation { ...One } }
      fragment One on Mutation { b: ${create('shown')} { replayed } }`,
      'b',
    ],
    [
      'a repeated field',
      `mutation { a: ${create('own')} { replayed } b: ${create('shown')} { replayed } b: ${create('shown')} { call { id } } }`,
      'b',
    ],
  ])('is refused as a whole where one is forbidden: %s', async (_, query, path) => {
    const { data, problems, messages, sent, done } = await ask(query);
    expect(problems).toEqual([['FORBIDDEN', path]]);
    expect(messages).toEqual(['You may not place or change calls of account shown.']);
    expect([data, sent, done]).toEqual([undefined, [], undefined]);
  });

  it.each([
    [
      '@skip',
      `mutation ($no: Boolean!) { a: ${create('own')} { replayed } b: ${create('shown')} @skip(if: $no) { replayed } }`,
    ],
    [
      '@include',
      `mutation { a: ${create('own')} { replayed } ... @include(if: false) { b: ${create('shown')} { replayed } } }`,
    ],
    ['nothing', `mutation { a: ${create('own')} { replayed } }`],
  ])('goes through where %s leaves out what is forbidden', async (_, query) => {
    const { data, problems, sent } = await ask(query, { variables: { no: true } });
    expect([problems, data]).toEqual([[], { a: { replayed: false } }]);
    expect(sent).toEqual(['create own']);
  });

  it('answers for each by itself where no error makes null of the rest', async () => {
    const { data, problems, sent } = await ask(`mutation {
      a: ${create('own')} { userErrors { code } } b: ${create('hidden')} { userErrors { code } }
      c: ${create('%')} { userErrors { code } } ${hangUp('own')} { userErrors { code } } __typename }`);
    const none = { userErrors: [] };
    const codes = (code: string) => ({ userErrors: [{ code }] });
    expect([problems, data]).toEqual([
      [],
      { a: none, b: codes('NOT_FOUND'), c: codes('INVALID_INPUT'), updateCall: none, __typename: 'Mutation' },
    ]);
    expect(sent).toEqual(['create own', 'end own']);
  });

  it('leaves to execution what is wrong with the whole of it', async () => {
    const both = `a: ${create('own')} @skip(if: $no) { replayed } b: ${create('own')} { replayed }`;
    const unknown = await ask(`mutation ($no: Boolean!) { ${both} }`, { variables: { no: 'perhaps' } });
    const spoilt = await ask(`mutation ($no: Boolean = true) { ${both} }`, { variables: { no: null } });
    expect(unknown.problems[0]?.[0]).toBe('BAD_USER_INPUT');
    expect([unknown.sent, spoilt.sent, spoilt.problems.length]).toEqual([[], [], 1]);
  });
});

describe('a change that was made', () => {
  it('is named where a later one fails with a bug of ours', async () => {
    const { data, problems, done } = await ask(
      `mutation { a: ${create('own')} { replayed } b: ${hangUp('own')} { call { id } } c: ${create('sick')} { replayed } }`,
      { failure: new TypeError('a bug') },
    );
    expect([data, problems]).toEqual([null, [['INTERNAL_SERVER_ERROR', 'c']]]);
    expect(done).toEqual(['Call:own:c-1']);
  });

  it('is named by its payload alone where nothing went wrong', async () => {
    const { done } = await ask(`mutation { a: ${create('own')} { call { id } } }`);
    expect(done).toBeUndefined();
  });
});
