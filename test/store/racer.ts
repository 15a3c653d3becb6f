import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { createStore } from '../../src/store/create-store.ts';
import { someOperation } from '../support/some-call.ts';
import { keyed } from './posting-adapter.ts';

/**
 * A process of its own, with a connection of its own, that places a call for each key it is told. The
 * arguments: the address of Redis, and, to be killed in the middle of its first POST, `die`.
 */
const [url = '', fate] = process.argv.slice(2);

/** What it did: a key for each POST, and for each key the call that its client was given. */
export interface Lap {
  readonly posts: string[];
  readonly given: Record<string, string>;
  /** How many of these were said to be of an earlier request. */
  replays: number;
}

const store = createStore({ urls: [url] });
const idempotency = new Idempotency(store);
const lap: Lap = { posts: [], given: {}, replays: 0 };

const moment = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));

async function place(key: string): Promise<void> {
  const post = async () => {
    lap.posts.push(key);
    if (fate === 'die') process.kill(process.pid, 'SIGKILL');
    await moment();
    return `${process.pid}-${key}-${lap.posts.length}`;
  };
  await moment();
  const { call, replayed } = await idempotency.placeOnce(keyed(key, post), someOperation());
  lap.given[key] = call.providerCallId;
  lap.replays += replayed ? 1 : 0;
}

process.on('message', async (keys: string[]) => {
  await Promise.all(keys.map(place));
  process.send?.(lap);
});
// Connected before the start, so that neither process has a lead.
await store.get('warm');
process.send?.('ready');
