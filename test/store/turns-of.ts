import type { RedisStore } from '../../src/store/redis-store.ts';

/** Notes when each turn that a store takes is due, in milliseconds of Redis's clock. */
export function turnsOf(store: RedisStore, turns: Pick<number[], 'push'>): RedisStore {
  const run = store.run.bind(store);
  store.run = async (...command) => {
    const answer = await run(...command);
    const [delay, , now] = answer as [number, number, number];
    turns.push(now + delay);
    return answer;
  };
  return store;
}
