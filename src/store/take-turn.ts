import { randomUUID } from 'node:crypto';
import { toKeyName } from './key-name.ts';
import type { Store } from './store.ts';

/** Milliseconds without a turn after which a process does not count any more. */
const timeToLive = 60_000;

/** Milliseconds of turns whose process gave up waiting for the answer, because Redis stood still or the network did. */
const maxLost = 10_000;

/**
 * Takes the next turn of all processes, by Redis's clock. Every process waits for one turn at a time: one that dies
 * leaves at most one turn unused. So turns that are much further ahead stem from a clock that was set back.
 */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local interval = tonumber(ARGV[1])
local pace = cjson.decode(redis.call('GET', KEYS[1]) or '{"next":0,"seen":{}}')
local count = 0
pace.seen[ARGV[2]] = now
for id, at in pairs(pace.seen) do
  if at < now - ${timeToLive} then pace.seen[id] = nil else count = count + 1 end
end
local at = math.max(now, pace.next)
if at > now + count * interval + ${maxLost} then at = now end
pace.next = at + interval
redis.call('SET', KEYS[1], cjson.encode(pace), 'PX', math.ceil(at - now + interval + ${timeToLive}))
return { math.ceil(at - now), count, math.floor(now) }`;

/** A turn that was taken. */
export interface Turn {
  /** Milliseconds until it is due. */
  readonly delay: number;
  /** How many processes have taken turns in the last minute. */
  readonly processes: number;
}

/** Takes the next turn that is at least `interval` milliseconds after the one before. Rejects with `StoreFailure`. */
export type TakeTurn = (interval: number) => Promise<Turn>;

/** How the processes that share a store take turns in one account; undefined where there is but one process. */
export function createTakeTurn(store: Store, accountKey: string): TakeTurn | undefined {
  if (store.run === undefined) return undefined;
  const id = randomUUID();
  const key = toKeyName(accountKey, 'pace');
  return async (interval) => {
    const answer = await store.run?.(script, [key], [String(interval), id]);
    const [delay, processes] = answer as [number, number];
    return { delay, processes };
  };
}
