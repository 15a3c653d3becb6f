import { registry } from '../../src/adapters/registry.ts';
import type { CallsAdapter, Limits } from '../../src/calls/calls-adapter.ts';
import type { Contracted } from '../../src/contract/contracted.ts';
import {
  type BandwidthCarrier,
  createManualClock,
  type Faults,
  type Journal,
  type ManualClock,
  startBandwidth,
  startConnect,
  startSbc,
} from '../../src/sandbox/index.ts';
import { bandwidthSettings, connectSettings, sbcSettings } from '../support/carrier-accounts.ts';
import { acme } from '../support/third-provider/provider/index.ts';
import { startThirdProvider } from '../support/third-provider/server.ts';

/** Every kind of account there is, with the limits of its adapter. */
export const contracts: Readonly<Record<string, (limits: Limits) => Promise<Contracted>>> = {
  'Bandwidth with OAuth 2': (limits) => bandwidth(limits),
  'Bandwidth with basic authentication': (limits) =>
    bandwidth(limits, ({ username, password }) => ({ username, password })),
  'Restcomm Connect in JSON': (limits) => connect(limits, 'json'),
  'Restcomm Connect in XML': (limits) => connect(limits, 'xml'),
  'Restcomm SBC in JSON': (limits) => sbc(limits, 'json'),
  'Restcomm SBC in XML': (limits) => sbc(limits, 'xml'),
  'a third provider': thirdProvider,
};

async function bandwidth(
  limits: Limits,
  authOf?: (carrier: BandwidthCarrier) => object,
): Promise<Contracted> {
  const clock = createManualClock(Date.now());
  const carrier = await startBandwidth({ clock });
  const settings = { ...bandwidthSettings(carrier), ...(authOf && { auth: authOf(carrier) }) };
  return {
    ...common(registry.BANDWIDTH.create(settings, { key: 'main', name: 'Main', limits }), carrier, clock),
    unknownId: 'c-00000000-00000000-0000-4000-8000-000000000000',
    add: (createdAt, numbers) => {
      const time = new Date(createdAt).toISOString();
      return carrier.add({ enqueuedTime: time, startTime: time, ...numbers }).callId;
    },
    remove: (id) => carrier.remove(id),
  };
}

async function connect(limits: Limits, format: string): Promise<Contracted> {
  const clock = createManualClock(Date.now());
  const carrier = await startConnect({ clock });
  const settings = { ...connectSettings(carrier), format };
  return {
    ...common(registry.RESTCOMM.create(settings, { key: 'main', name: 'Main', limits }), carrier, clock),
    unknownId: `CA${'0'.repeat(32)}`,
    add: (createdAt, numbers) => carrier.add({ date_created: createdAt, ...numbers }).sid,
    remove: (sid) => carrier.remove(sid),
  };
}

async function sbc(limits: Limits, format: string): Promise<Contracted> {
  const clock = createManualClock(Date.now());
  const carrier = await startSbc({ clock, create: true });
  const settings = { ...sbcSettings(carrier), format };
  return {
    ...common(registry.RESTCOMM.create(settings, { key: 'main', name: 'Main', limits }), carrier, clock),
    unknownId: `RN${'0'.repeat(32)}`,
    add: (createdAt, numbers) => carrier.add({ date_created: createdAt, ...numbers }).sid,
    remove: (sid) => carrier.remove(sid),
  };
}

async function thirdProvider(limits: Limits): Promise<Contracted> {
  const clock = createManualClock(Date.now());
  const carrier = await startThirdProvider(clock);
  const { accountSid, authToken, origin: baseUrl } = carrier;
  const settings = { accountSid, authToken, baseUrl };
  return {
    ...common(acme.create(settings, { key: 'main', name: 'Main', limits }), carrier, clock),
    unknownId: `CA${'f'.repeat(32)}`,
    add: carrier.add,
    remove: carrier.remove,
  };
}

function common(
  adapter: CallsAdapter,
  carrier: { faults: Faults; journal: Journal; close(): Promise<void> },
  clock: ManualClock,
) {
  const { faults, journal } = carrier;
  const close = async () => {
    await adapter.close();
    await carrier.close();
  };
  return { adapter, clock, faults, journal, stopCarrier: () => carrier.close(), close };
}
