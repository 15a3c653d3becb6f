import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accessSettings, listUnknownAccounts } from '../../src/config/access-settings.ts';
import { costSettings } from '../../src/config/cost-settings.ts';

const hash = 'ab'.repeat(32);
const key = { name: 'dashboard', sha256: hash, accounts: ['bandwidth-main'], may: ['read'] };
const introspection = { url: 'https://issuer.example/introspect', clientId: 'calls', clientSecret: 's' };
const jwt = { issuer: 'i', audience: 'a', jwks: 'https://issuer.example/keys', algorithms: ['RS256'] };

/** What is wrong, as paths within a file that has the settings under `access`. */
function problemsOf(access: unknown): string[] {
  const { error } = z.strictObject({ access: accessSettings }).safeParse({ access });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const accepted: readonly [string, unknown][] = [
  ['the word `open`', 'open'],
  ['a key', { keys: [key] }],
  ['a key for all accounts', { keys: [{ name: 'all', sha256: hash, may: ['read', 'write'] }] }],
  ['tokens checked by address', { jwt }],
  ['tokens checked by an address on this machine', { jwt: { ...jwt, jwks: 'http://127.0.0.1:8080/keys' } }],
  ['tokens that the issuer is asked for', { introspection }],
  [
    'a header of a trusted proxy',
    { trusted: { header: 'X-Caller', from: ['10.0.0.0/8', '::1', 'fd00::/8'] } },
  ],
  ['a key for accounts by pattern', { keys: [{ ...key, accounts: ['acme-*', '*'] }] }],
  ['both', { keys: [key], jwt: { ...jwt, audience: ['a', 'b'], clockTolerance: '30s' } }],
];

const refusedNetworks: readonly [string, string][] = [
  ['10.0.0.0/33', 'must be an address, or a network'],
  ['proxy.internal', 'must be an address, or a network'],
  ['0.0.0.0/0', 'trusts everyone'],
  ['::/0', 'trusts everyone'],
  ['::ffff:10.0.0.0/104', 'must be written as an IPv4 address'],
];

const refused: readonly [string, unknown, string][] = [
  ['another word', 'closed', 'access: must hold `keys`, `jwt`, `introspection` or `trusted`, or be the word'],
  ['nothing', {}, 'access: must hold `keys`, `jwt`, `introspection` or `trusted`, or be the word `open`'],
  ['null', null, 'access: must hold `keys`'],
  ['no keys', { keys: [] }, 'access.keys: Too small: expected array to have >=1 items'],
  ['an unknown word', { keys: [key], key: 1 }, 'access: Unrecognized key: "key"'],
  ['an unknown word in a key', { keys: [{ ...key, secret: 's' }] }, 'access.keys.0: Unrecognized key'],
  ['a hash that is too short', { keys: [{ ...key, sha256: 'ab' }] }, 'access.keys.0.sha256: must be 64'],
  [
    'a right that there is not',
    { keys: [{ ...key, may: ['dial'] }] },
    'access.keys.0.may.0: Invalid option: expected one of "read"|"write"',
  ],
  [
    'a key without a right',
    { keys: [{ ...key, may: [] }] },
    'access.keys.0.may: Too small: expected array to have >=1 items',
  ],
  [
    'a key for no account',
    { keys: [{ ...key, accounts: [] }] },
    'access.keys.0.accounts: Too small: expected array to have >=1 items',
  ],
  [
    'a name given twice',
    { keys: [key, { ...key, sha256: 'cd'.repeat(32) }] },
    'access.keys.1.name: dashboard is taken already',
  ],
  [
    'a hash given twice, in whatever case',
    { keys: [key, { ...key, name: 'b', sha256: hash.toUpperCase() }] },
    'access.keys.1.sha256: is the hash of an earlier key',
  ],
  [
    'the hash of an empty key',
    { keys: [{ ...key, sha256: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855' }] },
    'access.keys.0.sha256: is the hash of an empty key',
  ],
  [
    'keys by plain http',
    { jwt: { ...jwt, jwks: 'http://issuer.example/' } },
    'access.jwt.jwks: must be https',
  ],
  [
    'a host that only begins like this machine',
    { jwt: { ...jwt, jwks: 'http://127.0.0.1.evil.example/' } },
    'access.jwt.jwks: must be https',
  ],
  ['a file address', { jwt: { ...jwt, jwks: 'file:///keys' } }, 'access.jwt.jwks: must be https'],
  [
    'credentials in the address',
    { jwt: { ...jwt, jwks: 'https://a:b@issuer.example/' } },
    'access.jwt.jwks: must hold no user name or password',
  ],
  ['tokens without keys', { jwt: { ...jwt, jwks: undefined } }, 'access.jwt.jwks: give either'],
  ['no algorithms', { jwt: { ...jwt, algorithms: [] } }, 'access.jwt.algorithms: '],
  ['`none`', { jwt: { ...jwt, algorithms: ['none'] } }, 'access.jwt.algorithms.0: '],
  ['a shared secret', { jwt: { ...jwt, algorithms: ['RS256', 'HS256'] } }, 'access.jwt.algorithms.1: '],
  [
    'no audience',
    { jwt: { ...jwt, audience: undefined } },
    'access.jwt.audience: must be a string, or a list of strings',
  ],
  [
    'no issuer',
    { jwt: { ...jwt, issuer: undefined } },
    'access.jwt.issuer: Invalid input: expected string, received undefined',
  ],
  [
    'an empty issuer',
    { jwt: { ...jwt, issuer: '' } },
    'access.jwt.issuer: Too small: expected string to have >=1 characters',
  ],
  [
    'a star in the middle of an account',
    { keys: [{ ...key, accounts: ['acme-*-eu'] }] },
    'access.keys.0.accounts.0: may hold `*` at its end only',
  ],
  [
    'an account of 101 characters',
    { keys: [{ ...key, accounts: ['a'.repeat(101)] }] },
    'access.keys.0.accounts.0: Too big',
  ],
  [
    'an issuer that is asked by plain http',
    { introspection: { ...introspection, url: 'http://issuer.example/' } },
    'access.introspection.url: must be https',
  ],
  [
    'an issuer that is asked without a secret',
    { introspection: { ...introspection, clientSecret: '' } },
    'access.introspection.clientSecret: Too small',
  ],
  [
    'answers that hold for long',
    { introspection: { ...introspection, maxAge: '6m' } },
    'access.introspection.maxAge: must be at most 5m',
  ],
  [
    'an unknown word in introspection',
    { introspection: { ...introspection, secret: 's' } },
    'access.introspection: Unrecognized key: "secret"',
  ],
  ...refusedNetworks.map(([from, problem]): [string, unknown, string] => [
    `the network ${from}`,
    { trusted: { header: 'x-caller', from: [from] } },
    `access.trusted.from.0: ${problem}`,
  ]),
  ...['Authorization', 'X-API-Key', 'From', 'X-Forwarded-For'].map((header): [string, unknown, string] => [
    `the header ${header}`,
    { trusted: { header, from: ['::1'] } },
    'access.trusted.header: has a meaning of its own',
  ]),
  [
    'a header with a space',
    { trusted: { header: 'x caller', from: ['::1'] } },
    'access.trusted.header: must be the name of a header',
  ],
  ['a header from nowhere', { trusted: { header: 'x-caller', from: [] } }, 'access.trusted.from: Too small'],
  [
    'too much tolerance',
    { jwt: { ...jwt, clockTolerance: '301s' } },
    'access.jwt.clockTolerance: must be at most',
  ],
  [
    'a tolerance without a unit',
    { jwt: { ...jwt, clockTolerance: 30 } },
    'access.jwt.clockTolerance: must be whole seconds such as 30s',
  ],
];

describe('the access settings', () => {
  it.each(accepted)('take %s', (_, access) => {
    expect(problemsOf(access)).toEqual([]);
  });

  it.each(refused)('refuse %s', (_, access, problem) => {
    expect(problemsOf(access).filter((each) => each.startsWith(problem))).toHaveLength(1);
  });

  it('name every problem at once', () => {
    const problems = problemsOf({ keys: [{ ...key, sha256: 'x' }], jwt: { ...jwt, algorithms: ['none'] } });
    expect(problems).toHaveLength(2);
  });

  it('put in what is usual for a token', () => {
    const settings = accessSettings.parse({ jwt });
    expect(settings).toMatchObject({
      jwt: { accountsClaim: 'accounts', mayClaim: 'may', clockTolerance: 5 },
    });
  });

  it('tell which accounts of a key are not configured', () => {
    const settings = { keys: [{ ...key, accounts: ['one', 'tow', 't*', 'ones*', '*'] }] };
    expect(listUnknownAccounts(settings, ['one', 'two'])).toEqual([
      { path: 'access.keys[0].accounts[1]', message: 'tow is the key of no account' },
      { path: 'access.keys[0].accounts[3]', message: 'ones* is the key of no account' },
    ]);
    for (const none of ['open', undefined, {}, { keys: [{}, null] }]) {
      expect(listUnknownAccounts(none, [])).toEqual([]);
    }
  });
});

describe('a key set in a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'key-set-'));
  });

  function problemsOfFile(text: string): string[] {
    const jwksFile = join(folder, 'keys.json');
    writeFileSync(jwksFile, text);
    return problemsOf({ jwt: { ...jwt, jwks: undefined, jwksFile } });
  }

  const publicKey = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };

  it('is read at once', () => {
    const jwksFile = join(folder, 'good.json');
    writeFileSync(jwksFile, JSON.stringify({ keys: [publicKey] }));
    const settings = accessSettings.parse({ jwt: { ...jwt, jwks: undefined, jwksFile } });
    expect(settings).toMatchObject({ jwt: { jwksFile: { keys: [publicKey] } } });
  });

  it.each([
    ['is not JSON', '{', 'access.jwt.jwksFile: is not JSON'],
    ['holds no keys', '{"keys":[]}', 'access.jwt.jwksFile.keys: Too small: expected array to have >=1 items'],
    ['is no object', '[]', 'access.jwt.jwksFile: Invalid input: expected object, received array'],
    ['holds a private key', JSON.stringify({ keys: [{ ...publicKey, d: 'secret' }] }), 'is a private key'],
    ['holds a shared secret', '{"keys":[{"kty":"oct","k":"secret"}]}', 'any other type is a shared secret'],
  ])('is refused when it %s, and nothing secret is told', (_, text, message) => {
    const problems = problemsOfFile(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^access\.jwt\.jwksFile\b/);
    expect(problems[0]).toContain(message);
    expect(problems[0]).not.toContain('"secret"');
  });

  it('is refused when there is none, and when an address is given as well', () => {
    expect(
      problemsOf({ jwt: { ...jwt, jwks: undefined, jwksFile: join(folder, 'none.json') } })[0],
    ).toContain('ENOENT');
    expect(problemsOf({ jwt: { ...jwt, jwksFile: join(folder, 'good.json') } })).toEqual([
      'access.jwt.jwks: give either `jwks` or `jwksFile`',
    ]);
  });
});

describe('the cost settings', () => {
  it('have a default for each limit', () => {
    expect(costSettings.parse({})).toEqual({
      documentBytes: 65_536,
      tokens: 2000,
      depth: 15,
      aliases: 50,
      rootFields: 30,
      changes: 10,
      directives: 50,
      fragments: 300,
      nodes: 5000,
      requests: 1000,
    });
  });

  it.each([
    { depth: 0 },
    { aliases: -1 },
    { nodes: 1.5 },
    { tokens: 10_001 },
    { fields: 9 },
    { changes: 0 },
    { documentBytes: 524_289 },
  ])('refuse %o', (value) => {
    expect(costSettings.safeParse(value).success).toBe(false);
  });
});
