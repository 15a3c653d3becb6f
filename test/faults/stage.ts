import { afterAll, beforeAll, expect } from 'vitest';
import { registry } from '../../src/adapters/registry.ts';
import { type Config, readConfig, withAccounts } from '../../src/config/config.ts';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import {
  type BandwidthCarrier,
  type BandwidthOptions,
  type ConnectCarrier,
  type ConnectOptions,
  createManualClock,
  type Journal,
  type ManualClock,
  type SbcCarrier,
  type SbcOptions,
  startBandwidth,
  startConnect,
  startSbc,
} from '../../src/sandbox/index.ts';
import { createServer, endpoint } from '../../src/server/create-server.ts';
import { installVirtualTime } from '../support/virtual-time.ts';
import { type Answer, pause, post } from './ask.ts';

/** Short, so that what runs into them does so soon, by the virtual time that `guard` sets up. */
export const limits = {
  connectTimeout: '1200ms',
  headersTimeout: '1s',
  readDeadline: '4s',
  maxBodyBytes: 300_000,
};

/** The accounts that there are, each on the emulated carrier that it is named after. */
export const accountKeys = ['bandwidth', 'connect', 'connect-xml', 'sbc'] as const;
export type AccountKey = (typeof accountKeys)[number];

export interface StageOptions {
  readonly bandwidth?: BandwidthOptions;
  readonly connect?: ConnectOptions;
  readonly sbc?: SbcOptions;
  readonly limits?: Partial<Record<keyof typeof limits | 'callsPerSecond', string | number>>;
  /** Whatever else stands in the accounts file; `accounts` replaces those of the carriers. */
  readonly file?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole product, in this process, on carriers that do as they are told. */
export interface Stage {
  readonly clock: ManualClock;
  readonly bandwidth: BandwidthCarrier;
  readonly connect: ConnectCarrier;
  readonly sbc: SbcCarrier;
  /** Of the GraphQL endpoint. */
  readonly url: string;
  readonly app: Awaited<ReturnType<typeof createServer>>['app'];
  ask<Data = Record<string, never>>(
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Data>>;
  carrierOf(account: AccountKey): BandwidthCarrier | ConnectCarrier | SbcCarrier;
  close(): Promise<void>;
}

/** Loading it takes longer than all else. */
const schema = loadSchema();

async function openStage(options: StageOptions = {}): Promise<Stage> {
  const clock = createManualClock(Date.now());
  const [bandwidth, connect, sbc] = await Promise.all([
    startBandwidth({ clock, ...options.bandwidth }),
    startConnect({ clock, ...options.connect }),
    startSbc({ clock, create: true, ...options.sbc }),
  ]);
  const file = {
    accounts: accountsOn(bandwidth, connect, sbc),
    limits: { ...limits, ...options.limits },
    ...options.file,
  };
  const read = readConfig(registry, file, { LOG_LEVEL: 'silent', ...options.env });
  const config = options.file?.accounts === undefined ? withXml(read, connect) : read;
  const server = await createServer(config, schema);
  const url = (await server.app.listen({ host: '127.0.0.1', port: 0 })) + endpoint;
  const carriers = { bandwidth, connect, 'connect-xml': connect, sbc };
  return {
    clock,
    bandwidth,
    connect,
    sbc,
    url,
    app: server.app,
    ask: (query, variables, headers) => post(url, query, variables, headers),
    carrierOf: (account) => carriers[account],
    close: async () => {
      await server.close();
      await Promise.all([bandwidth.close(), connect.close(), sbc.close()]);
    },
  };
}

/**
 * Connect's account a second time, in its other format. No accounts file may have one account under two keys, so that
 * it is put beside the others behind the file's back.
 */
function withXml(config: Config, { accountSid, authToken, baseUrl }: ConnectCarrier): Config {
  const auth = { username: accountSid, password: authToken };
  const entry = { key: 'connect-xml', provider: 'restcomm', accountSid, baseUrl, auth, format: 'xml' };
  const [bandwidth, connect, ...others] = config.accounts;
  const accounts = [bandwidth, connect, ...withAccounts(config, registry, [entry]).accounts, ...others];
  return { ...config, accounts: accounts.filter((each) => each !== undefined) };
}

export function accountsOn(bandwidth: BandwidthCarrier, connect: ConnectCarrier, sbc: SbcCarrier): object[] {
  const { accountId, applicationId, tokenUrl, clientId, clientSecret } = bandwidth;
  const auth = { username: connect.accountSid, password: connect.authToken };
  return [
    {
      key: 'bandwidth',
      provider: 'bandwidth',
      accountId,
      applicationId,
      tokenUrl,
      baseUrl: bandwidth.baseUrl,
      auth: { clientId, clientSecret },
    },
    {
      key: 'connect',
      provider: 'restcomm',
      accountSid: connect.accountSid,
      baseUrl: connect.baseUrl,
      auth,
    },
    {
      key: 'sbc',
      provider: 'restcomm',
      dialect: 'sbc',
      baseUrl: sbc.baseUrl,
      auth: { username: sbc.username, password: sbc.password },
    },
  ];
}

/** Requests that were to place, change or end a call; those for a token are none. */
export function writesIn(journal: Journal) {
  return journal.filter(({ method, path }) => method !== 'GET' && !path.includes('oauth2'));
}

/** What keeps this process alive, and how many of each. */
function resources(): Record<string, number> {
  const counted = ['TCPSocketWrap', 'TCPServerWrap', 'Timeout'];
  const count = (name: string) => process.getActiveResourcesInfo().filter((each) => each === name).length;
  return Object.fromEntries(counted.map((name) => [name, count(name)]));
}

/**
 * To be called once in every file of this folder: whatever its rows have done, no socket and no timer is
 * left when all is closed, and no rejection was left unhandled. Time is virtual unless a row needs another
 * process, or the load that this one can bear.
 */
export function guard({ time = 'virtual' }: { readonly time?: 'virtual' | 'real' } = {}): void {
  if (time === 'virtual') installVirtualTime();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  let before: Record<string, number> = {};
  beforeAll(() => {
    process.on('unhandledRejection', note);
    before = resources();
  });
  afterAll(async () => {
    for (let wait = 0; wait < 3_000 && !isWithin(resources(), before); wait += 50) await pause(50);
    expect(isWithin(resources(), before), JSON.stringify([before, resources()])).toBe(true);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
}

function isWithin(now: Record<string, number>, before: Record<string, number>): boolean {
  return Object.entries(now).every(([name, count]) => count <= (before[name] ?? 0));
}

/**
 * The product for the time of one row. Afterwards, with nothing wrong any more, it must answer the next
 * request, and end with nobody left on the line.
 */
export async function onStage<T>(options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await openStage(options);
  try {
    const outcome = await play(stage);
    for (const { faults } of [stage.bandwidth, stage.connect, stage.sbc]) faults.clear();
    const { status } = await stage.ask('{ __typename }');
    if (![200, 401].includes(status)) throw new Error(`The next request is answered with ${status}.`);
    return outcome;
  } finally {
    await stage.close();
  }
}
