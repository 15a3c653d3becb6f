import crypto, { createHash, randomBytes } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuthenticator, type RequestHeaders } from '../../src/access/authenticate.ts';
import { type Caller, everyone } from '../../src/access/caller.ts';
import { type AccessSettings, accessSettings } from '../../src/config/access-settings.ts';

const compared: [number, number][] = [];
beforeAll(() => {
  const { timingSafeEqual } = crypto;
  vi.spyOn(crypto, 'timingSafeEqual').mockImplementation((a, b) => {
    compared.push([a.byteLength, b.byteLength]);
    return timingSafeEqual(a, b);
  });
  // What imports it by name sees the change, too.
  syncBuiltinESMExports();
});
afterEach(() => {
  compared.length = 0;
});
afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const reader = randomBytes(32).toString('hex');
const writer = randomBytes(32).toString('base64');
const odd = 'three.parts.key';

const settings: AccessSettings = accessSettings.parse({
  keys: [
    { name: 'reader', sha256: hashOf(reader), accounts: ['one'], may: ['read'] },
    { name: 'writer', sha256: hashOf(writer), may: ['write'] },
    { name: 'odd', sha256: hashOf(odd), accounts: ['two', 'three'], may: ['read', 'write'] },
  ],
});
const authenticate = createAuthenticator(settings);

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Each account that the caller may see, with `w` where it may write. */
function rightsOf(caller: Caller | undefined): string[] {
  return ['one', 'two', 'three', 'toString', '']
    .filter((account) => caller?.maySee(account) || caller?.mayWrite(account))
    .map((account) => `${account}${caller?.mayWrite(account) ? ' w' : ''}`);
}

describe('an API key', () => {
  it('gives its accounts and rights', async () => {
    const caller = await authenticate({ authorization: `Bearer ${reader}` });
    expect(caller?.id).toBe('key:reader');
    expect(rightsOf(caller)).toEqual(['one']);
  });

  it('gives every account when it names none, and reading where it gives writing', async () => {
    const caller = await authenticate({ 'x-api-key': writer });
    expect(caller?.id).toBe('key:writer');
    expect(rightsOf(caller)).toEqual(['one w', 'two w', 'three w', 'toString w', ' w']);
  });

  it('may look like a token', async () => {
    expect(rightsOf(await authenticate({ authorization: `Bearer ${odd}` }))).toEqual(['two w', 'three w']);
  });

  it.each([
    ['one that is known', () => reader],
    ['one that is not', () => 'a guess'],
  ])('is compared once in constant time, by its hash: %s', async (_, key) => {
    await authenticate({ 'x-api-key': key() });
    expect(compared).toEqual([[32, 32]]);
  });

  it('appears in nothing that can be seen of its caller', async () => {
    const caller = await authenticate({ 'x-api-key': reader });
    expect(JSON.stringify(caller)).toBe('{"id":"key:reader"}');
  });
});

describe('a request', () => {
  const known: readonly [string, RequestHeaders, string][] = [
    ['with a scheme in another case', { authorization: `bEARER ${reader}` }, 'key:reader'],
    ['with spaces about', { authorization: `Bearer   ${reader} ` }, 'key:reader'],
    ['with a proxy’s authorization', { authorization: 'Basic eDp5', 'x-api-key': reader }, 'key:reader'],
    [
      'with two keys, of which X-API-Key counts',
      { authorization: `Bearer ${writer}`, 'x-api-key': reader },
      'key:reader',
    ],
  ];
  it.each(known)('%s is known', async (_, headers, id) => {
    expect((await authenticate(headers))?.id).toBe(id);
  });

  const unknown: readonly [string, RequestHeaders][] = [
    ['without credentials', {}],
    ['with an empty key', { 'x-api-key': '' }],
    ['with an empty authorization', { authorization: '' }],
    ['with nothing but the scheme', { authorization: 'Bearer' }],
    ['with another scheme', { authorization: `Basic ${reader}` }],
    ['with a key and no scheme', { authorization: reader }],
    ['with two words', { authorization: `Bearer ${reader} ${reader}` }],
    ['with a wrong key', { 'x-api-key': `${reader.slice(0, -1)}x` }],
    ['with part of a key', { 'x-api-key': reader.slice(0, -1) }],
    ['with the hash for the key', { 'x-api-key': hashOf(reader) }],
    ['with several keys', { 'x-api-key': [reader, reader] }],
    ['with several keys in one header', { 'x-api-key': `${reader}, ${reader}` }],
    ['with a wrong X-API-Key beside a good one', { authorization: `Bearer ${reader}`, 'x-api-key': 'x' }],
    ['with a token where none are taken', { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.x' }],
  ];
  it.each(unknown)('%s is not', async (_, headers) => {
    expect(await authenticate(headers)).toBeUndefined();
  });
});

describe('open access', () => {
  it('lets everyone do everything, whatever they send', async () => {
    const caller = await createAuthenticator('open')({ authorization: 'Bearer x' });
    expect(caller).toBe(everyone);
    expect([everyone.id, everyone.maySee('any'), everyone.mayWrite('any')]).toEqual(['everyone', true, true]);
  });
});
