import { describe, expect, it } from 'vitest';
import { main, problemsOf, read, registry } from '../support/accounts-file.ts';

describe('the configuration', () => {
  it('is what the README tells of it', () => {
    const config = read(
      `
accounts:
  - key: bandwidth-main              # [a-z0-9-]+, unique
    name: Bandwidth, main
    provider: bandwidth
    accountId: "9900000"
    applicationId: 04e88489-df02-4e34-a0ee-27a91849555f
    baseUrl: https://voice.bandwidth.com/api/v2
    tokenUrl: https://api.bandwidth.com/api/v1/oauth2/token
    auth: { clientId: id, clientSecret: "\${BANDWIDTH_CLIENT_SECRET}" }
  - key: restcomm-cloud
    provider: restcomm
    dialect: connect
    accountSid: ACae6e420f425248d6a26948c17a9e2acf
    baseUrl: https://cloud.restcomm.com/restcomm/2012-04-24
    auth: { username: ACae6e, password: "\${RESTCOMM_AUTH_TOKEN}" }
    format: json
    limits: { headersTimeout: 0.4m }
limits:
  connectTimeout: 500ms
  headersTimeout: 25s
  readDeadline: 30s
  maxBodyBytes: 33554432
`,
      { BANDWIDTH_CLIENT_SECRET: 'one', RESTCOMM_AUTH_TOKEN: 'two' },
    );
    const limits = {
      connectTimeout: 500,
      headersTimeout: 25_000,
      readDeadline: 30_000,
      maxBodyBytes: 33_554_432,
      requestsPerList: 20,
    };
    expect(config.limits).toEqual(limits);
    expect(config.accounts.map(({ entry }) => entry)).toEqual([
      { key: 'bandwidth-main', name: 'Bandwidth, main', limits },
      { key: 'restcomm-cloud', name: 'restcomm-cloud', limits: { ...limits, headersTimeout: 24_000 } },
    ]);
    expect(config.accounts.map(({ settings }) => settings.auth)).toEqual([
      { clientId: 'id', clientSecret: 'one' },
      { username: 'ACae6e', password: 'two' },
    ]);
    expect(config.accounts.map(({ factory }) => factory)).toEqual([registry.BANDWIDTH, registry.RESTCOMM]);
  });

  it('has defaults for everything but the accounts', () => {
    expect(read({ accounts: [main] })).toEqual({
      host: '127.0.0.1',
      port: 4000,
      logLevel: 'info',
      introspection: true,
      explorer: true,
      console: true,
      sandbox: false,
      sandboxPorts: undefined,
      corsOrigins: [],
      compress: true,
      serverTiming: false,
      subgraph: false,
      limits: {
        connectTimeout: 2_000,
        headersTimeout: 25_000,
        readDeadline: 30_000,
        maxBodyBytes: 33_554_432,
        requestsPerList: 20,
      },
      access: 'open',
      localOnly: false,
      cost: expect.objectContaining({ depth: 15, rootFields: 30 }),
      shutdownDelay: 0,
      store: undefined,
      accounts: [expect.objectContaining({ entry: expect.objectContaining({ key: 'main', name: 'main' }) })],
    });
  });

  it('is for this machine only until somebody says who may ask', () => {
    const file = (more: object) => JSON.stringify({ accounts: [main], ...more });
    const keys = [{ name: 'a', sha256: 'b'.repeat(64), may: ['read'] }];
    expect(read(file({})).localOnly).toBe(true);
    expect(read(file({ access: 'open' })).localOnly).toBe(false);
    expect(read(file({ access: { keys } })).localOnly).toBe(false);
    // Nothing is lost by calls that are placed in the sandbox.
    expect(read({ accounts: [main] }).localOnly).toBe(false);
  });

  it('is read from the environment', () => {
    const env = { PORT: '0', HOST: '::1', LOG_LEVEL: 'warn', NODE_ENV: 'test' };
    expect(read({ accounts: [main] }, env)).toMatchObject({
      port: 0,
      host: '::1',
      logLevel: 'warn',
      explorer: true,
    });
    expect(read({ accounts: [main] }, { PORT: '', HOST: '' })).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
    });
  });

  it('hides more in production, unless the file says otherwise', () => {
    const env = { NODE_ENV: 'production' };
    expect(read({ accounts: [main] }, env)).toMatchObject({
      introspection: false,
      explorer: false,
      console: false,
    });
    expect(read({ accounts: [main], console: true }, env)).toMatchObject({ explorer: false, console: true });
    expect(read({ accounts: [main], introspection: true, explorer: true }, env)).toMatchObject({
      introspection: true,
      explorer: true,
    });
    expect(read({ accounts: [main], introspection: false, explorer: false })).toMatchObject({
      introspection: false,
      explorer: false,
    });
  });

  it('may be JSON', () => {
    expect(read(JSON.stringify({ accounts: [main] })).accounts).toHaveLength(1);
  });

  it('may say a thing once and use it again', () => {
    const file = `accounts:
  - { key: a, provider: bandwidth, accountId: "1", auth: &auth { username: u, password: p } }
  - { key: b, provider: bandwidth, accountId: "2", auth: *auth }`;
    expect(read(file).accounts.map(({ settings }) => settings.accountId)).toEqual(['1', '2']);
  });

  it('takes origins whose pages may ask', () => {
    expect(read({ accounts: [main], cors: { origins: ['https://app.example'] } }).corsOrigins).toEqual([
      'https://app.example',
    ]);
  });

  it('knows where the providers reach the server, and by which secrets', () => {
    const webhookSecret = 'sixteen~letters!';
    const { publicUrl, accounts } = read({
      publicUrl: 'https://Calls.example.com/gate/',
      accounts: [{ ...main, webhookSecret }],
    });
    expect(publicUrl).toBe('https://calls.example.com/gate');
    const webhookCredentials = { username: 'dashboard', password: 'a:password' };
    const [asked] = read({ accounts: [{ ...main, webhookSecret, webhookCredentials }] }).accounts;
    expect(asked?.webhookCredentials).toEqual(webhookCredentials);
    expect(JSON.stringify(asked?.settings)).not.toContain('a:password');
    expect(accounts.map((account) => account.webhookSecret)).toEqual([webhookSecret]);
    expect(JSON.stringify(accounts.map(({ entry, settings }) => [entry, settings]))).not.toContain(
      webhookSecret,
    );
    expect(read({ publicUrl: 'http://127.0.0.1:4000', accounts: [main] })).toMatchObject({
      publicUrl: 'http://127.0.0.1:4000',
      accounts: [{ webhookSecret: undefined }],
    });
  });

  it('knows the hosts that documents may name', () => {
    const egress = { allow: ['App.Example.com', 'münchen.example'] };
    expect(read({ accounts: [main], egress }).egressHosts).toEqual([
      'app.example.com',
      'xn--mnchen-3ya.example',
    ]);
    expect(read({ accounts: [main] }).egressHosts).toBeUndefined();
  });

  it('is frozen', () => {
    const config = read({ accounts: [main] });
    const [account] = config.accounts;
    const parts = [config, config.limits, config.accounts, config.corsOrigins];
    const frozen = [...parts, account, account?.settings, account?.entry, account?.entry.limits].map(
      Object.isFrozen,
    );
    expect(frozen).toEqual(Array(8).fill(true));
  });
});

describe('what is wrong', () => {
  it('is told all at once, with its path', () => {
    const file = `
accounts:
  - key: Main
    provider: bandwidth
    accountId: 9900000
    baseUrl: http://voice.example
    auth: { username: u, password: "\${MISSING_ONE}" }
    format: xml
  - key: main
    provider: telco
  - key: main
    name: ""
    provider: restcomm
    dialect: fax
    baseUrl: http://restcomm.example
    auth: { username: u, password: p }
    limits: { readDeadline: 30, requestsPerList: 3 }
  - just text
limits: { connectTimeout: soon, headersTimeout: 0s, maxBodyBytes: -1, retries: 3 }
explorer: maybe
nonsense: true
`;
    expect(problemsOf(file, { PORT: '70000', LOG_LEVEL: 'loud', HOST: '0.0.0.0' })).toEqual([
      'accounts[0].auth.password: the environment variable MISSING_ONE is not set',
      'PORT: must be a port',
      'LOG_LEVEL: Invalid option: expected one of "trace"|"debug"|"info"|"warn"|"error"|"fatal"|"silent"',
      'limits.connectTimeout: must be a duration such as 500ms, 2s or 1m',
      'limits.headersTimeout: must be between 1ms and 24 days',
      'limits.maxBodyBytes: Too small: expected number to be >0',
      'limits.retries: is not a known key',
      'explorer: Invalid input: expected boolean, received string',
      'nonsense: is not a known key',
      'accounts[0].key: must consist of a-z, 0-9 and -',
      'accounts[0].accountId: Invalid input: expected string, received number',
      'accounts[0].format: is not a known key',
      'accounts[0].baseUrl: must be https, unless `allowInsecure: true` is set',
      'accounts[1].provider: must be one of bandwidth, restcomm',
      'accounts[2].name: Too small: expected string to have >=1 characters',
      'accounts[2].limits.readDeadline: must be a duration such as 500ms, 2s or 1m',
      'accounts[2].limits.requestsPerList: is not a known key',
      'accounts[2].dialect: Invalid option: expected one of "connect"|"sbc"',
      'accounts[2].baseUrl: must be https, unless `allowInsecure: true` is set',
      'accounts[3]: Invalid input: expected object, received string',
      'accounts[2].key: main is taken already',
      'HOST: 0.0.0.0 is reachable by others; give `access` rules in the accounts file, or say `access: open` if they may all use it',
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ['an empty list of them', { accounts: [] }, ['accounts: Too small: expected array to have >=1 items']],
    [
      'something else than a list',
      { accounts: main },
      ['accounts: Invalid input: expected array, received object'],
    ],
    [
      'accounts with nothing behind',
      'accounts:\n',
      ['accounts: Invalid input: expected array, received null'],
    ],
    ['text', 'hello', ['the file: Invalid input: expected object, received string']],
    ['a list', '- a', ['the file: Invalid input: expected object, received array']],
    [
      'an account without key and provider',
      { accounts: [{}] },
      [
        'accounts[0].key: Invalid input: expected string, received undefined',
        'accounts[0].provider: Invalid input: expected string, received undefined',
      ],
    ],
    [
      'a provider in upper case',
      { accounts: [{ ...main, provider: 'BANDWIDTH' }] },
      ['accounts[0].provider: must be one of bandwidth, restcomm'],
    ],
    [
      'what every object has for a provider',
      { accounts: [{ ...main, provider: '__proto__' }] },
      ['accounts[0].provider: must be one of bandwidth, restcomm'],
    ],
    [
      'keys that are taken',
      { accounts: [main, main, main] },
      ['accounts[1].key: main is taken already', 'accounts[2].key: main is taken already'],
    ],
    [
      'a rule of access for an account that is not there',
      {
        accounts: [main],
        access: { keys: [{ name: 'a', sha256: 'a'.repeat(64), accounts: ['nobody'], may: ['read'] }] },
      },
      ['access.keys[0].accounts[0]: nobody is the key of no account'],
    ],
    [
      'such a rule beside others that are wrong',
      {
        accounts: [main],
        access: {
          keys: ['text', { name: 'a', sha256: 'b', accounts: ['main', 'nobody'], may: ['read'] }, {}],
          key: 1,
        },
      },
      [
        'access.keys[0]: Invalid input: expected object, received string',
        'access.keys[1].sha256: must be 64 hexadecimal digits',
        'access.keys[2].name: Invalid input: expected string, received undefined',
        'access.keys[2].sha256: Invalid input: expected string, received undefined',
        'access.keys[2].may: Invalid input: expected array, received undefined',
        'access.key: is not a known key',
        'access.keys[1].accounts[1]: nobody is the key of no account',
      ],
    ],
    [
      'addresses for webhooks that nobody may use',
      {
        accounts: [
          { ...main, webhookSecret: 'fifteen-letters' },
          { ...main, key: 'b', accountId: '2', webhookSecret: 'a/slash-in-sixteen' },
          { ...main, key: 'c', accountId: '3', webhookCredentials: { username: 'u', password: 'p' } },
          {
            ...{ ...main, key: 'd', accountId: '4', webhookSecret: 'sixteen~letters!' },
            webhookCredentials: { username: 'u:v', password: '' },
          },
        ],
        publicUrl: 'http://calls.example.com',
        egress: { allow: ['app.example.com', 'https://app.example.com', '*.example.com'] },
      },
      [
        'publicUrl: must be an https URL without user name, query and fragment',
        'egress.allow[1]: must be a host name without scheme, port and path, such as app.example.com',
        'egress.allow[2]: must be a host name without scheme, port and path, such as app.example.com',
        'accounts[0].webhookSecret: must have at least 16 characters, all of which can stand in a path: letters, digits and no slash',
        'accounts[1].webhookSecret: must have at least 16 characters, all of which can stand in a path: letters, digits and no slash',
        'accounts[2].webhookSecret: is needed for `webhookCredentials`, which are asked for at its address only',
        'accounts[3].webhookCredentials.username: must have no colon (RFC 7617)',
        'accounts[3].webhookCredentials.password: Too small: expected string to have >=1 characters',
      ],
    ],
    [
      'an unknown key deep inside',
      { accounts: [main], cors: { origins: ['https://a.example'], methods: ['GET'] } },
      ['cors.methods: is not a known key'],
    ],
    [
      'known operations without files',
      { accounts: [main], operations: { only: true } },
      [
        'operations.files: is required, unless `automatic` is true',
        'operations.only: needs `files`: all operations would be refused',
      ],
    ],
    [
      'known operations alone, and others',
      { accounts: [main], operations: { files: ['a.json'], only: true, automatic: true } },
      ['operations.automatic: has no effect together with `only`'],
    ],
  ])('is %s', (_, content, problems) => {
    expect(problemsOf(content)).toEqual(problems);
  });

  it.each(['abc', '65536', '-1', '80.5', 'Infinity', ' ', '0x50', '1e3', '080000'])('is PORT=%s', (PORT) => {
    expect(problemsOf({ accounts: [main] }, { PORT })).toEqual(['PORT: must be a port']);
  });

  it.each(['prod', 'Production', 'PRODUCTION', 'production ', ' production'])(
    'is NODE_ENV=%j, which would leave on what production turns off',
    (NODE_ENV) => {
      expect(problemsOf({ accounts: [main] }, { NODE_ENV })).toEqual([
        'NODE_ENV: must be exactly `production` where production is meant',
      ]);
    },
  );
});

describe('an origin', () => {
  const withOrigin = (origin: string) => ({
    accounts: [main],
    cors: { origins: ['https://a.example', origin] },
  });

  it.each([
    'http://localhost:5173',
    'https://[2001:db8::1]',
    'https://xn--bcher-kva.example',
    'capacitor://localhost',
  ])('may be %s', (origin) => {
    expect(read(withOrigin(origin)).corsOrigins).toContain(origin);
  });

  it.each([
    '*',
    'null',
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/page',
    'https://app.example.com?a=b',
    'https://App.example.com',
    'HTTPS://app.example.com',
    'https://app.example.com:443',
    'https://user@app.example.com',
    'https://*.example.com',
    'https://bücher.example',
    ' https://app.example.com',
  ])('is told when no browser sends it like that: %s', (origin) => {
    expect(problemsOf(withOrigin(origin))).toEqual([
      'cors.origins[1]: must be an origin as browsers send it, such as https://app.example.com',
    ]);
  });
});

describe('the address', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1', 'LOCALHOST'])('may be %s', (HOST) => {
    expect(read({ accounts: [main] }, { HOST }).host).toBe(HOST);
  });

  it('may be in brackets, as in a URL', () => {
    expect(read({ accounts: [main] }, { HOST: '[::1]' }).host).toBe('::1');
  });

  it.each(['http://127.0.0.1', '127.0.0.1:4000', 'localhost:4000', 'my host', '*', '-'])(
    'is told when it is none: %s',
    (HOST) => {
      expect(problemsOf({ accounts: [main] }, { HOST })).toEqual([
        "HOST: must be an address of this machine's or a host name, without scheme and port",
      ]);
    },
  );

  it.each(['0.0.0.0', '::', '192.168.0.1', 'example.com', '127.0.0.1.example.com', 'localhost.example.com'])(
    'may be %s only where access is ruled, or open to all',
    (HOST) => {
      expect(problemsOf({ accounts: [main] }, { HOST })).toEqual([
        `HOST: ${HOST} is reachable by others; give \`access\` rules in the accounts file, or say \`access: open\` if they may all use it`,
      ]);
      expect(read({ accounts: [main], access: 'open' }, { HOST }).host).toBe(HOST);
    },
  );
});

describe('the URL of a provider', () => {
  const withUrl = (baseUrl: string, changes = {}) => ({ accounts: [{ ...main, baseUrl, ...changes }] });

  it.each([
    'https://voice.example',
    'http://localhost:8080/api',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
  ])('may be %s', (baseUrl) => {
    expect(problemsOf(withUrl(baseUrl))).toEqual([]);
  });

  it.each([
    'http://voice.example',
    'http://10.0.0.1',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
  ])('may be %s only where that is said to be wanted', (baseUrl) => {
    expect(problemsOf(withUrl(baseUrl))).toEqual([
      'accounts[0].baseUrl: must be https, unless `allowInsecure: true` is set',
    ]);
    expect(problemsOf(withUrl(baseUrl, { allowInsecure: true }))).toEqual([]);
  });

  it('is looked at under every name', () => {
    expect(problemsOf({ accounts: [{ ...main, tokenUrl: 'http://token.example' }] })).toEqual([
      'accounts[0].tokenUrl: must be https, unless `allowInsecure: true` is set',
    ]);
  });
});

describe('the store', () => {
  const redis = 'redis://a:6379';

  it.each([
    [redis, { urls: [redis] }],
    [
      { url: redis, strict: true },
      { urls: [redis], strict: true },
    ],
    [
      { urls: [redis, 'rediss://b'], cluster: true },
      { urls: [redis, 'rediss://b'], cluster: true },
    ],
    [
      { urls: [redis], sentinel: { name: 'main' } },
      { urls: [redis], sentinel: { name: 'main' } },
    ],
  ])('may be %j', (store, expected) => {
    expect(read({ accounts: [main], store }).store).toEqual(expected);
  });

  it.each([
    ['http://a', 'store: must be redis://… or rediss://…'],
    [{}, 'store: must hold either `url` or `urls`'],
    [{ url: redis, urls: [redis] }, 'store: must hold either `url` or `urls`'],
    [{ url: 'a:6379' }, 'store.url: must be redis://… or rediss://…'],
    [
      { urls: [redis, redis] },
      'store: several `urls` are nodes of a `cluster`, or know a primary as `sentinel`',
    ],
    [
      { url: redis, cluster: true, sentinel: { name: 'a' } },
      'store: cannot be both `cluster` and `sentinel`',
    ],
    [{ url: redis, secret: 'short' }, 'store.secret: must have at least 16 characters'],
    [{ url: redis, Strict: true }, 'store.Strict: is not a known key'],
  ])('cannot be %j', (store, message) => {
    expect(() => read({ accounts: [main], store })).toThrow(message);
  });
});
