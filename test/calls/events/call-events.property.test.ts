import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { AccountPoller } from '../../../src/calls/events/account-poller.ts';
import type { CallEvent } from '../../../src/calls/events/call-event.ts';
import { CallEventHub } from '../../../src/calls/events/call-event-hub.ts';
import type { EventLog } from '../../../src/calls/events/event-log.ts';
import { MemoryEventLog } from '../../../src/calls/events/memory-event-log.ts';
import { PollLease } from '../../../src/calls/events/poll-lease.ts';
import type { CallStatus } from '../../../src/generated/schema.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { someAccount, someCall } from '../../support/some-call.ts';
import { ManualClock } from './manual-clock.ts';

const account = someAccount();

/** The life of a call at its provider. */
const life = fc
  .tuple(
    fc.subarray<CallStatus>(['QUEUED', 'INITIATED', 'RINGING', 'IN_PROGRESS'], { minLength: 1 }),
    fc.constantFrom<CallStatus>('COMPLETED', 'BUSY', 'NO_ANSWER', 'CANCELED', 'FAILED'),
  )
  .map(([states, end]) => [...states, end]);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What happens next: a call goes on, or somebody tells of it, late or again, or time passes. */
const step = fc.record({
  what: fc.constantFrom('go on', 'go on', 'webhook', 'command', 'time'),
  call: fc.nat(2),
  /** Which of the states so far is told. */
  state: fc.nat(4),
  process: fc.nat(1),
  time: fc.constantFrom(100, 2_000, 15_000),
});

/** Two processes that share a log, as those do that share a Redis. Each has its own connection to the provider. */
function open(hasWebhooks: boolean) {
  const clock = new ManualClock();
  const log = new MemoryEventLog();
  const store = new MemoryStore({ now: clock.now });
  const adapter = new ArrayAdapter(account);
  const listeners: EventLog['ring']['onPush'][] = [];
  const hubs = [0, 1].map(() => {
    const hub = new CallEventHub({
      log,
      accounts: new Map([['alpha', account]]),
      createPoller: (key, self) =>
        new AccountPoller({
          adapter,
          hasWebhooks,
          lease: new PollLease(store, key),
          observe: (observation) => self.observe(observation),
          learn: (observation) => self.learn(observation),
          pause: clock.pause,
          now: clock.now,
        }),
      pause: clock.pause,
    });
    listeners.push(log.ring.onPush);
    return hub;
  });
  log.ring.onPush = (entry) => {
    for (const listener of listeners) listener(entry);
  };
  return { clock, adapter, hubs };
}

function listen(hub: CallEventHub): CallEvent[] {
  const events: CallEvent[] = [];
  const read = async () => {
    const signal = new AbortController().signal;
    for await (const event of hub.subscribe({ accountKeys: ['alpha'], signal })) events.push(event);
  };
  void read();
  return events;
}

describe('a subscriber', () => {
  it('sees each call go forward only, no state twice, and its end within one poll', async () => {
    const run = async (lives: CallStatus[][], steps: Step[], hasWebhooks: boolean) => {
      const { clock, adapter, hubs } = open(hasWebhooks);
      const seen = hubs.map(listen);
      await clock.advance(1);
      const reached = lives.map(() => -1);
      const callOf = (call: number, state: number): Call =>
        someCall({ providerCallId: `c-${call}`, status: lives[call]?.[state] ?? 'UNKNOWN' });
      const publish = () => {
        adapter.calls = reached.flatMap((state, call) => (state < 0 ? [] : [callOf(call, state)]));
      };
      for (const { what, call, state, process, time } of steps) {
        const last = reached[call] ?? -1;
        if (what === 'time') await clock.advance(time);
        else if (what === 'go on') {
          reached[call] = Math.min(last + 1, (lives[call]?.length ?? 0) - 1);
          publish();
        } else if (last >= 0) {
          const source = what === 'webhook' ? 'WEBHOOK' : 'COMMAND';
          void hubs[process]?.observe({ call: callOf(call, Math.min(state, last)), source });
        }
      }
      // The longest time between two polls.
      await clock.advance(17_000);
      for (const events of seen) {
        expect(events.filter(({ kind }) => kind === 'GAP')).toEqual([]);
        for (const [call, state] of reached.entries()) {
          const own = events.filter((event) => event.call?.providerCallId === `c-${call}`);
          const states = own.map((event) => lives[call]?.indexOf(event.call?.status as CallStatus) ?? -1);
          expect(states).toEqual([...new Set(states)].sort((a, b) => a - b));
          expect(states.at(-1) ?? -1).toBe(state);
          const before = own.map(({ previousStatus }) => previousStatus);
          expect(before).toEqual([null, ...own.map((event) => event.call?.status)].slice(0, own.length));
          expect(own.slice(1).filter(({ kind }) => kind === 'CREATED')).toEqual([]);
        }
      }
      expect(seen[1]).toEqual(seen[0]);
      await Promise.all(hubs.map((hub) => hub.close()));
    };
    const lives = fc.array(life, { minLength: 3, maxLength: 3 });
    const steps = fc.array(step, { maxLength: 25 });
    const numRuns = Number(process.env.EVENT_CASES ?? 60);
    await fc.assert(fc.asyncProperty(lives, steps, fc.boolean(), run), { numRuns });
  });
});
