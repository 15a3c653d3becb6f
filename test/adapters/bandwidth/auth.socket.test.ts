import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import { ClientCredentials } from '../../../src/adapters/kit/rest/client-credentials.ts';
import type { ProviderError } from '../../../src/calls/failure.ts';
import { patient } from '../../../src/contract/contracted.ts';
import {
  type BandwidthCarrier,
  createManualClock,
  type ManualClock,
  startBandwidth,
} from '../../../src/sandbox/index.ts';
import { eventually } from '../../support/eventually.ts';
import { aNewCall } from '../../support/new-call.ts';
import { someAccount } from '../../support/some-call.ts';
import { adapterOf, asked, operation, tokensAsked } from './support.ts';

let clock: ManualClock;
let carrier: BandwidthCarrier;

beforeEach(async () => {
  clock = createManualClock();
  carrier = await startBandwidth({ clock });
});
afterEach(() => carrier.close());

const secret = /sandbox-secret|sandbox-password|Basic|Bearer/;

/** An adapter that is closed when the test is over. */
function adapter(changed: Parameters<typeof adapterOf>[1] = {}): BandwidthAdapter {
  const one = adapterOf(carrier, { now: clock.now, ...changed });
  onTestFinished(() => one.close());
  return one;
}

async function failure(promise: Promise<unknown>): Promise<ProviderError> {
  const error = await promise.then(
    () => expect.unreachable('it worked'),
    (reason: ProviderError) => reason,
  );
  expect(error.name).toBe('ProviderError');
  expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(secret);
  return error;
}

/** A token endpoint of one's own. */
async function tokenEndpoint(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
}

describe('OAuth 2', () => {
  it('asks for a token as the spec says', async () => {
    await adapter().get('c-1', operation());
    const [request] = carrier.journal;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/api/v1/oauth2/token',
      search: '',
      body: 'grant_type=client_credentials',
    });
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('sandbox-client:sandbox-secret').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(carrier.journal[1]?.headers.authorization).toMatch(/^Bearer sandbox-/);
  });

  it('fetches one token for all that wait for it', async () => {
    const one = adapter();
    const operations = Array.from({ length: 20 }, () => operation());
    await Promise.all(operations.map((each, index) => one.get(`c-${index}`, each)));
    expect(tokensAsked(carrier)).toBe(1);
    expect(asked(carrier)).toHaveLength(20);
    expect(operations.map(({ requests }) => requests).sort()).toEqual([...Array(19).fill(1), 2]);
  });

  it('keeps it, and renews it a minute early', async () => {
    const one = adapter();
    await one.get('c-1', operation());
    clock.advance(3_539_000);
    await one.get('c-1', operation());
    expect(tokensAsked(carrier)).toBe(1);
    clock.advance(1_000);
    await one.get('c-1', operation());
    expect(tokensAsked(carrier)).toBe(2);
  });

  it.each([
    ['missing', undefined, 3540],
    ['no number', 'soon', 3540],
    ['zero', 0, 3540],
    ['negative', -5, 3540],
    ['null', null, 3540],
    ['a text of digits', '600', 540],
    ['short', 60, 30],
    ['two minutes', 120, 60],
    ['absurd', 1e12, 86_340],
    ['beyond all numbers', '1e999', 86_340],
  ])('takes expires_in that is %s (%o) for %i seconds of use', async (_, expires_in, seconds) => {
    let asked = 0;
    const tokenUrl = await tokenEndpoint((_request, response) => {
      asked += 1;
      response.end(JSON.stringify({ access_token: `t${asked}`, token_type: 'Bearer', expires_in }));
    });
    carrier.faults.add({ when: { path: /calls/ }, do: { kind: 'status', status: 404 } });
    const one = adapter({ tokenUrl });
    await one.get('c-1', operation());
    clock.advance(seconds * 1000 - 1);
    await one.get('c-1', operation());
    expect(asked).toBe(1);
    clock.advance(1);
    await one.get('c-1', operation());
    expect(asked).toBe(2);
  });

  it('keeps the query of the token address', async () => {
    let url = '';
    const tokenUrl = await tokenEndpoint((request, response) => {
      url = request.url ?? '';
      response.end('{"access_token":"t"}');
    });
    await failure(adapter({ tokenUrl: `${tokenUrl}?region=eu` }).get('c-1', operation()));
    expect(url).toBe('/token?region=eu');
  });
});

describe('a refused token', () => {
  it('is dropped, and a read asked once more with another', async () => {
    const one = adapter();
    const { callId } = carrier.add({});
    await one.get(callId, operation());
    carrier.revokeTokens();
    const waiting = operation();
    expect(await one.get(callId, waiting)).toMatchObject({ providerCallId: callId });
    expect(tokensAsked(carrier)).toBe(2);
    expect(waiting.requests).toBe(3);
  });

  it('is dropped once however many reads it was refused to', async () => {
    const one = adapter();
    await one.get('c-1', operation());
    carrier.revokeTokens();
    const ids = Array.from({ length: 10 }, () => carrier.add({}).callId);
    const calls = await Promise.all(ids.map((id) => one.get(id, operation())));
    expect(calls.map((call) => call?.providerCallId)).toEqual(ids);
    expect(tokensAsked(carrier)).toBe(2);
  });

  it('twice in a row is PROVIDER_UNAUTHENTICATED', async () => {
    carrier.faults.add({ when: { path: /calls/ }, do: { kind: 'status', status: 401 } });
    expect((await failure(adapter().get('c-1', operation()))).code).toBe('PROVIDER_UNAUTHENTICATED');
    expect(asked(carrier)).toHaveLength(2);
  });

  it('of a write is dropped, and the write not repeated', async () => {
    const one = adapter();
    await one.get('c-1', operation());
    carrier.revokeTokens();
    carrier.journal.clear();
    const { code, message } = await failure(one.create(aNewCall(), operation()));
    expect(code).toBe('PROVIDER_UNAUTHENTICATED');
    expect(message).toMatch(/nothing was done.*may be repeated/);
    expect(asked(carrier)).toHaveLength(1);
    expect(await one.create(aNewCall(), operation())).toMatchObject({ status: 'QUEUED' });
  });
});

describe('a token that cannot be had', () => {
  it.each([
    ['400', 400, 'PROVIDER_UNAUTHENTICATED'],
    ['401', 401, 'PROVIDER_UNAUTHENTICATED'],
    ['403', 403, 'PROVIDER_FORBIDDEN'],
    ['429', 429, 'RATE_LIMITED'],
    ['500', 500, 'PROVIDER_UNAVAILABLE'],
    ['503', 503, 'PROVIDER_UNAVAILABLE'],
    ['302', 302, 'PROVIDER_MISBEHAVED'],
    ['404', 404, 'PROVIDER_MISBEHAVED'],
  ])('for an answer of %s is $2 to a read and to a write, which never left', async (_, status, code) => {
    carrier.faults.add({
      when: { path: /token/ },
      do: { kind: 'status', status, headers: { 'Retry-After': '3' }, body: '{"error":"invalid_client"}' },
    });
    for (const request of [adapter().get('c-1', operation()), adapter().create(aNewCall(), operation())]) {
      const error = await failure(request);
      expect(error.code).toBe(code);
      expect(error.message).toContain('nothing was done');
      expect(error.retryAfter).toBe([429, 500, 503].includes(status) ? 3 : undefined);
    }
    expect(asked(carrier)).toHaveLength(0);
  });

  it.each([
    ['HTML', '<html>'],
    ['no token', '{}'],
    ['an array', '[]'],
    ['an empty token', '{"access_token":""}'],
    ['a token that is no text', '{"access_token":5}'],
    ['a token that would break the header', '{"access_token":"a\\r\\nX-Other: b"}'],
  ])('for %s is PROVIDER_MISBEHAVED', async (_, body) => {
    carrier.faults.add({ when: { path: /token/ }, do: { kind: 'status', status: 200, body } });
    expect((await failure(adapter().create(aNewCall(), operation()))).code).toBe('PROVIDER_MISBEHAVED');
  });

  it.each([
    ['silence', { kind: 'hang' }, 'PROVIDER_TIMEOUT'],
    ['a reset', { kind: 'reset' }, 'PROVIDER_UNAVAILABLE'],
    ['a body without end', { kind: 'endless' }, 'PROVIDER_MISBEHAVED'],
  ] as const)('for %s is $2, to a write too', async (_, fault, code) => {
    carrier.faults.add({ when: { path: /token/ }, do: fault });
    const one = adapter({ changedLimits: { headersTimeout: 300, maxBodyBytes: 100_000 } });
    expect((await failure(one.create(aNewCall(), operation()))).code).toBe(code);
  });

  it('for want of a connection is PROVIDER_UNAVAILABLE, to a write too', async () => {
    const one = adapter({ tokenUrl: 'http://127.0.0.1:9/token' });
    expect((await failure(one.create(aNewCall(), operation()))).code).toBe('PROVIDER_UNAVAILABLE');
  });

  it('for a mistake of ours is no unknown outcome: the write was not sent', async () => {
    const one = adapter({
      now: () => {
        throw new RangeError('a bug');
      },
    });
    const error = await failure(one.create(aNewCall(), operation()));
    expect(error.code).toBe('PROVIDER_UNAVAILABLE');
    expect(error.cause).toMatchObject({ message: 'a bug' });
    expect(asked(carrier)).toEqual([]);
  });

  it('is asked for anew by the next request', async () => {
    const one = adapter();
    carrier.faults.add({ when: { path: /token/ }, times: 1, do: { kind: 'status', status: 500 } });
    await failure(one.get('c-1', operation()));
    expect(await one.get('c-1', operation())).toBeNull();
  });
});

describe('an operation that gives up while the token is fetched', () => {
  it('leaves the others waiting', async () => {
    const one = adapter();
    carrier.faults.add({ when: { path: /token/ }, do: { kind: 'latency', ms: 150 } });
    const giveUp = new AbortController();
    const first = failure(one.create(aNewCall(), operation(giveUp.signal)));
    const second = one.get('c-1', operation());
    giveUp.abort();
    expect((await first).code).toBe('PROVIDER_TIMEOUT');
    expect(await second).toBeNull();
    expect(tokensAsked(carrier)).toBe(1);
    expect(asked(carrier)).toHaveLength(1);
  });

  it('has it given up at close, once the others have got it or given up as well', async () => {
    const responses = new Map<string | undefined, ServerResponse>();
    const tokenUrl = await tokenEndpoint(({ url }, response) => void responses.set(url, response));
    const open = (name: string) => {
      const limits = { ...patient, headersTimeout: 600_000 };
      const client = { tokenUrl: `${tokenUrl}/${name}`, clientId: 'one', clientSecret: 'secret' };
      return new ClientCredentials({ ...client, account: someAccount(), limits, now: clock.now });
    };
    const [one, other, third] = [open('one'), open('other'), open('third')];
    const [giveUp, giveUpLater] = [new AbortController(), new AbortController()];
    const given = [one, other, third].map((each) => each.header(operation(giveUp.signal)));
    const [kept, lost] = [one.header(operation()), other.header(operation(giveUpLater.signal))];
    expect(await eventually(() => responses.size === 3)).toBe(true);
    giveUp.abort();
    for (const each of given) await expect(each).rejects.toThrow();
    const responseTo = (name: string) => responses.get(`/token/${name}`) ?? expect.unreachable();
    const aborted = ['other', 'third'].map((name) => once(responseTo(name), 'close'));
    const closing = Promise.all([one.close(), other.close(), third.close()]);
    giveUpLater.abort();
    await expect(lost).rejects.toThrow();
    await Promise.all(aborted);
    responseTo('one').end('{"access_token":"t"}');
    expect(await kept).toBe('Bearer t');
    await closing;
  });

  it('before it began fetches no token', async () => {
    const error = await failure(adapter().create(aNewCall(), operation(AbortSignal.abort())));
    expect(error.code).toBe('PROVIDER_TIMEOUT');
    expect(carrier.journal).toHaveLength(0);
  });

  it('alone is no unhandled rejection when the fetch fails later', async () => {
    const one = adapter();
    carrier.faults.add({ when: { path: /token/ }, do: { kind: 'latency', ms: 50 } });
    carrier.faults.add({ when: { path: /token/ }, do: { kind: 'reset' } });
    const giveUp = new AbortController();
    const first = failure(one.get('c-1', operation(giveUp.signal)));
    giveUp.abort();
    expect((await first).code).toBe('PROVIDER_TIMEOUT');
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
});

describe('a user name and a password', () => {
  it('go with every request', async () => {
    const { username, password } = carrier;
    const one = adapter({ auth: { username, password } });
    expect(await one.get('c-1', operation())).toBeNull();
    expect(carrier.journal[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    );
    expect(carrier.journal).toHaveLength(1);
  });

  it('refused are PROVIDER_UNAUTHENTICATED at once', async () => {
    const one = adapter({ auth: { username: 'sandbox-user', password: 'Sandbox-Password' } });
    const error = await failure(one.get('c-1', operation()));
    expect(error.code).toBe('PROVIDER_UNAUTHENTICATED');
    expect(error.message).toContain('2026-12-02');
    expect(carrier.journal).toHaveLength(1);
  });

  it('without the voice role are PROVIDER_FORBIDDEN', async () => {
    const { forbiddenUsername: username, forbiddenPassword: password } = carrier;
    const one = adapter({ auth: { username, password } });
    expect((await failure(one.get('c-1', operation()))).code).toBe('PROVIDER_FORBIDDEN');
  });
});
