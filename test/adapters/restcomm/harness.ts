import { onTestFinished } from 'vitest';
import { restcomm } from '../../../src/adapters/restcomm/index.ts';
import type { CallsAdapter } from '../../../src/calls/calls-adapter.ts';
import type { Operation } from '../../../src/calls/operation.ts';
import {
  type ConnectCarrier,
  type ConnectOptions,
  createManualClock,
  type ManualClock,
  type SbcCarrier,
  type SbcOptions,
  startConnect,
  startSbc,
} from '../../../src/sandbox/index.ts';
import { connectSettings, sbcSettings } from '../../support/carrier-accounts.ts';

export const limits = {
  connectTimeout: 2_000,
  headersTimeout: 5_000,
  readDeadline: 10_000,
  maxBodyBytes: 33_554_432,
};

const entry = { key: 'restcomm-test', name: 'Restcomm, test', limits };

export type Format = 'json' | 'xml';

/** On behalf of whom tests ask. */
export function operation(signal = new AbortController().signal): Operation {
  return { signal, requests: 0, milliseconds: 0 };
}

/** An adapter for any settings, closed when the test ends. */
export function adapterFor(settings: Record<string, unknown>): CallsAdapter {
  const adapter = restcomm.create(settings, entry);
  // A test may have closed it already.
  onTestFinished(() => adapter.close().catch(() => undefined));
  return adapter;
}

export interface Connect {
  readonly carrier: ConnectCarrier;
  readonly adapter: CallsAdapter;
  readonly clock: ManualClock;
}

/** A Connect of one's own and an adapter for it. */
export async function connect(options: ConnectOptions = {}, format: Format = 'json'): Promise<Connect> {
  const clock = createManualClock();
  const carrier = await startConnect({ clock, ...options });
  onTestFinished(() => carrier.close());
  return { carrier, clock, adapter: connectAdapter(carrier, format) };
}

export function connectAdapter(carrier: ConnectCarrier, format: Format = 'json'): CallsAdapter {
  return adapterFor({ ...connectSettings(carrier), format });
}

export interface Sbc {
  readonly carrier: SbcCarrier;
  readonly adapter: CallsAdapter;
  readonly clock: ManualClock;
}

/** An SBC of one's own and an adapter for it. */
export async function sbc(options: SbcOptions = {}, format: Format = 'json'): Promise<Sbc> {
  const clock = createManualClock();
  const carrier = await startSbc({ clock, ...options });
  onTestFinished(() => carrier.close());
  const adapter = adapterFor({ ...sbcSettings(carrier), format });
  return { carrier, clock, adapter };
}

/** The form or query of a request as received. */
export function formOf(request: { readonly body: string } | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request?.body));
}
