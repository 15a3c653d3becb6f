import { describe, expect, it } from 'vitest';
import { ConfigError, type Environment, readConfig, withAccounts } from '../../src/config/config.ts';
import { sandboxKeys } from '../../src/sandbox/index.ts';
import { main, read, registry } from '../support/accounts-file.ts';

/** What the file says, in the process that has a sandbox to run on. */
const onSandbox = (file: object, env: Environment = {}) => readConfig(registry, file, env, sandboxKeys);

function problemsOf(file: object, env?: Environment): string[] {
  try {
    onSandbox(file, env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n');
  }
}

const hash = 'a'.repeat(64);
const free = { bandwidth: 0, connect: 0, sbc: 0 };
const production = { NODE_ENV: 'production' };
const refused =
  'sandbox: must be `true` for the emulated carriers to run where NODE_ENV is production; else give `accounts` in the file that CALLS_CONFIG names';

describe('settings without accounts', () => {
  it.each<[string, object]>([
    ['cors', { cors: { origins: ['https://app.example'] } }],
    ['access', { access: { keys: [{ name: 'a', sha256: hash, may: ['read'] }] } }],
    ['cost', { cost: { depth: 5 } }],
    ['limits', { limits: { readDeadline: '10s' } }],
    ['store', { store: 'redis://localhost' }],
    ['introspection', { introspection: false }],
    ['nothing', {}],
  ])('hold for the sandbox: %s', (_, file) => {
    expect(onSandbox(file)).toMatchObject({ sandboxPorts: free, accounts: [] });
  });

  it('stand in a file as well, an empty one too', () => {
    expect(read('cors: { origins: [https://app.example] }')).toMatchObject({
      sandboxPorts: free,
      corsOrigins: ['https://app.example'],
    });
    expect(read('').sandboxPorts).toEqual(free);
    expect(read({ accounts: [main] }).sandboxPorts).toBeUndefined();
  });

  it('may let others reach the sandbox, once it is said who', () => {
    const access = { keys: [{ name: 'a', sha256: hash, may: ['read'] }] };
    expect(onSandbox({ access }, { HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
    expect(onSandbox({ access: 'open' }, { HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
    expect(problemsOf({ cost: { depth: 5 } }, { HOST: '0.0.0.0' })).toEqual([
      expect.stringMatching(/^HOST: 0\.0\.0\.0 is reachable by others; give `access` rules/),
    ]);
  });

  it('may name the accounts of the sandbox in rules of access, and no others', () => {
    const named = (accounts: readonly string[]) => ({
      access: { keys: [{ name: 'a', sha256: hash, accounts, may: ['read'] }] },
    });
    expect(problemsOf(named(sandboxKeys))).toEqual([]);
    expect(problemsOf(named(['sbc-sandbox', 'main']))).toEqual([
      'access.keys[0].accounts[1]: main is the key of no account',
    ]);
  });

  it('are joined by the accounts that the sandbox has once it listens', () => {
    const config = onSandbox({ limits: { readDeadline: '10s', headersTimeout: '1s' } });
    const { accounts, limits } = withAccounts(config, registry, [main]);
    expect(accounts.map(({ entry }) => entry)).toEqual([{ key: 'main', name: 'main', limits }]);
    expect(limits.headersTimeout).toBe(1_000);
    expect(() => withAccounts(config, registry, [{ ...main, colour: 'red' }])).toThrow(
      new ConfigError([{ path: 'accounts[0].colour', message: 'is not a known key' }]),
    );
  });
});

describe('the sandbox in production', () => {
  it('runs only if the file says so', () => {
    expect(problemsOf({}, production)).toEqual([refused]);
    expect(problemsOf({ sandbox: false }, production)).toEqual([refused]);
    expect(problemsOf({ cost: { depth: 5 } }, production)).toEqual([refused]);
    expect(onSandbox({ sandbox: true }, production)).toMatchObject({ sandboxPorts: free, explorer: false });
  });

  it('is told beside everything else', () => {
    const env = { ...production, HOST: '0.0.0.0', PORT: 'x' };
    expect(problemsOf({ colour: 'red' }, env)).toEqual([
      'PORT: must be a port',
      'colour: is not a known key',
      refused,
      expect.stringMatching(/^HOST: /),
    ]);
  });
});

describe('the sandbox', () => {
  it('does not run where the file says that it must not', () => {
    expect(problemsOf({ sandbox: false })).toEqual(['accounts: is missing, and `sandbox` is false']);
    expect(problemsOf({ sandbox: false, accounts: [main] })).toEqual([]);
    expect(onSandbox({ sandbox: true }).sandboxPorts).toEqual(free);
  });

  it('does not run beside accounts', () => {
    const message = 'has no effect together with `accounts`: the emulated carriers run only without accounts';
    const ports = { bandwidth: 4001 };
    expect(problemsOf({ accounts: [main], sandbox: true, sandboxPorts: ports })).toEqual([
      `sandbox: ${message}`,
      `sandboxPorts: ${message}`,
    ]);
  });

  it('takes the ports that it is given', () => {
    const ports = { bandwidth: 4001, connect: 4002 };
    expect(onSandbox({ sandboxPorts: ports }).sandboxPorts).toEqual({ ...ports, sbc: 0 });
  });

  it.each<[string, object, Environment, string[]]>([
    [
      'one port for two carriers',
      { connect: 4001, sbc: 4001 },
      {},
      ["sandboxPorts.sbc: is sandboxPorts.connect's port"],
    ],
    ['the port of the API', { sbc: 8080 }, { PORT: '8080' }, ["sandboxPorts.sbc: is PORT's port"]],
    ['the port of the API by default', { bandwidth: 4000 }, {}, ["sandboxPorts.bandwidth: is PORT's port"]],
    ['free ones for all', { bandwidth: 0, connect: 0, sbc: 0 }, { PORT: '0' }, []],
    [
      'no port',
      { bandwidth: 70_000 },
      {},
      ['sandboxPorts.bandwidth: Too big: expected number to be <=65535'],
    ],
    ['a carrier that there is not', { twilio: 1 }, {}, ['sandboxPorts.twilio: is not a known key']],
  ])('is told of %s', (_, sandboxPorts, env, problems) => {
    expect(problemsOf({ sandboxPorts }, env)).toEqual(problems);
  });
});
