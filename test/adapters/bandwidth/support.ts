import { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import { settings } from '../../../src/adapters/bandwidth/settings.ts';
import type { Operation } from '../../../src/calls/operation.ts';
import type { BandwidthCarrier } from '../../../src/sandbox/index.ts';
import { bandwidthSettings } from '../../support/carrier-accounts.ts';

export const limits = {
  connectTimeout: 1_000,
  headersTimeout: 1_000,
  readDeadline: 2_000,
  maxBodyBytes: 33_554_432,
  /** So many that none waits its turn. */
  callsPerSecond: 100_000,
};

/** For what does not wait for a timeout: no such test may fail because the machine is busy. */
export const patient = { connectTimeout: 60_000, headersTimeout: 60_000, readDeadline: 60_000 };

/** An adapter for a carrier's account, with OAuth unless told otherwise. */
export function adapterOf(
  carrier: BandwidthCarrier,
  {
    auth,
    now,
    changedLimits = {},
    ...changed
  }: { auth?: object; now?: () => number; changedLimits?: object; [name: string]: unknown } = {},
): BandwidthAdapter {
  const entry = { key: 'bandwidth-main', name: 'Bandwidth, main', limits: { ...limits, ...changedLimits } };
  return new BandwidthAdapter(
    settings.parse({ ...bandwidthSettings(carrier), ...(auth && { auth }), ...changed }),
    entry,
    now,
  );
}

export function operation(signal: AbortSignal = new AbortController().signal): Operation {
  return { signal, requests: 0, milliseconds: 0 };
}

/** What reached the Voice API, tokens apart. */
export function asked(carrier: BandwidthCarrier) {
  return carrier.journal.filter(({ path }) => path.startsWith('/api/v2/'));
}

export function tokensAsked(carrier: BandwidthCarrier): number {
  return carrier.journal.filter(({ path }) => path.endsWith('/oauth2/token')).length;
}
