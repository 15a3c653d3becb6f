import { hash } from 'node:crypto';
import { toKeyName } from './key-name.ts';
import type { Store } from './store.ts';

/**
 * The points that one caller has left, refilled by Redis's clock, as a token bucket of ARGV[1] points, which is full
 * after a minute. What the process has held is returned first. Then points are spent if there are enough, else only
 * those of a refusal are taken: none from a caller who has not a point left, as it would not have been asked about
 * in a process that knows. Unless it is refused, the process then takes what it wants to hold, as far as there is any. A
 * bucket that is full again is the same as none, so the key lasts until then.
 */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, held, points = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local otherwise, wanted = tonumber(ARGV[4]), tonumber(ARGV[5])
local bucket = cjson.decode(redis.call('GET', KEYS[1]) or '{}')
local gained = math.max(0, now - (bucket.at or now)) / 60000 * limit
local left = math.min(limit, math.min(limit, (bucket.left or limit) + gained) + held)
local isSpent = math.min(points, limit) <= left
if isSpent then left = left - points elseif left >= 1 then left = left - otherwise end
local leased = isSpent and math.max(0, math.min(wanted, left)) or 0
left = left - leased
local timeToLive = math.ceil((limit - left) / limit * 60000) + 1
redis.call('SET', KEYS[1], cjson.encode({ left = left, at = now }), 'PX', timeToLive)
return { isSpent and 1 or 0, tostring(leased), tostring(left) }`;

/** Points of a caller, seen from one process. */
interface Spending {
  /** Held by the process up to now and returned; negative if it has spent more than it held. */
  readonly held: number;
  /** To be spent. */
  readonly points: number;
  /** To be taken if there are too few to spend. */
  readonly otherwise: number;
  /** That the process wants to hold from now on. */
  readonly wanted: number;
}

/**
 * How the processes that share a store count the points of callers: in one round trip, which rejects with `StoreFailure`.
 * Undefined where there is but one process.
 */
export function createSpendPoints(store: Store, pointsPerMinute: number) {
  const run = store.run?.bind(store);
  if (run === undefined) return undefined;
  return async (callerId: string, { held, points, otherwise, wanted }: Spending) => {
    const key = toKeyName(hash('sha256', callerId, 'base64url'), 'points');
    const values = [pointsPerMinute, held, points, otherwise, wanted].map(String);
    const [isSpent, leased, left] = (await run(script, [key], values)) as [number, string, string];
    return { isSpent: isSpent === 1, held: Number(leased), left: Number(left) };
  };
}
