import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import type { ProviderError } from '../../../src/calls/failure.ts';
import { type BandwidthCarrier, startBandwidth } from '../../../src/sandbox/index.ts';
import { eventually } from '../../support/eventually.ts';
import { aNewCall } from '../../support/new-call.ts';
import { installVirtualTime } from '../../support/virtual-time.ts';
import { adapterOf, asked, operation } from './support.ts';

// Most cases are not about timeouts, and must not meet one on a busy machine.
installVirtualTime();

let carrier: BandwidthCarrier;
let adapter: BandwidthAdapter;
let callId: string;

beforeAll(async () => {
  carrier = await startBandwidth();
  callId = carrier.add({ state: 'answered' }).callId;
});
/** One for each test: failures are remembered against a provider. */
beforeEach(() => {
  adapter = adapterOf(carrier, { changedLimits: { headersTimeout: 300, maxBodyBytes: 1_000_000 } });
});
afterEach(async () => {
  await adapter.close();
  carrier.faults.clear();
  carrier.journal.clear();
});
afterAll(() => carrier.close());

const voice = /^\/api\/v2/;

/** What of a failure is a client's to see; a success fails the test. */
async function failure(promise: Promise<unknown>) {
  const error = await promise.then(
    () => expect.unreachable('it worked'),
    (reason: ProviderError) => reason,
  );
  expect(error.name).toBe('ProviderError');
  const { code, message, field, retryAfter } = error;
  return { code, message, field, retryAfter };
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  carrier.faults.add({
    when: { path: voice },
    do: {
      kind: 'status',
      status,
      headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
      body: text,
    },
  });
}

const get = () => adapter.get(callId, operation());
const list = () => adapter.page({ order: 'NEWEST_FIRST', filter: {}, size: 5, budget: 5 }, operation());
const create = () => adapter.create(aNewCall(), operation());
const hangUp = () => adapter.end(callId, 'HANG_UP', operation());
const redirect = () =>
  adapter.redirect(callId, { url: 'https://a.example', method: 'POST', fallbackMethod: 'POST' }, operation());
const putBxml = () => adapter.replaceBxml(callId, '<Bxml/>', operation());

const reads = { get, list };
const changes = { hangUp, redirect, putBxml };
const writes = { create, ...changes };

/** What no table of Bandwidth's has: gateways say so, some of them once they have passed the request on. */
const undocumented = [406, 408, 410, 411, 412, 413, 414, 418, 421, 422, 423, 425, 431, 444, 451, 460, 499];

/** Error bodies as documented: status, type, description. */
const documented = [
  [400, 'validation', 'Bad Request', 'INVALID_INPUT'],
  [400, 'validation', 'There is something wrong with the request', 'INVALID_INPUT'],
  [401, 'authentication-error', 'Unauthorized', 'PROVIDER_UNAUTHENTICATED'],
  [401, 'authentication-error', 'The credentials provided were invalid', 'PROVIDER_UNAUTHENTICATED'],
  [401, 'authentication-error', 'Invalid basic authentication token', 'PROVIDER_UNAUTHENTICATED'],
  [402, 'error', 'Payment Required', 'PROVIDER_FORBIDDEN'],
  [403, 'authorization-error', 'Forbidden', 'PROVIDER_FORBIDDEN'],
  [403, 'authorization-error', 'Access is denied', 'PROVIDER_FORBIDDEN'],
  [405, 'validation', 'Method Not Allowed', 'PROVIDER_MISBEHAVED'],
  [415, 'validation', "Content type 'text/plain;charset=UTF-8' not supported", 'PROVIDER_MISBEHAVED'],
  [429, 'error', 'Account call creation rate limit exceeded', 'RATE_LIMITED'],
  [429, 'error', 'Account concurrent call limit exceeded', 'RATE_LIMITED'],
] as const;

describe.each(Object.entries({ ...reads, ...writes }))('%s', (_, request) => {
  it.each(documented)('answered %i %s "%s" is $3', async (status, type, description, code) => {
    answer(status, { type, description, id: null });
    const { code: got, message } = await failure(request());
    expect(got).toBe(code);
    expect(message).not.toContain(description);
    expect(message).not.toContain('127.0.0.1');
  });

  it('answered 429 tells how long to wait', async () => {
    answer(429, { type: 'error', description: 'x', id: '' }, { 'Retry-After': '7' });
    expect(await failure(request())).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 7 });
  });

  it('is told to wait no more than a day', async () => {
    answer(429, '', { 'Retry-After': '999999999' });
    expect(await failure(request())).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 86_400 });
  });

  it.each([
    ['a number that is none', 'soon'],
    ['nothing', ''],
  ])('answered 429 with %s in Retry-After does not tell how long to wait', async (_, retryAfter) => {
    answer(429, '', { 'Retry-After': retryAfter });
    expect(await failure(request())).toMatchObject({ code: 'RATE_LIMITED', retryAfter: undefined });
  });

  it('answered 4xx with no body, or with HTML, is judged by the status', async () => {
    answer(403, '<html>Forbidden</html>', { 'Content-Type': 'text/html' });
    expect((await failure(request())).code).toBe('PROVIDER_FORBIDDEN');
    carrier.faults.clear();
    answer(403, '');
    expect((await failure(request())).code).toBe('PROVIDER_FORBIDDEN');
  });
});

describe.each(Object.entries(reads))('%s', (_, request) => {
  it.each([
    [500, 'internal-error', 'Internal Server Error', 'PROVIDER_UNAVAILABLE'],
    [500, 'internal-error', 'An unknown internal error occurred', 'PROVIDER_UNAVAILABLE'],
    [502, '', 'Bad Gateway', 'PROVIDER_UNAVAILABLE'],
    [503, 'system-overloaded', 'Handling too many requests', 'PROVIDER_UNAVAILABLE'],
    [503, 'system-overloaded', 'Managing too many concurrent calls', 'PROVIDER_UNAVAILABLE'],
    [504, '', 'Gateway Timeout', 'PROVIDER_UNAVAILABLE'],
    [501, '', 'Not Implemented', 'PROVIDER_MISBEHAVED'],
    [204, '', '', 'PROVIDER_MISBEHAVED'],
    [201, '', '', 'PROVIDER_MISBEHAVED'],
  ])('answered %i %s "%s" is $3', async (status, type, description, code) => {
    answer(status, { type, description, id: null });
    expect((await failure(request())).code).toBe(code);
  });

  it('sent elsewhere is PROVIDER_MISBEHAVED, and nobody goes there', async () => {
    carrier.faults.add({
      when: { path: voice },
      do: { kind: 'redirect', location: `${carrier.baseUrl}/elsewhere` },
    });
    expect((await failure(request())).code).toBe('PROVIDER_MISBEHAVED');
    expect(asked(carrier)).toHaveLength(1);
  });

  it.each([
    ['a page of HTML', { kind: 'html' }, 'PROVIDER_MISBEHAVED'],
    ['JSON that breaks off', { kind: 'bad-json' }, 'PROVIDER_MISBEHAVED'],
    ['half a body', { kind: 'half-body' }, 'PROVIDER_UNAVAILABLE'],
    ['a reset', { kind: 'reset' }, 'PROVIDER_UNAVAILABLE'],
    ['a body without end', { kind: 'endless' }, 'PROVIDER_MISBEHAVED'],
    ['silence', { kind: 'hang' }, 'PROVIDER_TIMEOUT'],
  ] as const)('answered with %s is $2', async (_, fault, code) => {
    carrier.faults.add({ when: { path: voice }, do: fault });
    expect((await failure(request())).code).toBe(code);
  });

  it.each([
    ['a number', '1'],
    ['null', 'null'],
    ['an object without callId', '{"state":"queued"}'],
    ['nothing', ''],
  ])('answered 200 with %s is PROVIDER_MISBEHAVED', async (_, body) => {
    answer(200, body);
    expect((await failure(request())).code).toBe('PROVIDER_MISBEHAVED');
  });
});

/** A list has such rows told instead: see `paging-skipped.test.ts`. */
describe.each(['get'] as const)('%s', (name) => {
  it.each([
    ['an object without callId in an array', '[{"state":"queued"}]'],
    ['null in an array', '[null]'],
    ['a callId that is no text', '[{"callId":1}]'],
  ])('answered 200 with %s is PROVIDER_MISBEHAVED', async (_, body) => {
    answer(200, body);
    expect((await failure(reads[name]())).code).toBe('PROVIDER_MISBEHAVED');
  });
});

describe.each(Object.entries(reads))('%s', (_, request) => {
  it.each(undocumented)('answered %i is PROVIDER_MISBEHAVED', async (status) => {
    answer(status, '');
    expect((await failure(request())).code).toBe('PROVIDER_MISBEHAVED');
  });
});

describe.each(Object.entries(changes))('%s', (_, request) => {
  it('answered 409 is CONFLICT', async () => {
    const description = 'Call [c-1] cannot be modified in its current state';
    answer(409, { type: 'validation', description, id: '' });
    expect((await failure(request())).code).toBe('CONFLICT');
  });
});

describe.each(Object.entries(writes))('%s', (_, request) => {
  it.each(undocumented)('answered %i is OUTCOME_UNKNOWN, and is sent once', async (status) => {
    answer(status, '<html>');
    expect((await failure(request())).code).toBe('OUTCOME_UNKNOWN');
    expect(asked(carrier)).toHaveLength(1);
  });

  it.each([
    [500, 'internal-error', 'An unknown internal error occurred', 'OUTCOME_UNKNOWN'],
    [502, '', 'Bad Gateway', 'OUTCOME_UNKNOWN'],
    [503, 'system-overloaded', 'Handling too many requests', 'PROVIDER_UNAVAILABLE'],
    [503, 'system-overloaded', 'Managing too many concurrent calls', 'PROVIDER_UNAVAILABLE'],
    [503, '', 'Service Unavailable', 'OUTCOME_UNKNOWN'],
    [504, '', 'Gateway Timeout', 'OUTCOME_UNKNOWN'],
    [301, '', '', 'OUTCOME_UNKNOWN'],
    [307, '', '', 'OUTCOME_UNKNOWN'],
  ])('answered %i %s "%s" is $3, and is sent once', async (status, type, description, code) => {
    answer(status, { type, description, id: null });
    expect((await failure(request())).code).toBe(code);
    expect(asked(carrier)).toHaveLength(1);
  });

  it.each([
    ['a page of HTML', { kind: 'html' }],
    ['a reset before', { kind: 'reset' }],
    ['a reset after it was done', { kind: 'reset-after-apply' }],
    ['silence', { kind: 'hang' }],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/' }],
    ['a body without end', { kind: 'endless' }],
  ] as const)('answered with %s is OUTCOME_UNKNOWN, and is sent once', async (_, fault) => {
    callId = carrier.add({ state: 'answered' }).callId;
    carrier.faults.add({ when: { path: voice }, do: fault });
    const { code, message } = await failure(request());
    expect(code).toBe('OUTCOME_UNKNOWN');
    expect(message).toContain('may or may not');
    expect(asked(carrier)).toHaveLength(1);
  });

  it('answered 404 is NOT_FOUND', async () => {
    answer(404, { type: 'validation', description: 'Not Found', id: null });
    expect((await failure(request())).code).toBe('NOT_FOUND');
  });
});

describe('a create', () => {
  it('answered 409, which is documented for changes alone, is OUTCOME_UNKNOWN', async () => {
    answer(409, { type: 'validation', description: 'Conflict', id: '' });
    expect((await failure(create())).code).toBe('OUTCOME_UNKNOWN');
  });

  it.each([
    ['half of it', 'half-body'],
    ['JSON that breaks off', 'bad-json'],
  ] as const)('answered 201 with %s is OUTCOME_UNKNOWN', async (_, kind) => {
    carrier.faults.add({ when: { path: voice }, do: { kind } });
    expect((await failure(create())).code).toBe('OUTCOME_UNKNOWN');
  });

  it.each([
    ['no callId', 201, '{"to":"+19195551234"}'],
    ['an array', 201, '[]'],
    ['nothing', 201, ''],
    ['200 instead of 201', 200, '{"callId":"c-1"}'],
    ['202 instead of 201', 202, ''],
  ])('answered with %s is OUTCOME_UNKNOWN', async (_, status, body) => {
    answer(status, body);
    expect((await failure(create())).code).toBe('OUTCOME_UNKNOWN');
  });

  it.each([
    ['Invalid to: must be an E164 telephone number', ['input', 'to']],
    ['Invalid from: must be an E164 telephone number', ['input', 'from']],
    [
      'Missing at least one required field. Required fields are [from, to, answerUrl, applicationId]',
      undefined,
    ],
    ['callTimeout must be within the range [1, 300], but was 301', ['input', 'ringTimeout']],
    [
      'callbackTimeout must be within the range [1, 25], but was 26',
      ['input', 'bandwidth', 'callbackTimeout'],
    ],
    ['priority must be within the range [1, 5], but was 6', ['input', 'bandwidth', 'priority']],
    [
      'Could not create call: sendCallback tag must contain at most 4096 characters',
      ['input', 'bandwidth', 'tag'],
    ],
    ['Invalid answerUrl: only http and https are allowed', ['input', 'answerUrl']],
    ['Invalid answerUrl method. Supported methods: [POST, GET]', ['input', 'answerMethod']],
    ['Invalid answerFallbackUrl: only http and https are allowed', ['input', 'fallbackUrl']],
    ['Invalid disconnectUrl method. Supported methods: [POST, GET]', ['input', 'statusMethod']],
    ['Could not create call: Application id 1234 not found', ['input', 'bandwidth', 'applicationId']],
    ['applicationId must not be blank', ['input', 'bandwidth', 'applicationId']],
    ['constructor must be within the range [1, 2], but was 3', undefined],
    ['', undefined],
  ])('refused with "%s" blames the argument', async (description, field) => {
    answer(400, { type: 'validation', description, id: null });
    const { message, ...refusal } = await failure(create());
    expect(refusal).toEqual({ code: 'INVALID_INPUT', field, retryAfter: undefined });
    expect(message).toContain(field === undefined ? 'a value' : `\`${field.at(-1)}\``);
  });
});

describe('another 400', () => {
  it('that is longer than any error is not looked through', async () => {
    answer(400, { type: 'validation', description: 'Invalid to: x', padding: 'x'.repeat(70_000) });
    expect(await failure(create())).toMatchObject({ code: 'INVALID_INPUT', field: undefined });
  });

  it.each([
    ['Invalid redirectUrl: only http and https are allowed', ['input', 'change', 'redirect', 'url']],
    ['Invalid redirectUrl method. Supported methods: [POST, GET]', ['input', 'change', 'redirect', 'method']],
    ['tag must contain at most 4096 characters', ['input', 'change', 'redirect', 'bandwidth', 'tag']],
    ['Bad Request', undefined],
  ])('"%s" of a redirect blames the argument', async (description, field) => {
    answer(400, { type: 'validation', description, id: null });
    expect((await failure(redirect())).field).toEqual(field);
  });

  it('of a document blames the document', async () => {
    answer(400, { type: 'validation', description: 'There is something wrong with the request', id: null });
    expect((await failure(putBxml())).field).toEqual(['input', 'bxml']);
  });

  it('of a list blames the filter', async () => {
    answer(400, {
      type: 'validation',
      description: 'Invalid to: must be an E164 telephone number',
      id: null,
    });
    expect((await failure(list())).field).toEqual(['filter', 'to']);
  });

  it('of an end blames nothing', async () => {
    answer(400, { type: 'validation', description: 'Invalid to: x', id: null });
    expect((await failure(hangUp())).field).toBeUndefined();
  });
});

describe('404', () => {
  it.each(['Call [c-1] not found', 'Not Found'])('"%s" on a call is null', async (description) => {
    answer(404, { type: 'validation', description, id: null });
    expect(await get()).toBeNull();
  });

  it('on a list is NOT_FOUND', async () => {
    answer(404, { type: 'validation', description: 'Not Found', id: null });
    expect((await failure(list())).code).toBe('NOT_FOUND');
  });
});

describe('an operation that gives up', () => {
  it.each([
    ['get', 'PROVIDER_TIMEOUT'],
    ['create', 'OUTCOME_UNKNOWN'],
  ])('leaves %s as %s', async (name, code) => {
    const giveUp = new AbortController();
    const waiting = operation(giveUp.signal);
    carrier.faults.add({ when: { path: voice }, do: { kind: 'hang' } });
    const pending = failure(
      name === 'get' ? adapter.get(callId, waiting) : adapter.create(aNewCall(), waiting),
    );
    await eventually(() => asked(carrier).length > 0);
    giveUp.abort();
    expect((await pending).code).toBe(code);
  });

  it('before it began sends nothing, so a write is no OUTCOME_UNKNOWN', async () => {
    const { code } = await failure(adapter.create(aNewCall(), operation(AbortSignal.abort())));
    expect(code).toBe('PROVIDER_TIMEOUT');
    expect(asked(carrier)).toHaveLength(0);
  });
});

describe('a provider that is not there', () => {
  it.each(['get', 'create'])('is PROVIDER_UNAVAILABLE to %s', async (name) => {
    const gone = adapterOf(carrier, { baseUrl: 'http://127.0.0.1:9/api/v2' });
    const request = name === 'get' ? gone.get(callId, operation()) : gone.create(aNewCall(), operation());
    expect((await failure(request)).code).toBe('PROVIDER_UNAVAILABLE');
    await gone.close();
  });
});
