import { context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountsOn } from '../support/carrier-accounts.ts';
import { accountId } from '../support/client-ids.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { type Product, startProduct } from '../support/product.ts';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
const list = 'query ByPhone19195550199($ids: [ID!]) { calls(first: 3, accountIds: $ids) { nodes { id } } }';
const ids = [accountId('bandwidth')];
let product: Product;

beforeAll(async () => {
  product = await startProduct();
});
beforeEach(() => {
  provider.register();
  exporter.reset();
});
afterAll(async () => {
  unregister();
  await Promise.all([product.close(), provider.shutdown()]);
});

function unregister(): void {
  for (const global of [trace, context, propagation]) global.disable();
}

const spans = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name);

describe('a trace', () => {
  it('has a span for the operation and one for each request to a provider, below the span of the client', async () => {
    await product.ask(list, { ids }, headers);
    exporter.reset();
    await product.ask(list, { ids }, headers);
    const [operation] = spans('query');
    expect(operation).toMatchObject({
      attributes: { 'graphql.operation.type': 'query' },
      parentSpanContext: { traceId, spanId: '00f067aa0ba902b7' },
    });
    const requests = spans('GET');
    expect(requests.length).toBeGreaterThan(0);
    for (const request of requests) {
      expect(request.parentSpanContext?.spanId).toBe(operation?.spanContext().spanId);
      expect(request.attributes).toEqual({
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(product.bandwidth.baseUrl).port),
        'url.template': '/accounts/{accountId}/calls',
      });
    }
    const text = JSON.stringify(
      exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes]),
    );
    expect(text).not.toMatch(/9195550|9900000|ByPhone/);
  });

  it('tells of a retry, and why a request failed', async () => {
    const { bandwidth, ask } = product;
    bandwidth.faults.add({ when: { method: 'GET' }, times: 1, do: { kind: 'status', status: 503 } });
    await ask(
      'query Other($ids: [ID!]) { calls(first: 1, accountIds: $ids) { nodes { id } } }',
      { ids },
      headers,
    );
    const [first, second] = spans('GET');
    expect(first?.attributes).toMatchObject({ 'http.response.status_code': 503, 'error.type': '503' });
    expect(second?.attributes).toMatchObject({
      'http.response.status_code': 200,
      'http.request.resend_count': 1,
    });
  });

  it('links a replay to the first attempt, which is in another trace', async () => {
    const variables = createVariables('bandwidth', { idempotencyKey: 'linked' });
    await product.ask(createQuery, variables, headers);
    const [first] = spans('mutation');
    exporter.reset();
    await product.ask(createQuery, variables);
    const [replay] = spans('mutation');
    expect(first?.links).toEqual([]);
    expect(replay?.links.map(({ context }) => context)).toMatchObject([
      { traceId, spanId: first?.spanContext().spanId },
    ]);
    expect(replay?.spanContext().traceId).not.toBe(traceId);
    expect(spans('POST')).toEqual([]);
  });

  it('marks failures of a provider as errors, and mistakes of the client by their code only', async () => {
    await product.ask('{ call(id: "x") { id } }');
    product.connect.faults.add({ when: { method: 'POST' }, times: 1, do: { kind: 'reset-after-apply' } });
    await product.ask(createQuery, createVariables('connect'));
    expect(spans('query')[0]).toMatchObject({
      attributes: { 'error.type': 'INVALID_INPUT' },
      status: { code: 0 },
    });
    expect(spans('mutation')[0]).toMatchObject({
      attributes: { 'error.type': 'OUTCOME_UNKNOWN' },
      status: { code: 2 },
    });
    expect(spans('POST')[0]).toMatchObject({ attributes: { 'error.type': 'broken' }, status: { code: 2 } });
  });

  it('goes on at a provider only where the account says so', async () => {
    await product.ask(list, { ids }, headers);
    expect(product.bandwidth.journal.some((request) => 'traceparent' in request.headers)).toBe(false);
    const accounts = accountsOn(product).map((account) => ({ ...account, propagateTrace: true }));
    const open = await startProduct({ file: { accounts } });
    product.bandwidth.journal.clear();
    exporter.reset();
    await open.ask(list, { ids }, headers);
    await open.close();
    const sent = product.bandwidth.journal.map((request) => request.headers.traceparent);
    const made = ['POST', 'GET']
      .flatMap(spans)
      .map((span) => `00-${traceId}-${span.spanContext().spanId}-01`);
    expect(sent.length).toBeGreaterThan(0);
    expect([...sent].sort()).toEqual([...made].sort());
  });

  it('is not recorded without an SDK', async () => {
    unregister();
    const plain = await startProduct();
    const { code } = await plain.ask(list, { ids }, headers);
    await plain.close();
    expect(code).toBeUndefined();
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
