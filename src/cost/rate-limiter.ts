import { LRUCache } from 'lru-cache';

export interface RateLimiterOptions {
  /** How many callers are remembered; of more, those that have not asked for longest begin anew. */
  readonly mostCallers?: number;
  /** Milliseconds, never going back. */
  readonly now?: () => number;
}

interface Bucket {
  /** What the caller may spend; below zero after an operation that came to more than was foreseen. */
  points: number;
  /** When that was so, in milliseconds. */
  at: number;
}

/**
 * A bucket of points for each caller, which fills up steadily and holds one minute's worth, so that a
 * caller who has been silent may ask for much at once. Memory is bounded.
 */
export class RateLimiter {
  readonly #pointsPerMinute: number;
  readonly #now: () => number;
  /** By the callers' ids, none of which is longer than 70 characters. */
  readonly #buckets: LRUCache<string, Bucket>;

  constructor(
    pointsPerMinute: number,
    { mostCallers = 10_000, now = () => performance.now() }: RateLimiterOptions = {},
  ) {
    this.#pointsPerMinute = pointsPerMinute;
    this.#now = now;
    this.#buckets = new LRUCache({ max: mostCallers });
  }

  /**
   * Spends points, or none if there are too few. What costs more than a full bucket is let through when
   * the bucket is full, and owed: it could never be afforded otherwise.
   *
   * @returns 0 when they are spent, else the whole seconds after which to try again
   */
  spend(callerId: string, points: number): number {
    const bucket = this.#bucket(callerId);
    const wait = this.#waitFor(bucket, points);
    if (wait === 0) bucket.points -= points;
    return wait;
  }

  /** The whole seconds until that many points can be spent; 0 when they can be now. Spends nothing. */
  waitFor(callerId: string, points = 1): number {
    return this.#waitFor(this.#bucket(callerId), points);
  }

  /** Takes points without asking, or gives them back where the number is below zero. */
  settle(callerId: string, points: number): void {
    if (points === 0) return;
    const bucket = this.#bucket(callerId);
    bucket.points = Math.min(bucket.points - points, this.#pointsPerMinute);
  }

  /** How many callers are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  #waitFor(bucket: Bucket, points: number): number {
    const lacking = Math.min(points, this.#pointsPerMinute) - bucket.points;
    return lacking <= 0 ? 0 : Math.ceil((lacking / this.#pointsPerMinute) * 60);
  }

  /** The caller's bucket as it is now, made the one used last. */
  #bucket(callerId: string): Bucket {
    const now = this.#now();
    const known = this.#buckets.get(callerId);
    const bucket = known ?? { points: this.#pointsPerMinute, at: now };
    if (known === undefined) this.#buckets.set(callerId, bucket);
    const gained = ((now - bucket.at) / 60_000) * this.#pointsPerMinute;
    bucket.points = Math.min(bucket.points + gained, this.#pointsPerMinute);
    bucket.at = now;
    return bucket;
  }
}
