import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccessRefusal } from '../../src/access/refusal.ts';
import { createRemoteKeys, type RemoteKeysOptions } from '../../src/access/token-keys.ts';
import { createTokenReader } from '../../src/access/tokens.ts';
import {
  createSigner,
  fails,
  jwtSettings,
  type KeyServer,
  type Signer,
  serves,
  setOf,
  startKeyServer,
} from './issuer.ts';

let old: Signer;
let fresh: Signer;
let server: KeyServer;
beforeAll(async () => {
  [old, fresh] = await Promise.all([createSigner('ES256', 'old'), createSigner('ES256', 'fresh')]);
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

/** Says what becomes of the signer's token: `good`, `bad`, or the code of the refusal. */
function createTrial(options?: RemoteKeysOptions) {
  const read = createTokenReader(jwtSettings(), createRemoteKeys(server.url, options));
  return async (signer: Signer) =>
    read(await signer.sign()).then(
      (caller) => (caller === undefined ? 'bad' : 'good'),
      ({ extensions }: AccessRefusal) => String(extensions.code),
    );
}

describe('keys at an address', () => {
  it('are fetched when the first token comes, and once for many', async () => {
    server = await startKeyServer(serves(setOf(old)));
    const tryOut = createTrial();
    expect(server.asked()).toBe(0);
    expect(await Promise.all([tryOut(old), tryOut(old), tryOut(old)])).toEqual(['good', 'good', 'good']);
    expect(await tryOut(old)).toBe('good');
    expect(server.asked()).toBe(1);
  });

  it('are fetched again for a key that is not there, though not for each such token', async () => {
    server = await startKeyServer(serves(setOf(old)));
    // jose reads the time from `Date`.
    vi.useFakeTimers({ toFake: ['Date'] });
    const tryOut = createTrial({ cooldown: 30_000 });
    expect(await tryOut(old)).toBe('good');
    expect([await tryOut(fresh), await tryOut(fresh)]).toEqual(['bad', 'bad']);
    expect(server.asked()).toBe(1);
    server.answer(serves(setOf(old, fresh)));
    expect(await tryOut(fresh)).toBe('bad');
    vi.setSystemTime(Date.now() + 30_000);
    expect(await tryOut(fresh)).toBe('good');
    expect(server.asked()).toBe(2);
  });

  const broken: readonly [string, Parameters<KeyServer['answer']>[0]][] = [
    ['answers 500', fails(500)],
    ['answers 404', fails(404)],
    ['sends elsewhere', (_, response) => response.writeHead(302, { location: '/other' }).end()],
    ['answers something that is not JSON', (_, response) => response.end('<html>')],
    ['answers JSON that is no key set', serves({ keys: 'none' })],
    ['hangs up', (_, response) => response.destroy()],
    ['never answers', () => undefined],
  ];
  it.each(broken)('are UNAVAILABLE when the issuer %s', async (_, listener) => {
    server = await startKeyServer(listener);
    expect(await createTrial({ timeout: 100 })(old)).toBe('UNAVAILABLE');
  });

  it('are UNAVAILABLE when nobody listens, with a time to wait and nothing of the address', async () => {
    server = await startKeyServer(fails(500));
    await server.close();
    const read = createTokenReader(jwtSettings(), createRemoteKeys(server.url));
    const refusal: AccessRefusal = await read(await old.sign()).then(
      () => undefined,
      (error) => error,
    );
    expect(refusal.extensions).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 5, http: { status: 503 } });
    expect(JSON.stringify(refusal.formatted)).not.toContain('127.0.0.1');
  });

  it('are not asked for again at once after a failure', async () => {
    server = await startKeyServer(fails(500));
    let time = 0;
    const tryOut = createTrial({ retryDelay: 1000, now: () => time });
    expect([await tryOut(old), await tryOut(old)]).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(server.asked()).toBe(1);
    server.answer(serves(setOf(old)));
    time = 1000;
    expect(await tryOut(old)).toBe('good');
    expect(server.asked()).toBe(2);
  });

  it('stay good for a while when the issuer goes down, and no longer', async () => {
    server = await startKeyServer(serves(setOf(old)));
    let time = 0;
    const tryOut = createTrial({ maxAge: 0, cooldown: 0, retryDelay: 0, maxStale: 1000, now: () => time });
    expect(await tryOut(old)).toBe('good');
    server.answer(fails(503));
    time = 1000;
    expect(await tryOut(old)).toBe('good');
    // It may be signed with a key that came while nobody could tell.
    expect(await tryOut(fresh)).toBe('UNAVAILABLE');
    time = 1001;
    expect(await tryOut(old)).toBe('UNAVAILABLE');
  });

  it('are said not to be had, and to be had again, once each', async () => {
    server = await startKeyServer(serves(setOf(old)));
    const told: unknown[] = [];
    const onChange = (cause: unknown) => told.push(cause instanceof Error ? cause.message : cause);
    const tryOut = createTrial({ maxAge: 0, cooldown: 0, retryDelay: 0, onChange });
    await tryOut(old);
    server.answer(fails(503));
    await tryOut(old);
    await tryOut(old);
    server.answer(serves(setOf(old)));
    await tryOut(old);
    expect(told).toEqual(['The key set answers 503.', undefined]);
  });

  it('that were withdrawn are not good any more', async () => {
    server = await startKeyServer(serves(setOf(old, fresh)));
    const tryOut = createTrial({ maxAge: 0 });
    expect(await tryOut(old)).toBe('good');
    server.answer(serves(setOf(fresh)));
    expect(await tryOut(old)).toBe('bad');
  });
});
