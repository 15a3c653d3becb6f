import { expect, it } from 'vitest';
import { z } from 'zod';
import { registry } from '../../src/adapters/registry.ts';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { describeIssue } from '../../src/config/describe-issue.ts';

it.each<[string, z.ZodType, unknown, string]>([
  ['nothing', z.string(), undefined, 'is missing'],
  ['no choice', z.enum(['a', 'b']), undefined, 'is missing'],
  ['another choice', z.enum(['a', 'b']), 'c', 'must be one of a, b'],
  ['a number for a text', z.string(), 1, 'must be a string'],
  ['null for a text', z.string(), null, 'must be a string'],
  ['a text for a number', z.number(), '1', 'must be a number'],
  ['what is no number', z.number(), Number.NaN, 'must be a number'],
  ['a fraction', z.int(), 1.5, 'must be a whole number'],
  ['a text for a truth', z.boolean(), 'yes', 'must be true or false'],
  ['a mapping for a list', z.array(z.string()), {}, 'must be a list'],
  ['a list for a mapping', z.strictObject({}), [], 'must be a mapping'],
  ['an empty text', z.string().min(1), '', 'must not be empty'],
  ['an empty list', z.array(z.string()).min(1), [], 'must not be empty'],
  ['too little', z.int().min(2), 1, 'must be at least 2'],
  ['nothing at all', z.int().positive(), 0, 'must be more than 0'],
  ['too much', z.int().max(2), 3, 'must be at most 2'],
  ['what a schema has words for', z.string('must be a colour'), 1, 'must be a colour'],
])('words %s', (_, schema, value, message) => {
  const { error } = schema.safeParse(value, { error: describeIssue });
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});

it('leaves no word of the library in what is said of an accounts file', () => {
  const accounts = [
    { key: 'a', provider: 'bandwidth' },
    { key: 'b', provider: 'bandwidth', accountId: 9900000, auth: { clientId: 'a', clientSecret: '' } },
    { key: 'c', provider: 'restcomm', dialect: 'cloud' },
    { key: 'd', provider: 'restcomm', format: 'yaml', auth: { username: 'a' } },
  ];
  const limits = { connectTimeout: 2, requestsPerList: 1.5 };
  const cost = { tokens: 20_000, depth: 'deep' };
  const file = { accounts, limits, cost, store: 7, cors: {}, access: { jwt: { algorithms: ['none'] } } };
  const algorithms = 'RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519';
  const problems = [
    'limits.connectTimeout: must be a duration such as 500ms, 2s or 1m',
    'limits.requestsPerList: must be a whole number',
    'access.jwt.issuer: is missing',
    'access.jwt.audience: must be a string, or a list of strings',
    `access.jwt.algorithms[0]: must be one of ${algorithms}`,
    'cost.tokens: must be at most 10000',
    'cost.depth: must be a number',
    'store: must be a string',
    'cors.origins: is missing',
    'accounts[0].accountId: is missing',
    'accounts[0].auth: must hold clientId and clientSecret, or username and password',
    'accounts[1].accountId: must be a string; quote it, since it is made of digits',
    'accounts[1].auth.clientSecret: must not be empty',
    'accounts[2].dialect: must be one of connect, sbc',
    'accounts[3].accountSid: is missing',
    'accounts[3].baseUrl: is missing',
    'accounts[3].auth.password: is missing',
    'accounts[3].format: must be one of json, xml',
  ];
  const given = problems.map((line) => line.split(': ') as [string, string]);
  expect(() => readConfig(registry, file, {})).toThrow(
    new ConfigError(given.map(([path, message]) => ({ path, message }))),
  );
});
