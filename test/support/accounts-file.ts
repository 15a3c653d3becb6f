import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAdapterFactory } from '../../src/calls/calls-adapter.ts';
import { type Config, ConfigError, type Environment, readConfig } from '../../src/config/config.ts';
import { ArrayAdapter } from './array-adapter.ts';
import { someAccount } from './some-call.ts';

const auth = z.union([
  z.strictObject({ clientId: z.string(), clientSecret: z.string() }),
  z.strictObject({ username: z.string(), password: z.string() }),
]);

/** Two providers with the keys that the README names, and none of their behaviour. */
export const registry = {
  BANDWIDTH: factoryOf({
    accountId: z.string(),
    applicationId: z.string().optional(),
    baseUrl: z.url().default('https://voice.bandwidth.com/api/v2'),
    tokenUrl: z.url().default('https://api.bandwidth.com/api/v1/oauth2/token'),
    auth,
  }),
  RESTCOMM: factoryOf({
    dialect: z.enum(['connect', 'sbc']).default('connect'),
    accountSid: z.string().optional(),
    baseUrl: z.url(),
    auth,
    format: z.enum(['json', 'xml']).default('json'),
  }),
};

function factoryOf(shape: z.ZodRawShape) {
  return createAdapterFactory(z.strictObject(shape), (_, { key, name }) => {
    return new ArrayAdapter(someAccount({ key, name }));
  });
}

/** A good account. */
export const main = {
  key: 'main',
  provider: 'bandwidth',
  accountId: '9900000',
  auth: { clientId: 'id', clientSecret: 'secret' },
};

/** The configuration of this accounts file, as text or as what stands in for it. */
export function read(content: unknown, env: Environment = {}): Config {
  if (typeof content !== 'string') return readConfig(registry, content, env);
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'accounts.yml');
  writeFileSync(path, content);
  return readConfig(registry, undefined, { ...env, CALLS_CONFIG: path });
}

/** What is wrong with it, a line each; the path of the file is written `FILE`. */
export function problemsOf(content: unknown, env?: Environment): string[] {
  try {
    read(content, env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.replace(/^\S+accounts\.yml/gm, 'FILE').split('\n');
  }
}
