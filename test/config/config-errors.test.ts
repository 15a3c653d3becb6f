import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { registry } from '../../src/adapters/registry.ts';
import { ConfigError, type Environment, readConfig } from '../../src/config/config.ts';

/** With the settings of the real providers. */
function problemsOf(file: object, env: Environment = {}): string[] {
  try {
    readConfig(registry, file, env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n');
  }
}

const bandwidth = {
  key: 'bandwidth',
  provider: 'bandwidth',
  accountId: '9900000',
  auth: { clientId: 'id', clientSecret: 'secret' },
};
const connect = {
  key: 'connect',
  provider: 'restcomm',
  accountSid: 'ACae6e420f425248d6a26948c17a9e2acf',
  baseUrl: 'https://cloud.restcomm.example/restcomm/2012-04-24',
  auth: { username: 'ACae6e420f425248d6a26948c17a9e2acf', password: 'token' },
};
const sbc = {
  key: 'sbc',
  provider: 'restcomm',
  dialect: 'sbc',
  baseUrl: 'https://sbc.restcomm.example/restcomm-sbc/2012-04-24',
  auth: { username: 'ACae6e', password: 'token' },
};

describe('one account of a provider under two keys', () => {
  it.each<[string, object, object]>([
    ['in so many words', bandwidth, {}],
    ['with other credentials', bandwidth, { auth: { username: 'u', password: 'p' } }],
    ['with another default for createCall', bandwidth, { applicationId: 'x' }],
    ['its base URL written out', bandwidth, { baseUrl: 'https://voice.bandwidth.com/api/v2' }],
    ['its base URL in another spelling', bandwidth, { baseUrl: 'https://VOICE.bandwidth.com:443/api/v2/' }],
    ['in another format', connect, { format: 'xml' }],
    ['by e-mail address', connect, { auth: { username: 'a@b.example', password: 'p' } }],
    ['at an SBC', sbc, { auth: { username: 'ACae6e', password: 'other' } }],
  ])('is told: %s', (_, account, changes) => {
    const accounts = [bandwidth, connect, sbc, { ...account, ...changes, key: 'again' }];
    expect(problemsOf({ accounts })).toEqual([
      `accounts[3]: is the same account of the provider as ${'key' in account && account.key}`,
    ]);
  });

  it.each<[string, object, object]>([
    ['another account id', bandwidth, { accountId: '9900001' }],
    ['another server', bandwidth, { baseUrl: 'https://test.voice.bandwidth.com/api/v2' }],
    ['a sub-account', connect, { accountSid: `AC${'b'.repeat(32)}` }],
    ['another user of an SBC, whose calls may be others', sbc, { auth: { username: 'b', password: 'p' } }],
  ])('is not meant by %s', (_, account, changes) => {
    expect(problemsOf({ accounts: [account, { ...account, ...changes, key: 'other' }] })).toEqual([]);
  });

  it('is told once where the key is the same, too', () => {
    expect(problemsOf({ accounts: [bandwidth, bandwidth] })).toEqual([
      'accounts[1].key: bandwidth is taken already',
    ]);
  });
});

describe('a time that would never apply', () => {
  const limited = (limits: object, own: object = {}) => ({
    limits,
    accounts: [{ ...bandwidth, limits: own }],
  });
  const never = (path: string, seconds: number) =>
    `${path}: is longer than \`readDeadline\`, ${seconds}s, and would never apply`;

  it.each<[string, object, object, string[]]>([
    [
      'headersTimeout above the default deadline',
      { headersTimeout: '31s' },
      {},
      [never('limits.headersTimeout', 30)],
    ],
    [
      'both above a deadline of the file',
      { connectTimeout: '3s', headersTimeout: '4s', readDeadline: '2500ms' },
      {},
      [never('limits.connectTimeout', 2.5), never('limits.headersTimeout', 2.5)],
    ],
    [
      "an account's above the file's deadline",
      { readDeadline: '5s' },
      { connectTimeout: '6s' },
      [never('accounts[0].limits.connectTimeout', 5)],
    ],
    [
      "an account's above its own deadline",
      {},
      { headersTimeout: '6s', readDeadline: '5s' },
      [never('accounts[0].limits.headersTimeout', 5)],
    ],
    [
      "an account's deadline above the file's",
      {},
      { readDeadline: '1m' },
      [
        "accounts[0].limits.readDeadline: is longer than the file's `limits.readDeadline`, 30s, which ends every operation",
      ],
    ],
  ])('is told: %s', (_, limits, own, problems) => {
    expect(problemsOf(limited(limits, own))).toEqual(problems);
  });

  it.each<[string, object, object]>([
    ['equal to the deadline', { headersTimeout: '30s', readDeadline: '30s' }, {}],
    ['a default that a shorter deadline leaves behind', { readDeadline: '1s' }, {}],
    ['the same under an account', {}, { readDeadline: '1s' }],
    ["the file's, above an account's deadline", { headersTimeout: '20s' }, { readDeadline: '10s' }],
  ])('is not %s', (_, limits, own) => {
    expect(problemsOf(limited(limits, own))).toEqual([]);
  });

  it.each(['connectTimeout', 'headersTimeout', 'readDeadline'])('is no %s of zero', (name) => {
    expect(problemsOf(limited({ [name]: '0s' }))).toEqual([
      `limits.${name}: must be between 1ms and 24 days`,
    ]);
  });

  it.each<[string, string]>([
    ['maxBodyBytes', 'Too small: expected number to be >0'],
    ['callsPerSecond', 'Too small: expected number to be >0'],
    ['requestsPerList', 'Too small: expected number to be >=1'],
  ])('nor can a limit be zero: %s', (name, message) => {
    expect(problemsOf(limited({ [name]: 0 }))).toEqual([`limits.${name}: ${message}`]);
  });
});

describe('an address of a provider', () => {
  const told = (account: object) => problemsOf({ accounts: [account] });

  it.each<[string, string, string]>([
    [
      'baseUrl',
      'https://user:hunter2@voice.example/api',
      'must hold no user name or password: they belong under `auth`',
    ],
    [
      'baseUrl',
      'https://user@voice.example/api',
      'must hold no user name or password: they belong under `auth`',
    ],
    [
      'tokenUrl',
      'https://:hunter2@token.example/',
      'must hold no user name or password: they belong under `auth`',
    ],
    ['baseUrl', 'https://voice.example/api?key=hunter2', 'must hold no query'],
    ['baseUrl', 'https://voice.example/api?', 'must hold no query'],
    ['baseUrl', 'https://voice.example/api#v2', 'must hold no fragment'],
    ['tokenUrl', 'https://token.example/#', 'must hold no fragment'],
    ['baseUrl', 'https://voice.example/a pi', 'must hold no white space'],
  ])('is told of %s %j, which is not repeated', (name, url, message) => {
    expect(told({ ...bandwidth, [name]: url })).toEqual([`accounts[0].${name}: ${message}`]);
  });

  it('is told all that is wrong with it', () => {
    expect(told({ ...bandwidth, baseUrl: 'http://u@voice.example/?a#b' })).toEqual([
      'accounts[0].baseUrl: must be https, unless `allowInsecure: true` is set',
      'accounts[0].baseUrl: must hold no user name or password: they belong under `auth`',
      'accounts[0].baseUrl: must hold no fragment',
      'accounts[0].baseUrl: must hold no query',
    ]);
  });

  it('is told once where the provider says it in its own words', () => {
    const baseUrl = 'https://user:hunter2@restcomm.example/?a';
    expect(told({ ...connect, baseUrl })).toEqual([
      'accounts[0].baseUrl: must be an http or https URL without user name, query and fragment',
    ]);
  });

  it('may have a query where tokens are asked for', () => {
    expect(told({ ...bandwidth, tokenUrl: 'https://token.example/oauth2?tenant=a' })).toEqual([]);
  });
});

describe('credentials that no provider can have given out', () => {
  const told = (auth: object) => problemsOf({ accounts: [{ ...bandwidth, auth }] });
  const control = 'must hold no line end or other control character';

  it.each<[string, object, string]>([
    ['a line end behind a secret', { clientId: 'id', clientSecret: 'hunter2\n' }, `clientSecret: ${control}`],
    ['a line end of Windows', { username: 'u', password: 'hunter2\r\n' }, `password: ${control}`],
    ['a tab', { clientId: 'i\td', clientSecret: 's' }, `clientId: ${control}`],
    ['a colon in a user name', { username: 'a:b', password: 'p' }, 'username: must hold no colon'],
  ])('are told: %s', (_, auth, problem) => {
    expect(told(auth)).toEqual([`accounts[0].auth.${problem}`]);
  });

  it('may be of any other characters', () => {
    expect(told({ username: 'ü u', password: 'p:ö "x' })).toEqual([]);
  });
});

describe('rules of access that are certainly a mistake', () => {
  const [a, b] = ['a'.repeat(64), 'A'.repeat(64)];

  it('are told: one key under two names, one name for two keys, an account that is not there', () => {
    const keys = [
      { name: 'one', sha256: a, may: ['read'] },
      { name: 'two', sha256: b, may: ['write'] },
      { name: 'one', sha256: 'c'.repeat(64), accounts: ['bandwith'], may: ['read'] },
    ];
    expect(problemsOf({ accounts: [bandwidth], access: { keys } })).toEqual([
      'access.keys[2].name: one is taken already',
      'access.keys[1].sha256: is the hash of an earlier key',
      'access.keys[2].accounts[0]: bandwith is the key of no account',
    ]);
  });
});

describe('every problem at once', () => {
  /** As text, since only a file has variables. */
  function problemsOfFile(file: object, env: Environment): string[] {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'accounts.yml');
    writeFileSync(path, JSON.stringify(file));
    return problemsOf({}, { ...env, CALLS_CONFIG: path });
  }
  const variable = (name: string) => `\${${name}}`;

  it('is told of variables that are not set, of the schema, of contradictions and of the environment', () => {
    const file = {
      accounts: [
        { ...bandwidth, auth: { clientId: variable('ID'), clientSecret: variable('SECRET'), more: 1 } },
        { ...bandwidth, key: 'again' },
        { ...bandwidth, key: 'third', limits: { headersTimeout: '1m' } },
      ],
      access: { keys: [{ name: 'a', sha256: variable('HASH'), accounts: ['nobody'], may: ['read'] }] },
      explorer: 'maybe',
    };
    const env = { HOST: 'http://0.0.0.0', PORT: 'x', NODE_ENV: 'Production' };
    expect(problemsOfFile(file, env)).toEqual([
      'accounts[0].auth.clientId: the environment variable ID is not set',
      'accounts[0].auth.clientSecret: the environment variable SECRET is not set',
      'access.keys[0].sha256: the environment variable HASH is not set',
      'PORT: must be a port',
      "HOST: must be an address of this machine's or a host name, without scheme and port",
      'NODE_ENV: must be exactly `production` where production is meant',
      'explorer: Invalid input: expected boolean, received string',
      'accounts[0].auth.more: is not a known key',
      'accounts[2].limits.headersTimeout: is longer than `readDeadline`, 30s, and would never apply',
      'accounts[2]: is the same account of the provider as again',
      'access.keys[0].accounts[0]: nobody is the key of no account',
    ]);
  });

  it('is told of every setting, in the words of Zod where its schema has none', () => {
    const accounts = [
      { key: 'a', provider: 'bandwidth' },
      { key: 'b', provider: 'bandwidth', accountId: 9900000, auth: { clientId: 'a', clientSecret: '' } },
      { key: 'c', provider: 'restcomm', dialect: 'cloud' },
      { key: 'd', provider: 'restcomm', format: 'yaml', auth: { username: 'a' } },
    ];
    const limits = { connectTimeout: 2, requestsPerList: 1.5 };
    const cost = { tokens: 20_000, depth: 'deep' };
    const file = { accounts, limits, cost, store: 7, cors: {}, access: { jwt: { algorithms: ['none'] } } };
    const missing = 'Invalid input: expected string, received undefined';
    expect(problemsOf(file)).toEqual([
      'limits.connectTimeout: must be a duration such as 500ms, 2s or 1m',
      'limits.requestsPerList: Invalid input: expected int, received number',
      `access.jwt.issuer: ${missing}`,
      'access.jwt.audience: must be a string, or a list of strings',
      expect.stringMatching(/^access\.jwt\.algorithms\[0\]: Invalid option: expected one of "RS256"\|/),
      'cost.tokens: Too big: expected number to be <=10000',
      'cost.depth: Invalid input: expected number, received string',
      'store: Invalid input: expected string, received number',
      'cors.origins: Invalid input: expected array, received undefined',
      `accounts[0].accountId: ${missing}`,
      'accounts[0].auth: must hold clientId and clientSecret, or username and password',
      'accounts[1].accountId: must be a string; quote it, since it is made of digits',
      'accounts[1].auth.clientSecret: must not be empty',
      'accounts[2].dialect: must be connect or sbc',
      `accounts[3].accountSid: ${missing}`,
      `accounts[3].baseUrl: ${missing}`,
      `accounts[3].auth.password: ${missing}`,
      'accounts[3].format: Invalid option: expected one of "json"|"xml"',
    ]);
  });

  it('is told of PORT with HOST', () => {
    expect(problemsOf({ accounts: [bandwidth] }, { PORT: 'x', HOST: '0.0.0.0' })).toEqual([
      'PORT: must be a port',
      expect.stringMatching(/^HOST: 0\.0\.0\.0 is reachable by others/),
    ]);
  });

  it('says nothing of what an unset variable alone has spoilt', () => {
    const auth = { clientId: variable('ID'), clientSecret: variable('SECRET') };
    const keys = [{ name: 'a', sha256: 'a'.repeat(64), accounts: ['main'], may: ['read'] }];
    const file = {
      accounts: [{ ...bandwidth, key: variable('KEY'), auth }],
      access: { keys },
    };
    expect(problemsOfFile(file, {})).toEqual([
      'accounts[0].key: the environment variable KEY is not set',
      'accounts[0].auth.clientId: the environment variable ID is not set',
      'accounts[0].auth.clientSecret: the environment variable SECRET is not set',
    ]);
  });
});
