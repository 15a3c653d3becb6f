// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is how the file names the environment
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, type Environment, readConfig } from '../../src/config/config.ts';
import { main, problemsOf, read, registry } from '../support/accounts-file.ts';

describe('a duration', () => {
  it.each([
    ['1ms', 1],
    ['500ms', 500],
    ['2s', 2_000],
    ['0.5s', 500],
    ['1.5m', 90_000],
    ['1h', 3_600_000],
    ['24h', 86_400_000],
    // In binary fractions it is a little more, or less, than a whole number.
    ['16.1s', 16_100],
    ['1.001s', 1_001],
    ['1.4ms', 1],
    ['2147483646.9ms', 2_147_483_647],
  ])('%s is %d milliseconds', (readDeadline, milliseconds) => {
    expect(read({ accounts: [main], limits: { readDeadline } }).limits.readDeadline).toBe(milliseconds);
  });

  it.each(['', '2', '2 s', '-2s', '2S', '2d', 's', '.5s', '1e3ms', '2s\n'])('is not %j', (readDeadline) => {
    expect(problemsOf({ accounts: [main], limits: { readDeadline } })).toEqual([
      'limits.readDeadline: must be a duration such as 500ms, 2s or 1m',
    ]);
  });

  it.each(['0ms', '0.5ms', '0s', '2147483648ms', '25000h'])(
    'must be one that a timer can hold, not %s',
    (readDeadline) => {
      expect(problemsOf({ accounts: [main], limits: { readDeadline } })).toEqual([
        'limits.readDeadline: must be between 1ms and 24 days',
      ]);
    },
  );
});

describe('a value from the environment', () => {
  const nameOf = (name: string, env: Environment) =>
    read(`accounts: [${JSON.stringify({ ...main, name })}]`, env).accounts[0]?.entry.name;

  it.each([
    ['${A}', 'one'],
    ['${A}-${B_2}', 'one-two'],
    ['x${A}y', 'xoney'],
    ['$A', '$A'],
    ['$ {A}', '$ {A}'],
    ['${TWICE}', '${A}'],
    ['${OPEN}', 'a${b'],
  ])('stands for %s', (text, value) => {
    expect(nameOf(text, { A: 'one', B_2: 'two', TWICE: '${A}', OPEN: 'a${b' })).toBe(value);
  });

  it.each(['${', '${}', '${A B}', '${A-B}', '${1}', 'x${A', '${ A }', '${A}${'])(
    'is not looked for behind a `${` without a name: %s is an error with its path',
    (text) => {
      const message =
        'holds `${` without a name and `}` behind it, such as `${NAME}`; a text with `${` in it can come from a variable';
      expect(problemsOf(`accounts: [${JSON.stringify({ ...main, name: text })}]`, { A: 'one' })).toEqual([
        `accounts[0].name: ${message}`,
      ]);
    },
  );

  it('cannot add anything to the file', () => {
    expect(nameOf('${A}', { A: 'x", admin: true, "y: {' })).toBe('x", admin: true, "y: {');
  });

  it('must be set, wherever it stands', () => {
    const file = `
accounts: [{ ...main }]
cors: { origins: ["\${ORIGIN}", "https://\${HOST_NAME}/\${constructor}"] }
`;
    expect(problemsOf(file.replace('{ ...main }', JSON.stringify(main)))).toEqual([
      'cors.origins[0]: the environment variable ORIGIN is not set',
      'cors.origins[1]: the environment variable HOST_NAME is not set',
      'cors.origins[1]: the environment variable constructor is not set',
    ]);
  });

  it('is told once when it is not set, and nothing else of its place', () => {
    const account = { ...main, key: '${A}', provider: '${B}', baseUrl: '${C}' };
    const file = {
      accounts: [account, account],
      limits: { readDeadline: '${D}' },
      store: '${E}',
      colour: '${F}',
    };
    expect(problemsOf(JSON.stringify(file))).toEqual([
      ...[0, 1].flatMap((i) => [
        `accounts[${i}].key: the environment variable A is not set`,
        `accounts[${i}].provider: the environment variable B is not set`,
        `accounts[${i}].baseUrl: the environment variable C is not set`,
      ]),
      'limits.readDeadline: the environment variable D is not set',
      'store: the environment variable E is not set',
      'colour: the environment variable F is not set',
    ]);
  });

  it('is not looked for in what is no text', () => {
    expect(
      problemsOf(`accounts: [${JSON.stringify(main)}]\nintrospection: true\nlimits: { maxBodyBytes: 5 }`),
    ).toEqual([]);
  });
});

describe('an accounts file that cannot be read', () => {
  it('is named, with the reason', () => {
    const path = join(tmpdir(), 'no-such-folder', 'accounts.yml');
    expect(() => readConfig(registry, undefined, { CALLS_CONFIG: path, PORT: 'x' })).toThrow(
      new ConfigError([
        {
          path: 'CALLS_CONFIG',
          message: `cannot be read: ENOENT: no such file or directory, open '${path}'`,
        },
        { path: 'PORT', message: 'must be a port' },
      ]),
    );
  });

  it.each([
    [
      'accounts: [',
      'Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 12',
    ],
    ['a: 1\na: 2', 'Map keys must be unique at line 2, column 1'],
    ['a: 1\n---\nb: 2', expect.stringContaining('multiple documents')],
    [
      '{ "accounts": [,, { "key": "a", "limits": {,} } ] }',
      'Unexpected , in flow sequence at line 1, column 17',
    ],
    ['a: !env SECRET', 'Unresolved tag at line 1, column 4'],
    ['a: *nowhere', 'Unresolved alias (the anchor must be set before the alias)'],
    ['a: &a [*a]', 'Converting circular structure to JSON'],
    [
      [
        'a: &a [x]',
        ...['b', 'c', 'd', 'e'].map((key, i) => `${key}: &${key} [${`*${'abcd'[i]},`.repeat(10)}]`),
      ].join('\n'),
      'Excessive alias count indicates a resource exhaustion attack',
    ],
  ])('is neither YAML nor JSON: %j', (file, message) => {
    expect(problemsOf(file)).toEqual([
      typeof message === 'string' ? `FILE: is not YAML or JSON: ${message}` : message,
    ]);
  });

  it.each([
    'auth: { password: hunter2\nkey: [',
    'password: *hunter2',
    'password: !hunter2',
    'auth: { username: u, password: "a" hunter2 }',
    'password: &hunter2 *hunter2',
  ])('does not have its lines repeated, which may hold secrets: %j', (file) => {
    const problems = problemsOf(file);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join()).not.toContain('hunter2');
  });
});
