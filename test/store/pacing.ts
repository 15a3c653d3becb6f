import { RedisStore } from '../../src/store/redis-store.ts';
import { createTakeTurn } from '../../src/store/take-turn.ts';
import { SharedPacer } from '../../src/upstream/resilience/shared-pacer.ts';
import { turnsOf } from './turns-of.ts';

/** A process that always has ten requests waiting for their turn, and tells of each turn. The argument: the address of Redis. */
const [url = ''] = process.argv.slice(2);
const store = turnsOf(new RedisStore({ urls: [url] }), {
  push: (...turns) => {
    for (const at of turns) process.send?.(at);
    return 0;
  },
});
const takeTurn = createTakeTurn(store, 'main');
if (takeTurn === undefined) throw new Error('The store is not shared.');
const pacer = new SharedPacer(5, 100, () => performance.now(), takeTurn);
const { signal } = new AbortController();
const waitAgain = (): Promise<void> => pacer.wait(signal).then(waitAgain);
for (let i = 0; i < 10; i += 1) void waitAgain();
