import { registry } from '../../src/adapters/registry.ts';
import { type Environment, readConfig, withAccounts } from '../../src/config/config.ts';
import {
  createManualClock,
  type ManualClock,
  type Sandbox,
  sandboxKeys,
  startSandbox,
} from '../../src/sandbox/index.ts';
import { createServer, endpoint } from '../../src/server/create-server.ts';

/** The whole product on emulated carriers: what a user has after `npm start`, and a clock. */
export interface Facade {
  readonly sandbox: Sandbox;
  readonly clock: ManualClock;
  readonly url: string;
  ask<Data = Record<string, unknown>>(query: string, variables?: object): Promise<Answer<Data>>;
  close(): Promise<void>;
}

export interface Answer<Data> {
  readonly data: Data;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: {
      readonly code: string;
      readonly field?: readonly string[];
      readonly retryAfter?: number;
    };
  }[];
}

export interface FacadeOptions {
  readonly calls?: number;
  readonly file?: Readonly<Record<string, unknown>>;
  readonly env?: Environment;
}

/** @param calls how many calls each carrier begins with */
export async function startFacade({ calls = 0, file = {}, env = {} }: FacadeOptions = {}): Promise<Facade> {
  const clock = createManualClock(Date.now());
  const sandbox = await startSandbox({ clock, calls, seed: 1 });
  const read = readConfig(registry, { sandbox: true, ...file }, { LOG_LEVEL: 'silent', ...env }, sandboxKeys);
  const config = withAccounts(read, registry, sandbox.accounts);
  const server = await createServer(config);
  const url = (await server.app.listen({ host: '127.0.0.1', port: 0 })) + endpoint;
  return {
    sandbox,
    clock,
    url,
    ask: async <Data>(query: string, variables?: object) => {
      const body = JSON.stringify({ query, variables });
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return (await response.json()) as Answer<Data>;
    },
    close: async () => {
      await server.close();
      await sandbox.close();
    },
  };
}

/** How the ids of this API are made: opaque to clients, but a test may know. */
export function accountId(key: string): string {
  return Buffer.from(`Account:${key}`).toString('base64url');
}
