import fc from 'fast-check';
import { describe, it } from 'vitest';
import { AccountPoller } from '../../../src/calls/events/account-poller.ts';
import { CallEventHub } from '../../../src/calls/events/call-event-hub.ts';
import type { EventLog } from '../../../src/calls/events/event-log.ts';
import { MemoryEventLog } from '../../../src/calls/events/memory-event-log.ts';
import { PollLease } from '../../../src/calls/events/poll-lease.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { someAccount } from '../../support/some-call.ts';
import { cases, checkLives } from './event-lives.ts';
import { ManualClock } from './manual-clock.ts';

const account = someAccount();

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
          events: self,
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
  return { adapter, hubs, advance: (time: number) => clock.advance(time) };
}

describe('a subscriber', () => {
  it('sees each call go forward only, no state twice, and its end within one poll', async () => {
    const numRuns = Number(process.env.EVENT_CASES ?? 60);
    const property = fc.asyncProperty(...cases, (lives, steps, hasWebhooks) =>
      checkLives(open(hasWebhooks), lives, steps),
    );
    await fc.assert(property, { numRuns });
  });
});
