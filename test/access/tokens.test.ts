import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportSPKI, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../src/access/authenticate.ts';
import type { Caller } from '../../src/access/caller.ts';
import { createLocalKeys } from '../../src/access/token-keys.ts';
import { createTokenReader } from '../../src/access/tokens.ts';
import { createSigner, goodClaims, jwtSettings, type Signer, setOf } from './issuer.ts';

let [rsa, ec, ed, stranger, twin]: Signer[] = [];
beforeAll(async () => {
  [rsa, ec, ed, stranger, twin] = await Promise.all([
    createSigner('RS256'),
    createSigner('ES256'),
    createSigner('EdDSA'),
    createSigner('RS256'),
    createSigner('RS256', 'RS256-2'),
  ]);
});

const now = () => Math.floor(Date.now() / 1000);
const signer = (which: Signer | undefined = rsa) => which as Signer;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Who bears the token, in the eyes of one who trusts the first three keys. */
function read(token: string, more: Readonly<Record<string, unknown>> = {}): Promise<Caller | undefined> {
  return createTokenReader(
    jwtSettings(more),
    createLocalKeys(setOf(signer(rsa), signer(ec), signer(ed))),
  )(token);
}

async function rightsOf(
  claims: Readonly<Record<string, unknown>>,
  more?: Readonly<Record<string, unknown>>,
): Promise<string> {
  const caller = await read(await signer().sign(claims), more);
  if (caller === undefined) return 'unknown';
  const accounts = ['one', 'two', 'constructor'].filter((account) => caller.maySee(account));
  return accounts.map((account) => `${account}${caller.mayWrite(account) ? ' w' : ''}`).join(', ');
}

describe('a token', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('signed with %s is taken', async (alg) => {
    const token = await signer([rsa, ec, ed].find((each) => each?.jwk.alg === alg)).sign();
    const caller = await read(token);
    expect([caller?.maySee('one'), caller?.mayWrite('one'), caller?.maySee('two')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  const bad: readonly [string, () => Promise<string> | string][] = [
    ['of another issuer', () => signer().sign({ iss: 'https://issuer.example' })],
    ['without an issuer', () => signer().sign({ iss: undefined })],
    ['for another audience', () => signer().sign({ aud: 'calls2' })],
    ['without an audience', () => signer().sign({ aud: undefined })],
    ['that has run out', () => signer().sign({ exp: now() - 6 })],
    ['that never runs out', () => signer().sign({ exp: undefined })],
    ['whose end is no number', () => signer().sign({ exp: 'later' })],
    ['that is not good yet', () => signer().sign({ nbf: now() + 10 })],
    ['about nobody', () => signer().sign({ sub: undefined })],
    ['about an empty name', () => signer().sign({ sub: '' })],
    ['about something that is no name', () => signer().sign({ sub: {} })],
    ['signed by a stranger under a known key’s name', () => signer(stranger).sign()],
    ['that names an unknown key', () => signer().sign({}, { kid: 'RS256-9' })],
    ['that names the key of another algorithm', () => signer().sign({}, { kid: 'ES256-1' })],
    [
      'with an unknown critical header',
      async () =>
        `${encode({ alg: 'RS256', crit: ['x'], x: 1 })}.${(await signer().sign()).split('.').slice(1).join('.')}`,
    ],
    [
      'that brings its own key',
      () => signer(stranger).sign({}, { kid: undefined, jwk: signer(stranger).jwk }),
    ],
    [
      'that says where to find its key',
      () => signer(stranger).sign({}, { kid: 'x', jku: 'https://evil.example' }),
    ],
    ['that is not signed', () => `${encode({ alg: 'none' })}.${encode(goodClaims())}.`],
    [
      'that is not signed, but has a third part',
      () => `${encode({ alg: 'none' })}.${encode(goodClaims())}.eA`,
    ],
    ['whose claims were changed', async () => changeClaims(await signer().sign())],
    ['whose signature was changed', async () => `${(await signer().sign()).slice(0, -8)}AAAAAAAA`],
    ['that is encrypted', () => `${encode({ alg: 'dir', enc: 'A256GCM' })}..a.b.c`],
    ['that is nonsense', () => 'a.b.c'],
    ['that is empty', () => ''],
  ];
  it.each(bad)('%s is not', async (_, make) => {
    expect(await read(await make())).toBeUndefined();
  });

  function changeClaims(token: string): string {
    const [header, , signature] = token.split('.');
    return [header, encode({ ...goodClaims(), may: ['write'] }), signature].join('.');
  }

  it.each(['SPKI', 'JWK'])('is not taken with HS256 and the public key (%s) as the secret', async (form) => {
    const text = form === 'SPKI' ? await exportSPKI(signer().key) : JSON.stringify(signer().jwk);
    const token = await new SignJWT(goodClaims())
      .setProtectedHeader({ alg: 'HS256', kid: 'RS256-1' })
      .sign(new TextEncoder().encode(text));
    expect(await read(token)).toBeUndefined();
  });

  it('is not taken when its algorithm is not allowed, though the key is there', async () => {
    const token = await signer(ec).sign();
    expect(await read(token, { algorithms: ['RS256'] })).toBeUndefined();
  });

  it('that names no key is taken where only one fits', async () => {
    const token = await signer().sign({}, { kid: undefined });
    const twoFit = createTokenReader(jwtSettings(), createLocalKeys(setOf(signer(rsa), signer(twin))));
    expect(await read(token)).toBeDefined();
    expect(await twoFit(token)).toBeUndefined();
  });

  it('may be off by the clock tolerance', async () => {
    const token = await signer().sign({ exp: now() - 20 });
    expect(await read(token, { clockTolerance: '30s' })).toBeDefined();
  });

  it('may be for one of several audiences', async () => {
    const token = await signer().sign({ aud: ['other', 'calls'] });
    expect(await read(token, { audience: ['calls', 'more'] })).toBeDefined();
  });
});

describe('the claims of a token', () => {
  const cases: readonly [string, Readonly<Record<string, unknown>>, string][] = [
    ['list accounts and rights', { accounts: ['one', 'two'], may: ['read', 'write'] }, 'one w, two w'],
    ['may be texts with spaces', { accounts: 'one two', may: 'openid read' }, 'one, two'],
    ['may stand for all accounts', { accounts: ['*'], may: ['read'] }, 'one, two, constructor'],
    ['give reading where they give writing', { may: ['write'] }, 'one w'],
    ['give nothing when there are none', { accounts: undefined, may: undefined }, ''],
    ['give nothing without accounts', { accounts: undefined }, ''],
    ['give nothing without rights', { may: undefined }, ''],
    ['give nothing when accounts are a number', { accounts: 1 }, ''],
    ['give nothing when accounts are an object', { accounts: { one: true } }, ''],
    ['give nothing when one account is no text', { accounts: ['one', 2] }, ''],
    ['give nothing when one right is no text', { may: ['read', null] }, ''],
    ['give nothing when rights are true', { may: true }, ''],
    ['give nothing for rights in another case', { may: ['READ', 'Write'] }, ''],
    ['may have patterns', { accounts: ['on*'] }, 'one'],
    ['give nothing for a pattern with more behind its star', { accounts: ['o*e', 'one'] }, ''],
  ];
  it.each(cases)('%s', async (_, claims, rights) => {
    expect(await rightsOf(claims)).toBe(rights);
  });

  it('may have other names, and are not looked for in prototypes', async () => {
    const names = { accountsClaim: 'https://calls.example/accounts', mayClaim: 'scope' };
    const claims = { 'https://calls.example/accounts': ['two'], scope: 'email write' };
    expect(await rightsOf(claims, names)).toBe('two w');
    expect(await rightsOf({}, { accountsClaim: 'constructor' })).toBe('');
    expect(await rightsOf({}, { mayClaim: '__proto__' })).toBe('');
  });

  it('give each subject an id of its own, the same every time, without its name in it', async () => {
    const idOf = async (sub: string) =>
      (await read(await signer().sign({ sub, jti: `${Math.random()}` })))?.id;
    const [ann, again, bob] = [
      await idOf('ann@example.com'),
      await idOf('ann@example.com'),
      await idOf('bob'),
    ];
    expect(ann).toMatch(/^jwt:[\w-]{22}$/);
    expect(again).toBe(ann);
    expect(bob).not.toBe(ann);
    expect(await idOf('x'.repeat(4000))).toHaveLength(26);
  });
});

describe('tokens from end to end', () => {
  it('are checked with keys from a file, beside API keys', async () => {
    const jwksFile = join(mkdtempSync(join(tmpdir(), 'tokens-')), 'keys.json');
    writeFileSync(jwksFile, JSON.stringify(setOf(signer())));
    const authenticate = createAuthenticator({ jwt: jwtSettings({ jwksFile }) });
    const token = await signer().sign();
    expect((await authenticate({ authorization: `Bearer ${token}` }))?.maySee('one')).toBe(true);
    expect(await authenticate({ authorization: `Bearer ${await signer(stranger).sign()}` })).toBeUndefined();
    // A token is no API key.
    expect(await authenticate({ 'x-api-key': token })).toBeUndefined();
  });

  it('say UNAVAILABLE, not that the token is bad, when the issuer’s key is of no use', async () => {
    const broken = { keys: [{ ...signer().jwk, n: 'AQAB' }] };
    const reading = createTokenReader(jwtSettings(), createLocalKeys(broken))(await signer().sign());
    await expect(reading).rejects.toMatchObject({
      extensions: { code: 'UNAVAILABLE', http: { status: 503 } },
    });
  });
});
