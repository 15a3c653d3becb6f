import { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import { settings } from '../../../src/adapters/bandwidth/settings.ts';
import type { NewCall } from '../../../src/calls/new-call.ts';
import type { Operation } from '../../../src/calls/operation.ts';
import type { BandwidthCarrier } from '../../../src/sandbox/index.ts';

export const limits = {
  connectTimeout: 1_000,
  headersTimeout: 1_000,
  readDeadline: 2_000,
  maxBodyBytes: 33_554_432,
  /** So many that none waits its turn. */
  callsPerSecond: 100_000,
};

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
  const { accountId, applicationId, baseUrl, tokenUrl, clientId, clientSecret } = carrier;
  const entry = { key: 'bandwidth-main', name: 'Bandwidth, main', limits: { ...limits, ...changedLimits } };
  return new BandwidthAdapter(
    settings.parse({
      accountId,
      applicationId,
      baseUrl,
      tokenUrl,
      auth: auth ?? { clientId, clientSecret },
      ...changed,
    }),
    entry,
    now,
  );
}

export function operation(signal: AbortSignal = new AbortController().signal): Operation {
  return { signal, requests: 0, milliseconds: 0 };
}

/** A call with nothing but what the schema requires. */
export const newCall: NewCall = {
  from: '+19195554321',
  to: '+19195551234',
  answerUrl: 'https://app.example/answer',
  answerMethod: 'POST',
  fallbackMethod: 'POST',
  statusMethod: 'POST',
};

/** What reached the Voice API, tokens apart. */
export function asked(carrier: BandwidthCarrier) {
  return carrier.journal.filter(({ path }) => path.startsWith('/api/v2/'));
}

export function tokensAsked(carrier: BandwidthCarrier): number {
  return carrier.journal.filter(({ path }) => path.endsWith('/oauth2/token')).length;
}
