import { AccessRefusal } from '../../access/refusal.ts';

/** Counts open streams, by caller and in the process, and refuses those beyond the limits. */
export class StreamLimits {
  readonly #limits: StreamLimitSettings;
  readonly #byCaller = new Map<string, number>();
  #open = 0;

  constructor(limits: Partial<StreamLimitSettings> = {}) {
    this.#limits = { ...defaults, ...limits };
  }

  get open(): number {
    return this.#open;
  }

  /**
   * Counts a stream until the function that it returns is called.
   *
   * @throws AccessRefusal RATE_LIMITED or UNAVAILABLE
   */
  take(callerId: string): () => void {
    const own = this.#byCaller.get(callerId) ?? 0;
    if (own >= this.#limits.perCaller)
      throw tooMany(`You have ${own} subscriptions open, and`, 'RATE_LIMITED', 429);
    if (this.#open >= this.#limits.perProcess) throw tooMany('The server has', 'UNAVAILABLE', 503);
    this.#open += 1;
    this.#byCaller.set(callerId, own + 1);
    return () => {
      this.#open -= 1;
      const left = (this.#byCaller.get(callerId) ?? 1) - 1;
      if (left === 0) this.#byCaller.delete(callerId);
      else this.#byCaller.set(callerId, left);
    };
  }
}

export interface StreamLimitSettings {
  readonly perCaller: number;
  readonly perProcess: number;
}

/** At some 50 kB a stream. A front end's server may have one key for all its users. */
const defaults: StreamLimitSettings = { perCaller: 2_000, perProcess: 4_000 };

function tooMany(subject: string, code: string, status: number): AccessRefusal {
  const message = `${subject} no room for another: end one first.`;
  return new AccessRefusal(code, message, {
    status,
    headers: { 'retry-after': `${retryAfter}` },
    extras: { retryAfter },
  });
}

/** Seconds. */
const retryAfter = 5;
