import type { ApolloServerPlugin } from '@apollo/server';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Authenticate } from '../../src/access/authenticate.ts';
import { createCaller } from '../../src/access/caller.ts';
import { createParts } from '../../src/api/create-parts.ts';
import { Executor } from '../../src/api/executor.ts';
import { CostGuard } from '../../src/cost/cost-guard.ts';
import { RateLimiter } from '../../src/cost/rate-limiter.ts';
import { createApollo } from '../../src/graphql/create-apollo.ts';
import { OperationCache } from '../../src/graphql/execution/operation-cache.ts';
import { formatError } from '../../src/graphql/format-error.ts';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import { createEndpoint } from '../../src/server/create-endpoint.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { main, read } from '../support/accounts-file.ts';
import { noAddresses } from '../support/no-addresses.ts';

const schema = loadSchema();
const readDeadline = 12_345;
const config = read(
  { accounts: [main], limits: { readDeadline: `${readDeadline}ms` } },
  { LOG_LEVEL: 'silent' },
);

/** The endpoint, with what it does for each request counted. */
async function start({ isAsync = false } = {}) {
  const app = Fastify();
  let authentications = 0;
  const rateLimiter = new RateLimiter(60, { now: () => 0 });
  const caller = createCaller('somebody', { accounts: ['*'], may: ['write'] });
  const authenticate = (({ authorization }) => {
    authentications += 1;
    const found = authorization === undefined ? caller : undefined;
    return isAsync ? Promise.resolve(found) : found;
  }) as Authenticate;
  const store = new MemoryStore();
  const parts = createParts(config, store, app.log, noAddresses);
  const executor = new Executor({ config, schema, log: app.log, rateLimiter, calls: parts.accounts, store });
  await executor.start();
  const opened = vi.spyOn(executor.opener, 'open');
  const graphql = createEndpoint({ config, executor, authenticate });
  app.post('/graphql', graphql.handle);
  const timers = vi.spyOn(globalThis, 'setTimeout');
  onTestFinished(async () => {
    timers.mockRestore();
    await app.close();
    await executor.stop();
  });
  return {
    rateLimiter,
    async ask(query: string, variables: object = {}, headers: Record<string, string> = {}) {
      authentications = 0;
      opened.mockClear();
      timers.mockClear();
      const payload = { query, variables };
      const response = await app.inject({ method: 'POST', url: '/graphql', payload, headers });
      const deadlines = timers.mock.calls.filter(([, milliseconds]) => milliseconds === readDeadline).length;
      const code = response.json().errors?.[0].extensions.code;
      return { code, authentications, contexts: opened.mock.calls.length, deadlines };
    },
  };
}

const nodes =
  'query ($ids: [ID!]!, $n: Int) { nodes(ids: $ids) { ... on Account { calls(first: $n) { nodes { id } } } } }';
const skipped = 'query ($no: Boolean = true) { accounts @skip(if: $no) { key } }';
const _changes =
  'mutation ($a: UpdateCallInput!) { a: updateCall(input: $a) { call { id } } b: updateCall(input: $a) { call { id } } }';

describe('a request that the fast lane leaves to Apollo Server', () => {
  const once = { authentications: 1, contexts: 1, deadlines: 1 };
  it.each([
    [
      'an unknown caller',
      nodes,
      { ids: [] },
      { ids: [] },
      { authorization: 'x' },
      { ...once, contexts: 0, deadlines: 0, code: 'UNAUTHENTICATED' },
    ],
    ['invalid variables', nodes, { ids: [] }, { ids: [null] }, {}, { ...once, code: 'BAD_USER_INPUT' }],
    [
      'a costly operation',
      nodes,
      { ids: [] },
      { ids: Array(101).fill('x'), n: 500 },
      {},
      { ...once, code: 'OPERATION_TOO_COSTLY' },
    ],
    [
      'spent points',
      nodes,
      { ids: [] },
      { ids: Array(100).fill('x') },
      {},
      { ...once, code: 'RATE_LIMITED' },
    ],
    [
      'a variable that graphql-js refuses',
      skipped,
      {},
      { no: null },
      {},
      { ...once, code: 'BAD_USER_INPUT' },
    ],
  ])(
    'has one authentication, one context and one deadline: %s',
    async (_, query, good, bad, headers, expected) => {
      for (const isAsync of [false, true]) {
        const { ask } = await start({ isAsync });
        for (const _ of [1, 2, 3]) expect(await ask(query, good)).toEqual({ ...once, code: undefined });
        expect(await ask(query, bad, headers)).toEqual(expected);
      }
    },
  );

  it('is charged once', async () => {
    const { ask, rateLimiter } = await start();
    for (const _ of [1, 2, 3]) await ask(nodes, { ids: [] });
    const left = () =>
      [...Array(61).keys()].findLast((points) => rateLimiter.waitFor('somebody', points) === 0) ?? 0;
    const before = left();
    await ask(nodes, { ids: Array(100).fill('x') });
    await ask(nodes, { ids: [null] });
    expect(before - left()).toBe(2);
  });
});

/** Names the hooks of a plug-in, or its own name for one of Apollo Server. */
async function describePlugin(plugin: ApolloServerPlugin & { readonly __internal_plugin_id__?: string }) {
  const { __internal_plugin_id__: name, ...hooks } = plugin;
  if (name !== undefined) return name;
  const request = await plugin.requestDidStart?.({ contextValue: { guards: {} } } as never);
  return [...Object.keys(hooks), ...Object.keys(request ?? {})].join(' ');
}

/**
 * The fast lane runs no plug-ins. A new one belongs here if it has nothing to do for an operation that is executed;
 * otherwise it must be a guard.
 */
it('every plug-in of Apollo Server applies the guards, or is for documents and refusals alone', async () => {
  const guard = new CostGuard(config.cost, schema);
  const log = Fastify().log;
  const apollo = createApollo({
    config,
    schema,
    log,
    guard,
    operations: new OperationCache(schema),
    formatError,
  });
  await apollo.start();
  onTestFinished(() => apollo.stop());
  const { internals } = apollo as unknown as { internals: { plugins: ApolloServerPlugin[] } };
  expect(await Promise.all(internals.plugins.map(describePlugin))).toEqual([
    'CacheControl',
    'InlineTrace',
    'LandingPageDisabled',
    'UsageReporting',
    // statusByMediaType: no response of the lane has status 400.
    'requestDidStart willSendResponse',
    // applyGuards
    'requestDidStart didResolveSource parsingDidStart didResolveOperation willSendResponse',
    // addErrorField: the lane executes only valid documents and variables.
    'requestDidStart didEncounterErrors',
    // cacheDocuments: the lane takes only cached documents.
    'requestDidStart didResolveSource parsingDidStart responseForOperation',
    // answerSubscriptions: the lane leaves them to Apollo Server.
    'requestDidStart responseForOperation',
  ]);
});
