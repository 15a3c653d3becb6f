import { LRUCache } from 'lru-cache';
import { RateLimiter, type RateLimiterOptions, type RateLimits } from './rate-limiter.ts';

/**
 * The share of what a process has spent of a caller's points within the last minute that it holds to spend without
 * asking the others. At most two minutes' points are spent within a minute, so all processes together hold a tenth of
 * the points of a minute, however many there are.
 */
const heldShare = 1 / 20;
/** Milliseconds in which what was spent counts less and less. */
const minute = 60_000;
/** Milliseconds to wait for an answer, for which one is taken for true, and between two attempts to reach the others. */
const interval = 1_000;

/**
 * Asks all processes. `held` are points of this one up to now, which are returned; of those that are left, `points` are
 * spent, or `otherwise` if there are too few, and `wanted` held from then on. Rejects where they cannot be asked.
 */
type SpendPoints = (
  callerId: string,
  spending: Readonly<Record<'held' | 'points' | 'otherwise' | 'wanted', number>>,
) => Promise<{ readonly isSpent: boolean; readonly held: number; readonly left: number }>;

/**
 * A `RateLimiter` over all processes, which have one bucket for a caller. A process that serves a caller often holds
 * some of its points, so that most operations ask nobody; the others take one round trip. While the others cannot be
 * asked, each process counts for itself, from what it last knew: no request is refused for it, and none waits.
 */
export class SharedRateLimiter implements RateLimits {
  readonly #spendPoints: SpendPoints;
  readonly #now: () => number;
  /** What this process knows of the buckets. */
  readonly #known: RateLimiter;
  readonly #shares: LRUCache<string, Share>;
  /** When the others are to be asked again; undefined unless they could not be asked. */
  #askAgainAt: number | undefined;

  constructor(pointsPerMinute: number, spendPoints: SpendPoints, options: RateLimiterOptions = {}) {
    const { maxCallers = 10_000, now = () => performance.now() } = options;
    this.#spendPoints = spendPoints;
    this.#now = now;
    this.#known = new RateLimiter(pointsPerMinute, { maxCallers, now });
    this.#shares = new LRUCache({ maxSize: maxCallers, sizeCalculation: () => 1 });
  }

  spend(callerId: string, points: number, otherwise = 0): number | Promise<number> {
    const share = this.#share(callerId);
    if (this.#isAway(callerId, share)) return this.#known.spend(callerId, points, otherwise);
    if (share.held < points) return this.#ask(callerId, share, points, otherwise);
    this.#known.settle(callerId, points);
    share.held -= points;
    share.spent += points;
    return 0;
  }

  waitFor(callerId: string): number {
    const share = this.#share(callerId);
    const isKnown = this.#askAgainAt !== undefined || this.#now() < share.askedAt + interval;
    return isKnown ? this.#known.waitFor(callerId) : 0;
  }

  settle(callerId: string, points: number): void {
    if (points === 0) return;
    const share = this.#share(callerId);
    this.#known.settle(callerId, points);
    if (this.#isAway(callerId, share)) return;
    share.held -= points;
    share.spent = Math.max(0, share.spent + points);
    if (Math.abs(share.held) > mostHeld(share)) void this.#ask(callerId, share, 0, 0);
  }

  /** Never rejects: while the others cannot be asked, it is decided here. */
  async #ask(callerId: string, share: Share, points: number, otherwise: number): Promise<number> {
    const { held } = share;
    // Of several that are under way, only the first one takes points to hold.
    const wanted = share.asking === 0 ? heldShare * share.spent : 0;
    share.held = 0;
    share.asking += 1;
    try {
      const answer = await inTime(this.#spendPoints(callerId, { held, points, otherwise, wanted }));
      this.#askAgainAt = undefined;
      share.askedAt = this.#now();
      share.held += answer.held;
      if (answer.isSpent) share.spent += points;
      this.#known.set(callerId, answer.left);
      const wait = answer.isSpent ? 0 : Math.max(1, this.#known.waitFor(callerId, points));
      this.#known.settle(callerId, -share.held);
      return wait;
    } catch {
      this.#askAgainAt = this.#now() + interval;
      return this.#known.spend(callerId, points, otherwise);
    } finally {
      share.asking -= 1;
    }
  }

  /** Whether the others cannot be asked. Asks from time to time, without anybody waiting for it. */
  #isAway(callerId: string, share: Share): boolean {
    if (this.#askAgainAt === undefined) return false;
    if (this.#now() >= this.#askAgainAt) {
      this.#askAgainAt = this.#now() + interval;
      void this.#ask(callerId, share, 0, 0);
    }
    return true;
  }

  #share(callerId: string): Share {
    const now = this.#now();
    const known = this.#shares.get(callerId);
    const share = known ?? { held: 0, spent: 0, at: now, asking: 0, askedAt: Number.NEGATIVE_INFINITY };
    if (known === undefined) this.#shares.set(callerId, share);
    share.spent *= Math.exp((share.at - now) / minute);
    share.at = now;
    // What a caller leaves unspent for long is not held for it here any more.
    share.held = Math.min(share.held, mostHeld(share));
    return share;
  }
}

/** What one process knows of a caller; points. */
interface Share {
  /** Taken from the bucket to be spent here; negative if more was spent. */
  held: number;
  /** Spent here within the last minute or so. */
  spent: number;
  /** When `spent` was computed, in milliseconds. */
  at: number;
  /** How often the others are being asked. */
  asking: number;
  /** When they last answered. */
  askedAt: number;
}

/** One point more, so that what an operation cost more or less than estimated seldom takes a round trip. */
function mostHeld({ spent }: Share): number {
  return 1 + heldShare * spent;
}

/** Rejects when the promise is not settled in time. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // An answer that has arrived while the event loop was busy is read before the immediate.
    timer = setTimeout(() => setImmediate(() => reject(new Error('no answer in time'))), interval);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
