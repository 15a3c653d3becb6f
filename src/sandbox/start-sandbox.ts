import type { BandwidthCallbacks } from './bandwidth/call-hooks.ts';
import type { BandwidthCarrier } from './bandwidth/carrier.ts';
import { startBandwidth } from './bandwidth/index.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ConnectCarrier } from './restcomm/connect/carrier.ts';
import { startConnect } from './restcomm/connect/index.ts';
import type { ConnectCallbacks } from './restcomm/connect/leg.ts';
import { type SbcCarrier, startSbc } from './restcomm/sbc/index.ts';

/**
 * Starts all carriers with calls of the last week, and with Bandwidth's default limits.
 *
 * @throws the error of Node's `listen` if a port is unavailable; no carrier is left running
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { ports, clock = systemClock } = options;
  const { arrivalsPerMinute = 0, callbacks, log = () => {} } = options;
  const seed = { calls: options.calls ?? 3000, seed: options.seed ?? 1 };
  const shared = { clock, seed, arrivalsPerMinute, log };
  const starting = [
    startBandwidth({ ...shared, cps: 5, maxSessions: 100, port: ports?.bandwidth ?? 0 }),
    startConnect({ ...shared, port: ports?.connect ?? 0 }),
    startSbc({ ...shared, port: ports?.sbc ?? 0 }),
  ] as const;
  const [bandwidth, connect, sbc] = await Promise.all(starting).catch(async (error: unknown) => {
    for (const started of await Promise.allSettled(starting)) {
      if (started.status === 'fulfilled') await started.value.close();
    }
    throw error;
  });
  const setCallbacks = (given: SandboxCallbacks) => {
    bandwidth.callbacks = given.bandwidth ?? {};
    connect.callbacks = given.connect ?? {};
  };
  if (callbacks !== undefined) setCallbacks(callbacks);
  return {
    bandwidth,
    connect,
    sbc,
    accounts: [
      {
        key: sandboxKeys[0],
        name: 'Bandwidth, sandbox',
        provider: 'bandwidth',
        accountId: bandwidth.accountId,
        applicationId: bandwidth.applicationId,
        baseUrl: bandwidth.baseUrl,
        tokenUrl: bandwidth.tokenUrl,
        auth: { clientId: bandwidth.clientId, clientSecret: bandwidth.clientSecret },
      },
      {
        key: sandboxKeys[1],
        name: 'Restcomm Connect, sandbox',
        provider: 'restcomm',
        dialect: 'connect',
        accountSid: connect.accountSid,
        baseUrl: connect.baseUrl,
        auth: { username: connect.accountSid, password: connect.authToken },
        format: 'json',
      },
      {
        key: sandboxKeys[2],
        name: 'Restcomm SBC, sandbox',
        provider: 'restcomm',
        dialect: 'sbc',
        baseUrl: sbc.baseUrl,
        auth: { username: sbc.username, password: sbc.password },
        format: 'json',
      },
    ],
    setCallbacks,
    async close() {
      await Promise.all([bandwidth.close(), connect.close(), sbc.close()]);
    },
  };
}

/** Keys of the sandbox's accounts at Bandwidth, Restcomm Connect and Restcomm SBC, in this order. */
export const sandboxKeys = ['bandwidth-sandbox', 'connect-sandbox', 'sbc-sandbox'] as const;

/** The three running carriers, and the accounts to configure for them. */
export interface Sandbox {
  readonly bandwidth: BandwidthCarrier;
  readonly connect: ConnectCarrier;
  readonly sbc: SbcCarrier;
  /** Entries for `accounts` of the accounts file, with the keys of `sandboxKeys`. */
  readonly accounts: readonly Readonly<Record<string, unknown>>[];
  /** Sets the webhooks for calls that arrive from now on: an application often knows its address only later. */
  setCallbacks(callbacks: SandboxCallbacks): void;
  close(): Promise<void>;
}

/** The webhooks for inbound calls at each carrier. SBC has none. Only loopback addresses are used. */
export interface SandboxCallbacks {
  readonly bandwidth?: BandwidthCallbacks;
  readonly connect?: ConnectCallbacks;
}

export interface SandboxOptions {
  readonly clock?: Clock;
  /** The same seed at the same time of the clock gives the same calls; 1 by default. */
  readonly seed?: number;
  /** Calls per carrier to begin with; 3000 by default. */
  readonly calls?: number;
  /** Inbound calls that arrive by themselves at each carrier, on average; 0 by default. */
  readonly arrivalsPerMinute?: number;
  /** The webhooks for inbound calls; none by default. */
  readonly callbacks?: SandboxCallbacks;
  /** Told what the carriers do not do, such as a webhook to an address that is not loopback; nobody by default. */
  readonly log?: (line: string) => void;
  /** Ports of the carriers; 0, the default, picks a free port. */
  readonly ports?: Readonly<Partial<Record<'bandwidth' | 'connect' | 'sbc', number>>>;
}
