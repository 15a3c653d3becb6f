import { afterAll } from 'vitest';
import { registry } from '../../src/adapters/registry.ts';
import { type Config, readConfig, withAccounts } from '../../src/config/config.ts';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import {
  type BandwidthCarrier,
  type BandwidthOptions,
  type ConnectCarrier,
  type ConnectOptions,
  createManualClock,
  type ManualClock,
  type SbcCarrier,
  type SbcOptions,
  sandboxKeys,
  startBandwidth,
  startConnect,
  startSandbox,
  startSbc,
} from '../../src/sandbox/index.ts';
import { createServer, endpoint } from '../../src/server/create-server.ts';
import { accountsOn, type Carriers, connectSettings } from './carrier-accounts.ts';
import { type Answer, post, type Reply, send } from './post.ts';

/** Short, so that what runs into them does so soon, by the virtual time that `guard` sets up. */
export const limits = {
  connectTimeout: '1200ms',
  headersTimeout: '1s',
  readDeadline: '4s',
  maxBodyBytes: 300_000,
};

/** The accounts that there are without a sandbox, each on the emulated carrier that it is named after. */
export const accountKeys = ['bandwidth', 'connect', 'connect-xml', 'sbc'] as const;
export type AccountKey = (typeof accountKeys)[number];

export interface ProductOptions {
  /** Calls that each carrier begins with: the accounts, carriers and limits of `npm start` without an accounts file. */
  readonly sandbox?: number;
  readonly bandwidth?: BandwidthOptions;
  readonly connect?: ConnectOptions;
  readonly sbc?: SbcOptions;
  readonly limits?: Partial<Record<keyof typeof limits | 'callsPerSecond', string | number>>;
  /** Whatever else stands in the accounts file; `accounts` replaces those of the carriers. */
  readonly file?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole product, in this process, on emulated carriers that do as they are told. */
export interface Product extends Carriers {
  readonly clock: ManualClock;
  /** Of the GraphQL endpoint. */
  readonly url: string;
  /** What the metrics server answers to `GET /metrics`; it listens from the first call on. */
  scrape(headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** Puts the same configuration in use, with the files that it names read again. */
  reload(): void;
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

/** A route for each file of the pages would take a good part of the start. */
const withoutPages = { explorer: false, console: false };

/** Starts the carriers and the server. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const clock = createManualClock(Date.now());
  const { carriers, config } = await (options.sandbox === undefined ? onCarriers : onSandbox)(options, clock);
  const server = await createServer(config, config.subgraph ? undefined : schema);
  const url = (await server.app.listen({ host: '127.0.0.1', port: 0 })) + endpoint;
  const { bandwidth, connect, sbc } = carriers;
  const byKey = { bandwidth, connect, 'connect-xml': connect, sbc };
  return {
    clock,
    bandwidth,
    connect,
    sbc,
    url,
    app: server.app,
    reload: () => server.reload(config),
    async scrape(headers) {
      if (server.metrics?.port === 0) await server.metrics.listen();
      return send(`http://127.0.0.1:${server.metrics?.port}/metrics`, headers && { headers });
    },
    ask: (query, variables, headers) => post(url, query, variables, headers),
    carrierOf: (account) => byKey[account],
    close: async () => {
      await server.close();
      await Promise.all([bandwidth.close(), connect.close(), sbc.close()]);
    },
  };
}

/**
 * The product for the time of one test. Afterwards, with nothing wrong any more, it must answer the next request, and
 * close with no connection left.
 */
export async function withProduct<T>(
  options: ProductOptions,
  run: (product: Product) => Promise<T>,
): Promise<T> {
  const started = await startProduct(options);
  try {
    const outcome = await run(started);
    await answersNext(started);
    return outcome;
  } finally {
    await started.close();
  }
}

/**
 * `withProduct` for the tests of one file that leave nothing in the server for each other to notice, such as input
 * that is refused. At any moment a product has one test; a test that follows finds it with no call, fault or request.
 */
export function shareProducts(
  options: ProductOptions = {},
): <T>(run: (product: Product) => Promise<T>) => Promise<T> {
  const started: Product[] = [];
  const idle: Product[] = [];
  afterAll(() => Promise.all(started.map((product) => product.close())));
  return async (run) => {
    const product = idle.pop() ?? (await startProduct(options));
    if (!started.includes(product)) started.push(product);
    // One that has failed a test is not used again.
    const outcome = await run(product);
    await answersNext(product);
    for (const carrier of [product.bandwidth, product.connect, product.sbc]) {
      carrier.clear();
      carrier.journal.clear();
    }
    idle.push(product);
    return outcome;
  };
}

/** With nothing wrong any more, the next request is answered. */
async function answersNext({ bandwidth, connect, sbc, ask }: Product): Promise<void> {
  for (const { faults } of [bandwidth, connect, sbc]) faults.clear();
  const { status } = await ask('{ __typename }');
  if (![200, 401].includes(status)) throw new Error(`The next request is answered with ${status}.`);
}

interface Parts {
  readonly carriers: Carriers;
  readonly config: Config;
}

async function onSandbox({ sandbox, file, env }: ProductOptions, clock: ManualClock): Promise<Parts> {
  const carriers = await startSandbox({ clock, calls: sandbox ?? 0, seed: 1 });
  const silent = { LOG_LEVEL: 'silent', ...env };
  const read = readConfig(registry, { sandbox: true, ...withoutPages, ...file }, silent, sandboxKeys);
  return { carriers, config: withAccounts(read, registry, carriers.accounts) };
}

async function onCarriers(options: ProductOptions, clock: ManualClock): Promise<Parts> {
  const [bandwidth, connect, sbc] = await Promise.all([
    startBandwidth({ clock, ...options.bandwidth }),
    startConnect({ clock, ...options.connect }),
    startSbc({ clock, create: true, ...options.sbc }),
  ]);
  const carriers = { bandwidth, connect, sbc };
  const file = {
    accounts: accountsOn(carriers),
    limits: { ...limits, ...options.limits },
    ...withoutPages,
    ...options.file,
  };
  const read = readConfig(registry, file, { LOG_LEVEL: 'silent', ...options.env });
  return { carriers, config: options.file?.accounts === undefined ? withXml(read, connect) : read };
}

/**
 * Connect's account a second time, in its other format. No accounts file may have one account under two keys, so that
 * it is added to the configuration that was read.
 */
function withXml(config: Config, carrier: ConnectCarrier): Config {
  const entry = { key: 'connect-xml', provider: 'restcomm', ...connectSettings(carrier), format: 'xml' };
  const [bandwidth, connect, ...others] = config.accounts;
  const accounts = [bandwidth, connect, ...withAccounts(config, registry, [entry]).accounts, ...others];
  return { ...config, accounts: accounts.filter((each) => each !== undefined) };
}
