import { LRUCache } from 'lru-cache';

/** What limits the rate of callers: in this process, or in all that share a store. */
export interface RateLimits {
  /**
   * Spends points, or none if there are too few.
   *
   * @param otherwise points that are taken if there are too few
   * @returns 0 if the points are spent, else the whole seconds after which to retry. A promise only where other
   *   processes have to be asked; it never rejects
   */
  spend(callerId: string, points: number, otherwise?: number): number | Promise<number>;
  /** The whole seconds until a point can be spent, 0 if one can be spent now or if it is not known. */
  waitFor(callerId: string): number;
  /** Takes points unconditionally, or returns them if the number is negative. */
  settle(callerId: string, points: number): void;
}

/**
 * Limits the rate of callers with a token bucket for each. A bucket refills continuously and holds one minute's
 * points, which allows bursts. The number of buckets is bounded.
 */
export class RateLimiter implements RateLimits {
  readonly #pointsPerMinute: number;
  readonly #now: () => number;
  /** By the caller's id, which has 70 characters at most. */
  readonly #buckets: LRUCache<string, Bucket>;

  constructor(
    pointsPerMinute: number,
    { maxCallers = 10_000, now = () => performance.now() }: RateLimiterOptions = {},
  ) {
    this.#pointsPerMinute = pointsPerMinute;
    this.#now = now;
    this.#buckets = new LRUCache({ maxSize: maxCallers, sizeCalculation: () => 1 });
  }

  /**
   * As `RateLimits` has it. What costs more than a full bucket may be spent if the bucket is full, and leaves it
   * negative: otherwise it could never be spent.
   */
  spend(callerId: string, points: number, otherwise = 0): number {
    const bucket = this.#bucket(callerId);
    const isSpent = this.#waitFor(bucket, points) === 0;
    bucket.points -= isSpent ? points : otherwise;
    return isSpent ? 0 : this.#waitFor(bucket, points);
  }

  /** The whole seconds until that many points can be spent, 0 if they can be spent now. Spends nothing. */
  waitFor(callerId: string, points = 1): number {
    return this.#waitFor(this.#bucket(callerId), points);
  }

  settle(callerId: string, points: number): void {
    if (points === 0) return;
    const bucket = this.#bucket(callerId);
    bucket.points = Math.min(bucket.points - points, this.#pointsPerMinute);
  }

  /** Replaces what is known of a caller. */
  set(callerId: string, points: number): void {
    this.#bucket(callerId).points = points;
  }

  /** How many callers have a bucket. */
  get size(): number {
    return this.#buckets.size;
  }

  #waitFor(bucket: Bucket, points: number): number {
    const lacking = Math.min(points, this.#pointsPerMinute) - bucket.points;
    return lacking <= 0 ? 0 : Math.ceil((lacking / this.#pointsPerMinute) * 60);
  }

  /** The caller's bucket, refilled up to now and marked as the most recently used. */
  #bucket(callerId: string): Bucket {
    const now = this.#now();
    const existing = this.#buckets.get(callerId);
    const bucket = existing ?? { points: this.#pointsPerMinute, at: now };
    if (existing === undefined) this.#buckets.set(callerId, bucket);
    const gained = ((now - bucket.at) / 60_000) * this.#pointsPerMinute;
    bucket.points = Math.min(bucket.points + gained, this.#pointsPerMinute);
    bucket.at = now;
    return bucket;
  }
}

export interface RateLimiterOptions {
  /** How many callers have a bucket; the least recently used ones are dropped and start full again. */
  readonly maxCallers?: number;
  /** A monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

interface Bucket {
  /** Points left; negative after an operation that cost more than estimated. */
  points: number;
  /** When `points` was computed, in milliseconds. */
  at: number;
}
