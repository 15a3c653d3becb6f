import { everyone } from '../../src/access/caller.ts';
import { registry } from '../../src/adapters/registry.ts';
import type { Account } from '../../src/calls/account.ts';
import { Calls } from '../../src/calls/calls.ts';
import type { CallsAdapter } from '../../src/calls/calls-adapter.ts';
import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { createOperation, patient as limits } from '../../src/contract/contracted.ts';
import {
  createManualClock,
  type Faults,
  type Journal,
  startBandwidth,
  startConnect,
  startSbc,
} from '../../src/sandbox/index.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { bandwidthSettings, connectSettings, sbcSettings } from '../support/carrier-accounts.ts';
import { someEvents } from '../support/some-events.ts';

/** What the model knows of a call; times are milliseconds since the epoch. */
export interface Given {
  readonly createdAt: number;
  readonly busy: boolean;
  /** Milliseconds between creation and start; only Bandwidth has a queue to wait in. */
  readonly wait: number;
}

/** One account on its emulated carrier, which tests fill and empty. */
export interface Place {
  readonly adapter: CallsAdapter;
  readonly faults: Faults;
  readonly journal: Journal;
  latency: number;
  add(call: Given): string;
  remove(id: string): void;
  clear(): void;
  close(): Promise<void>;
}

export const kinds = ['bandwidth', 'connect', 'connect-xml', 'connect-old', 'sbc'] as const;
export type Kind = (typeof kinds)[number];

/** Every carrier once, the clock standing still; starting them is dear, emptying them is not. */
export async function startWorld(now: number): Promise<Record<Kind, Place>> {
  const clock = createManualClock(now);
  return {
    bandwidth: await startBandwidthPlace(clock),
    connect: await startConnectPlace('connect', clock, 'json', true),
    'connect-xml': await startConnectPlace('connect-xml', clock, 'xml', true),
    'connect-old': await startConnectPlace('connect-old', clock, 'json', false),
    sbc: await startSbcPlace(clock),
  };
}

type Clock = ReturnType<typeof createManualClock>;

async function startBandwidthPlace(clock: Clock): Promise<Place> {
  const carrier = await startBandwidth({ clock });
  const { username, password } = carrier;
  const settings = { ...bandwidthSettings(carrier), auth: { username, password } };
  const create = () => registry.BANDWIDTH.create(settings, { key: 'bandwidth', name: 'Bandwidth', limits });
  const add = ({ createdAt, busy, wait }: Given) => {
    const time = (milliseconds: number) => new Date(createdAt + milliseconds).toISOString();
    return carrier.add({
      enqueuedTime: time(0),
      startTime: time(wait),
      endTime: time(wait + 1000),
      ...(busy ? { disconnectCause: 'busy', answerTime: null } : {}),
    }).callId;
  };
  return place(create, carrier, add);
}

async function startConnectPlace(key: Kind, clock: Clock, format: string, sortBy: boolean): Promise<Place> {
  const carrier = await startConnect({ clock, sortBy, unstableTies: true });
  const settings = { ...connectSettings(carrier), format };
  const create = () => registry.RESTCOMM.create(settings, { key, name: key, limits });
  const add = ({ createdAt, busy }: Given) =>
    carrier.add({ date_created: wholeSecond(createdAt), status: busy ? 'BUSY' : 'completed' }).sid;
  return place(create, carrier, add);
}

async function startSbcPlace(clock: Clock): Promise<Place> {
  const carrier = await startSbc({ clock });
  const settings = sbcSettings(carrier);
  const create = () => registry.RESTCOMM.create(settings, { key: 'sbc', name: 'sbc', limits });
  const add = ({ createdAt, busy }: Given) => {
    const began = wholeSecond(createdAt);
    const status = busy ? 'FAILED' : 'COMPLETED';
    return carrier.add({ date_created: began, start_time: began, end_time: began + 2000, status }).sid;
  };
  return place(create, carrier, add);
}

interface Carrier {
  readonly faults: Faults;
  readonly journal: Journal;
  latency: number;
  remove(id: string): boolean;
  clear(): void;
  close(): Promise<void>;
}

function place(create: () => CallsAdapter, carrier: Carrier, add: Place['add']): Place {
  const adapters = [create()];
  return {
    get adapter() {
      return adapters.at(-1) as CallsAdapter;
    },
    faults: carrier.faults,
    journal: carrier.journal,
    set latency(milliseconds: number) {
      carrier.latency = milliseconds;
    },
    add,
    remove: (id) => {
      carrier.remove(id);
    },
    clear: () => {
      carrier.clear();
      carrier.faults.clear();
      carrier.journal.clear();
      // The one before remembers what it has read of the list.
      adapters.push(create());
    },
    close: async () => {
      for (const adapter of adapters) await adapter.close();
      await carrier.close();
    },
  };
}

/** Restcomm tells whole seconds only. */
export function wholeSecond(milliseconds: number): number {
  return milliseconds - (milliseconds % 1000);
}

/** A new operation over these places: what a request sees. */
export function callsOf(places: readonly Place[], requestsPerList = 20): Calls {
  const adapters = new Map(places.map(({ adapter }) => [adapter.account.key, adapter]));
  const idempotency = new Idempotency(new MemoryStore());
  const parts = { adapters, idempotency, events: someEvents(), limits: { requestsPerList } };
  return new Calls(parts, createOperation(20_000), everyone);
}

export function accountsOf(places: readonly Place[]): Account[] {
  return places.map(({ adapter }) => adapter.account);
}
