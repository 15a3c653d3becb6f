import { type BandwidthCarrier, startBandwidth } from './bandwidth/index.ts';
import { type Clock, systemClock } from './clock.ts';
import { type ConnectCarrier, startConnect } from './restcomm/connect/index.ts';
import { type SbcCarrier, startSbc } from './restcomm/sbc/index.ts';

/** All three carriers, and the accounts file that leads to them. */
export interface Sandbox {
  readonly bandwidth: BandwidthCarrier;
  readonly connect: ConnectCarrier;
  readonly sbc: SbcCarrier;
  /** Entries as the accounts file has them: keys `bandwidth-sandbox`, `connect-sandbox` and `sbc-sandbox`. */
  readonly accounts: readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

/** What the sandbox may be told. */
export interface SandboxOptions {
  readonly clock?: Clock;
  /** The same seed at the same time of the clock gives the same calls; 1 by default. */
  readonly seed?: number;
  /** Calls per carrier to begin with; 3000 by default. */
  readonly calls?: number;
}

/** Starts every carrier with a week of calls behind it, and with Bandwidth's own default limits. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  const shared = { clock, seed: { calls: options.calls ?? 3000, seed: options.seed ?? 1 } };
  const [bandwidth, connect, sbc] = await Promise.all([
    startBandwidth({ ...shared, cps: 5, maxSessions: 100 }),
    startConnect(shared),
    startSbc(shared),
  ]);
  return {
    bandwidth,
    connect,
    sbc,
    accounts: [
      {
        key: 'bandwidth-sandbox',
        name: 'Bandwidth, sandbox',
        provider: 'bandwidth',
        accountId: bandwidth.accountId,
        applicationId: bandwidth.applicationId,
        baseUrl: bandwidth.baseUrl,
        tokenUrl: bandwidth.tokenUrl,
        auth: { clientId: bandwidth.clientId, clientSecret: bandwidth.clientSecret },
      },
      {
        key: 'connect-sandbox',
        name: 'Restcomm Connect, sandbox',
        provider: 'restcomm',
        dialect: 'connect',
        accountSid: connect.accountSid,
        baseUrl: connect.baseUrl,
        auth: { username: connect.accountSid, password: connect.authToken },
        format: 'json',
      },
      {
        key: 'sbc-sandbox',
        name: 'Restcomm SBC, sandbox',
        provider: 'restcomm',
        dialect: 'sbc',
        baseUrl: sbc.baseUrl,
        auth: { username: sbc.username, password: sbc.password },
        format: 'json',
      },
    ],
    async close() {
      await Promise.all([bandwidth.close(), connect.close(), sbc.close()]);
    },
  };
}
