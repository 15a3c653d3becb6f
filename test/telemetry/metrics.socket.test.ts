import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MetricsServer } from '../../src/telemetry/metrics-server.ts';
import { accountId } from '../support/client-ids.ts';
import { openEventSource } from '../support/event-source.ts';
import { eventually } from '../support/eventually.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { send } from '../support/post.ts';
import { type Product, startProduct } from '../support/product.ts';
import { panelQueries, readQuery, select } from './panels.ts';
import { figureOf, readSamples, type Sample } from './samples.ts';

const apiKey = 'secret-key';
const sha256 = createHash('sha256').update(apiKey).digest('hex');
const access = { keys: [{ name: 'caller-name', sha256, may: ['read', 'write'] }] };
const metrics = { port: 0 };
/** Nobody listens there. */
const redisAway = 'redis://127.0.0.1:1';

let product: Product;
/** Another server in this process. */
let without: Product;
let text: string;
let samples: Sample[];
let others: Sample[];

const list =
  'query List($ids: [ID!]) { calls(first: 3, accountIds: $ids) { nodes { id } unavailable { code } } }';

beforeAll(async () => {
  [product, without] = await Promise.all([
    startProduct({ file: { metrics, access }, limits: { callsPerSecond: 1 } }),
    startProduct({ file: { metrics, store: redisAway } }),
  ]);
  const { ask, bandwidth, connect } = product;
  const asCaller = (query: string, variables?: object) => ask(query, variables, { 'x-api-key': apiKey });
  await ask('{ accounts { key } }');
  bandwidth.faults.add({ when: { method: 'GET' }, times: 1, do: { kind: 'status', status: 503 } });
  const ids = [accountId('bandwidth')];
  for (const _ of [1, 2, 3]) await asCaller(list, { ids });
  await asCaller('{ call(id: "+19195550199") { id } }');
  await asCaller('query ByPhone19195550199 { nothing }');
  const keyed = createVariables('bandwidth', { idempotencyKey: 'order-4711' });
  for (const _ of [1, 2]) await asCaller(createQuery, keyed);
  await Promise.all([1, 2].map(() => asCaller(createQuery, createVariables('bandwidth'))));
  connect.faults.add({ when: { method: 'POST' }, do: { kind: 'reset-after-apply' } });
  await asCaller(createQuery, createVariables('connect'));
  await without.ask(createQuery, createVariables('bandwidth', { idempotencyKey: 'order-4711' }));
  const query = `subscription { callEvents(accountIds: ["${accountId('connect')}"]) { kind } }`;
  const subscribe = () => openEventSource(product.url, { body: { query }, headers: { 'x-api-key': apiKey } });
  const [source, left] = await Promise.all([subscribe(), subscribe()]);
  left.close();
  // The call whose outcome was not known: the poll finds it.
  await source.results(1);
  await eventually(
    async () => figureOf(readSamples((await product.scrape()).text), 'calls_open_streams') === 1,
  );
  text = (await product.scrape()).text;
  samples = readSamples(text);
  others = readSamples((await without.scrape()).text);
});

afterAll(async () => {
  await Promise.all([product.close(), without.close()]);
});

describe('the metrics', () => {
  it.each<[number, string, Sample['labels']]>([
    [4, 'calls_operation_duration_seconds_count', { type: 'query' }],
    [5, 'calls_operation_duration_seconds_count', { type: 'mutation' }],
    [1, 'calls_operation_duration_seconds_count', { type: 'none' }],
    [1, 'calls_operation_errors_total', { code: 'INVALID_INPUT' }],
    [1, 'calls_operation_errors_total', { code: 'GRAPHQL_VALIDATION_FAILED' }],
    [1, 'calls_operation_errors_total', { code: 'OUTCOME_UNKNOWN' }],
    [1, 'calls_refused_requests_total', { code: 'UNAUTHENTICATED' }],
    [0, 'calls_shed_requests_total', {}],
    [1, 'calls_replays_total', { account: 'bandwidth' }],
    [0, 'calls_replays_total', { account: 'connect' }],
    [1, 'calls_provider_retries_total', { account: 'bandwidth' }],
    [0, 'calls_provider_retries_total', { account: 'connect' }],
    [1, 'calls_provider_unknown_outcomes_total', { account: 'connect' }],
    [0, 'calls_provider_unknown_outcomes_total', { account: 'bandwidth' }],
    [9, 'calls_provider_retry_budget', { account: 'bandwidth' }],
    [1, 'calls_provider_circuit_state', { account: 'bandwidth', state: 'closed' }],
    [0, 'calls_provider_circuit_state', { account: 'bandwidth', state: 'open' }],
    [0, 'calls_provider_waiting_requests', { account: 'bandwidth', reason: 'turn' }],
    [1, 'calls_store_up', {}],
    [1, 'calls_open_streams', {}],
    [1, 'calls_ended_streams_total', { reason: 'client' }],
    [0, 'calls_ended_streams_total', { reason: 'slow reader' }],
    [0, 'calls_stream_events_total', { kind: 'GAP' }],
    [0, 'calls_hosted_requests_total', { kind: 'document', outcome: 'served' }],
  ])('count %i in %s %j', (value, name, labels) => {
    expect(figureOf(samples, name, labels)).toBe(value);
  });

  it('count requests to an account by method, path and status class, or by why there was no response', () => {
    const of = (method: string, path: string, status: string, account = 'bandwidth') =>
      figureOf(samples, 'calls_provider_request_duration_seconds_count', { account, method, path, status });
    const calls = '/accounts/{accountId}/calls';
    expect(of('GET', calls, '5xx')).toBe(1);
    expect(of('GET', calls, '2xx')).toBeGreaterThan(0);
    expect(of('POST', calls, '2xx')).toBe(3);
    expect(of('POST', '{tokenUrl}', '2xx')).toBe(1);
    expect(of('POST', '/Accounts/{accountId}/Calls.json', 'broken', 'connect')).toBe(1);
  });

  it('count events that were sent', () => {
    expect(figureOf(samples, 'calls_stream_events_total', { kind: 'CREATED' })).toBeGreaterThan(0);
  });

  it('tell how long calls have waited for their turn', () => {
    const labels = { account: 'bandwidth', reason: 'turn' };
    expect(figureOf(samples, 'calls_provider_wait_seconds_count', labels)).toBeGreaterThan(0);
    expect(figureOf(samples, 'calls_provider_wait_seconds_sum', labels)).toBeGreaterThan(0.01);
  });

  it('tell of a store that fails, in the server that has it', () => {
    expect(figureOf(others, 'calls_store_up')).toBe(0);
    expect(figureOf(others, 'calls_store_errors_total', { code: 'ECONNREFUSED' })).toBeGreaterThan(0);
    expect(figureOf(samples, 'calls_store_errors_total', { code: 'ECONNREFUSED' })).toBeUndefined();
    expect(figureOf(others, 'calls_operation_duration_seconds_count', { type: 'query' })).toBeUndefined();
  });

  it('have no id, no number and no text of a caller in a label', () => {
    const { bandwidth, connect } = product;
    // A measured value has any digits.
    const series = text.replaceAll(/ [-+.\de]+$/gm, '');
    for (const secret of [
      bandwidth.accountId,
      connect.accountSid,
      '9195550',
      'order-4711',
      'ByPhone',
      apiKey,
    ]) {
      expect(series).not.toContain(secret);
    }
    expect(series).not.toContain('caller-name');
    const values = samples.flatMap(({ labels: { le: _, ...labels } }) => Object.values(labels));
    expect(values.filter((value) => /\d{3}/.test(value))).toEqual([]);
  });
});

describe('the dashboard', () => {
  const queries = panelQueries();

  it.each(queries)('finds figures for $name', ({ text: query, legend }) => {
    const { selectors, grouping } = readQuery(query);
    expect(selectors.length).toBeGreaterThan(0);
    for (const selector of selectors) {
      // A label that the series do not have would be an empty one in Prometheus.
      const found = select([...samples, ...others], selector);
      expect(found.map(({ value }) => value).filter(Number.isFinite).length).toBeGreaterThan(0);
      const labels = new Set([...found.flatMap((each) => Object.keys(each.labels)), 'instance']);
      const used = [...grouping, ...selector.matchers.map(({ label }) => label)];
      expect(used.filter((label) => !labels.has(label))).toEqual([]);
    }
    const shown = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
    expect(shown.filter((label) => !grouping.includes(label ?? ''))).toEqual([]);
  });

  it('shows all time series that there are', () => {
    const shown = new Set(
      queries.flatMap(({ text: query }) => readQuery(query).selectors.map(({ name }) => name)),
    );
    const base = (name: string) => name.replace(/_(bucket|sum|count)$/, '');
    const all = new Set([...samples, ...others].map(({ name }) => base(name)));
    expect([...all].filter((name) => ![...shown].map(base).includes(name))).toEqual([]);
  });
});

describe('the metrics server', () => {
  it('serves nothing else, and closes with the server', async () => {
    const { headers } = await product.scrape();
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': /^text\/plain; version=0.0.4/,
    });
    expect((await send(new URL('/metrics', product.url).href)).status).toBe(404);
    const server = await startProduct({ file: { metrics } });
    const { status } = await server.scrape();
    for (const [host, expected] of [
      ['localhost:9464', 200],
      ['[::1]', 200],
      ['metrics.example', 421],
      ['127.0.0.1.example:80', 421],
    ] as const) {
      expect((await server.scrape({ host })).status).toBe(expected);
    }
    await server.close();
    expect(status).toBe(200);
    await expect(server.scrape()).rejects.toThrow('ECONNREFUSED');
  });

  it('answers all the same when they cannot be read', async () => {
    const failing = {
      contentType: '',
      read: () => Promise.reject(new Error('none')),
      close: () => undefined,
    };
    const server = new MetricsServer({ host: '127.0.0.1', port: 0, metrics: failing });
    await server.listen();
    expect((await send(`http://127.0.0.1:${server.port}/metrics`)).status).toBe(500);
    await server.close();
  });
});
