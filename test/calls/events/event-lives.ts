import fc from 'fast-check';
import { expect } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import type { CallEvent } from '../../../src/calls/events/call-event.ts';
import type { CallEventHub } from '../../../src/calls/events/call-event-hub.ts';
import type { CallStatus } from '../../../src/generated/schema.ts';
import type { ArrayAdapter } from '../../support/array-adapter.ts';
import { someCall } from '../../support/some-call.ts';

/** The life of a call at its provider. */
const life = fc
  .tuple(
    fc.subarray<CallStatus>(['QUEUED', 'INITIATED', 'RINGING', 'IN_PROGRESS'], { minLength: 1 }),
    fc.constantFrom<CallStatus>('COMPLETED', 'BUSY', 'NO_ANSWER', 'CANCELED', 'FAILED'),
  )
  .map(([states, end]) => [...states, end]);

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What happens next: a call goes on, or somebody tells of it, late or again, or time passes. */
const step = fc.record({
  what: fc.constantFrom('go on', 'go on', 'webhook', 'command', 'time'),
  call: fc.nat(2),
  /** Which of the states so far is told. */
  state: fc.nat(4),
  process: fc.nat(1),
  time: fc.constantFrom(100, 2_000, 15_000),
});

/** What a property is asked of: the lives of three calls, what happens, and whether webhooks are to be expected. */
export const cases = [
  fc.array(life, { minLength: 3, maxLength: 3 }),
  fc.array(step, { maxLength: 25 }),
  fc.boolean(),
] as const;

/** Two processes that share a log, and what makes things happen to them. */
export interface Processes {
  readonly adapter: ArrayAdapter;
  readonly hubs: readonly CallEventHub[];
  /** Lets time pass, and what falls due in it happen. */
  advance(milliseconds: number): Promise<void>;
  /** Waits until both have read all that is in the log. */
  settle?(): Promise<void>;
}

/**
 * Lets everything happen, then checks what a subscriber at each process has seen: each call goes forward only, no state
 * comes twice, and the last one is there within one poll.
 */
export async function checkLives(
  { adapter, hubs, advance, settle }: Processes,
  lives: CallStatus[][],
  steps: Step[],
): Promise<void> {
  const seen = hubs.map(listen);
  await advance(1);
  const reached = lives.map(() => -1);
  const callOf = (call: number, state: number): Call =>
    someCall({ providerCallId: `c-${call}`, status: lives[call]?.[state] ?? 'UNKNOWN' });
  const publish = () => {
    adapter.calls = reached.flatMap((state, call) => (state < 0 ? [] : [callOf(call, state)]));
  };
  for (const { what, call, state, process, time } of steps) {
    const last = reached[call] ?? -1;
    if (what === 'time') await advance(time);
    else if (what === 'go on') {
      reached[call] = Math.min(last + 1, (lives[call]?.length ?? 0) - 1);
      publish();
    } else if (last >= 0) {
      const source = what === 'webhook' ? 'WEBHOOK' : 'COMMAND';
      void hubs[process]?.observe({ call: callOf(call, Math.min(state, last)), source });
    }
  }
  // The longest time between two polls.
  await advance(17_000);
  await settle?.();
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
