import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../src/access/authenticate.ts';
import type { Caller } from '../../src/access/caller.ts';
import { createTokenIntrospection } from '../../src/access/introspection.ts';
import { type AccessSettings, accessSettings } from '../../src/config/access-settings.ts';
import type { IntrospectionSettings } from '../../src/config/introspection-settings.ts';
import { createSigner, jwtSettings, type KeyServer, serves, startKeyServer } from './issuer.ts';

let issuer: KeyServer;
let seen: { request: IncomingMessage; form: URLSearchParams }[];
/** What becomes of a token; by default it is active for a minute. */
let claims: Record<string, unknown>;
let now: number;

beforeEach(async () => {
  now = 1_800_000_000_000;
  seen = [];
  claims = { active: true, sub: 'ann', exp: now / 1000 + 60, accounts: ['acme-*'], may: 'read' };
  issuer = await startKeyServer(async (request, response) => {
    seen.push({ request, form: new URLSearchParams(await text(request)) });
    response.end(JSON.stringify(claims));
  });
});
afterEach(() => issuer.close());

function settingsOf(more: object = {}): IntrospectionSettings {
  const introspection = { url: issuer.url.href, clientId: 'calls', clientSecret: 'a b:c', ...more };
  return (accessSettings.parse({ introspection }) as Exclude<AccessSettings, 'open'>)
    .introspection as IntrospectionSettings;
}

/** Reads a token: the rights of its caller, `401`, or the code of the refusal. */
function createTrial(more?: object, onChange?: (cause: unknown) => void) {
  const read = createTokenIntrospection(settingsOf(more), { now: () => now, onChange });
  return async (token: string) => {
    const rightsOf = (caller: Caller | undefined) =>
      caller === undefined
        ? '401'
        : ['acme-eu', 'acme-', 'other'].filter((key) => caller.maySee(key)).join(' ');
    return Promise.resolve(read(token)).then(rightsOf, ({ extensions }) => String(extensions.code));
  };
}

describe('a token that the issuer is asked for', () => {
  it('gives the rights that the answer has, and is sent with the credentials of the server', async () => {
    expect(await createTrial()('se~cret/+==')).toBe('acme-eu acme-');
    const [{ request, form } = { request: undefined, form: undefined }] = seen;
    expect(Object.fromEntries(form ?? [])).toEqual({ token: 'se~cret/+==', token_type_hint: 'access_token' });
    const basic = Buffer.from('calls:a+b%3Ac').toString('base64');
    expect(request?.headers).toMatchObject({ authorization: `Basic ${basic}`, accept: 'application/json' });
    expect(request?.method).toBe('POST');
  });

  it.each([
    ['is not active', { active: false }],
    ['has expired', { exp: 1_799_999_999 }],
    ['is about nobody', { sub: undefined }],
    ['is for another audience', { aud: ['other', 'calls2'] }],
  ])('is refused if it %s', async (_, more) => {
    claims = { ...claims, ...more };
    expect(await createTrial({ audience: 'calls' })('t')).toBe('401');
  });

  it('may be of a client, and for one of several audiences', async () => {
    claims = { ...claims, sub: undefined, client_id: 'robot', aud: ['x', 'calls'] };
    expect(await createTrial({ audience: 'calls' })('t')).toBe('acme-eu acme-');
  });

  it.each(['', 'two words', 'é', 'a=b', 'x'.repeat(4097), '{"a":1}'])(
    'is refused without a request if it is no token: %#',
    async (token) => {
      expect(await createTrial()(token)).toBe('401');
      expect(seen).toHaveLength(0);
    },
  );

  it('is asked for once at a time, and again when the answer is old or the token expires', async () => {
    const tryOut = createTrial({ maxAge: '40s' });
    const all = await Promise.all(Array.from({ length: 5 }, () => tryOut('t')));
    expect(new Set(all)).toEqual(new Set(['acme-eu acme-']));
    now += 39_999;
    await tryOut('t');
    expect(seen).toHaveLength(1);
    now += 1;
    claims.may = [];
    expect(await tryOut('t')).toBe('');
    expect(seen).toHaveLength(2);
    // The second answer holds until the token expires.
    now += 19_999;
    expect(await tryOut('t')).toBe('');
    now += 1;
    expect(await tryOut('t')).toBe('401');
    expect(seen).toHaveLength(3);
  });

  it('that is not active is asked for again soon, and drives no active one out of the cache', async () => {
    const tryOut = createTrial();
    await tryOut('good');
    claims = { active: false };
    for (let i = 0; i < 1_100; i += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, j) => tryOut(`bad-${i + j}`)));
    }
    expect(seen).toHaveLength(1_101);
    expect(await tryOut('good')).toBe('acme-eu acme-');
    await tryOut('bad-1099');
    expect(seen).toHaveLength(1_101);
    // Of 1,100 tokens that are not active 1,000 are known.
    await tryOut('bad-99');
    now += 5_001;
    await tryOut('bad-1099');
    expect(seen).toHaveLength(1_103);
  });
});

describe('an issuer that does not answer', () => {
  it('makes tokens UNAVAILABLE, is left alone for a second, and is reported once', async () => {
    const reports: unknown[] = [];
    const tryOut = createTrial({}, (cause) => reports.push(cause));
    issuer.answer((request) => request.destroy());
    expect(await tryOut('t')).toBe('UNAVAILABLE');
    // It was asked twice, since the connection may have been an old one.
    expect(issuer.asked()).toBe(2);
    expect(await tryOut('u')).toBe('UNAVAILABLE');
    expect(issuer.asked()).toBe(2);
    now += 1_001;
    expect(await tryOut('t')).toBe('UNAVAILABLE');
    expect(reports).toHaveLength(1);
    expect(String(reports[0])).not.toContain('token=');
    issuer.answer(serves(claims));
    now += 1_001;
    expect(await tryOut('t')).toBe('acme-eu acme-');
    expect(reports).toEqual([expect.any(Error), undefined]);
  });

  it('is waited for no longer than the timeout', async () => {
    issuer.answer(() => undefined);
    expect(await createTrial({ timeout: '20ms' })('t')).toBe('UNAVAILABLE');
  });

  it.each([
    ['an error', 500, '{"active":true}'],
    ['that the credentials are wrong', 401, '{"active":true}'],
    ['with something else', 200, '{"sub":"ann"}'],
    ['without JSON', 200, 'active'],
    ['too much', 200, `{"active":true,"x":"${'x'.repeat(70_000)}"}`],
  ])(
    'as it should, but %s, never passes a token, and keeps no other from being asked for',
    async (_, status, body) => {
      const tryOut = createTrial();
      issuer.answer((_request, response) => response.writeHead(status).end(body));
      expect(await tryOut('t')).toBe('UNAVAILABLE');
      issuer.answer(serves(claims));
      if (body.length < 100) expect(await tryOut('u')).toBe('acme-eu acme-');
    },
  );

  it('gets at most 200 requests at a time', async () => {
    let release = () => undefined as unknown;
    const released = new Promise<unknown>((resolve) => {
      release = () => resolve(undefined);
    });
    issuer.answer(async (_request, response) => {
      await released;
      response.end(JSON.stringify(claims));
    });
    const tryOut = createTrial();
    const tries = Array.from({ length: 201 }, (_, i) => tryOut(`t${i}`));
    expect(await tries[200]).toBe('UNAVAILABLE');
    release();
    expect(new Set(await Promise.all(tries.slice(0, 200)))).toEqual(new Set(['acme-eu acme-']));
  });
});

describe('beside JWTs', () => {
  it('the issuer is asked only for what does not have their form, and never for an API key', async () => {
    const [signer, other] = await Promise.all([createSigner('ES256'), createSigner('ES256')]);
    const keys = await startKeyServer(serves({ keys: [signer.jwk] }));
    claims = { ...claims, exp: undefined };
    const jwt = { ...jwtSettings(), jwks: keys.url };
    const authenticate = createAuthenticator({ jwt, introspection: settingsOf() });
    const bearer = (token: string) => authenticate({ authorization: `Bearer ${token}` });
    expect((await bearer(await signer.sign()))?.id).toMatch(/^jwt:/);
    expect(await bearer(await other.sign())).toBeUndefined();
    expect(await authenticate({ 'x-api-key': 'opaque' })).toBeUndefined();
    expect(seen).toHaveLength(0);
    const caller = await bearer('opaque');
    expect(caller?.id).toMatch(/^token:[\w-]{22}$/);
    expect(caller?.expiresAt).toBeUndefined();
    await keys.close();
  });
});
