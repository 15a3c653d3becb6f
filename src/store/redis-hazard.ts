import type { Cluster, Redis } from 'ioredis';

/** Why a Redis may lose an idempotency key before its time, so that its call could be placed a second time. */
export type Hazard = 'EVICTION' | 'NO_PERSISTENCE' | 'UNCHECKED';

/** What a hazard means, and what to do about it. */
export const hazards: Readonly<Record<Hazard, string>> = {
  EVICTION: 'Redis evicts idempotency keys when its memory is full: set `maxmemory-policy noeviction`',
  NO_PERSISTENCE: 'Redis loses idempotency keys when it restarts: set `appendonly yes`',
  UNCHECKED: 'it cannot be checked whether Redis keeps idempotency keys: its user may not run `INFO`',
};

/**
 * The first hazard of any primary. Read from INFO, since managed services forbid CONFIG.
 *
 * @throws Error of ioredis when a primary does not answer
 */
export async function hazardOf(redis: Redis | Cluster): Promise<Hazard | undefined> {
  const primaries = redis.isCluster ? (redis as Cluster).nodes('master') : [redis as Redis];
  const found = await Promise.all(primaries.map((primary) => primary.info().then(readInfo, ifRefused)));
  return found.find((hazard) => hazard !== undefined);
}

function readInfo(info: string): Hazard | undefined {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  const appendOnly = /^aof_enabled:(\d)/m.exec(info)?.[1];
  if (policy === undefined || appendOnly === undefined) return 'UNCHECKED';
  if (policy !== 'noeviction') return 'EVICTION';
  return appendOnly === '1' ? undefined : 'NO_PERSISTENCE';
}

/** Redis refuses the command: the user lacks the right, or a proxy does not know it. */
function ifRefused(error: Error): Hazard {
  if (/^(NOPERM|ERR) /.test(error.message)) return 'UNCHECKED';
  throw error;
}
