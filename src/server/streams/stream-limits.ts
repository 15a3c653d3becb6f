import { AccessRefusal } from '../../access/refusal.ts';

/**
 * Counts open streams, by caller and in the process, and refuses those beyond the limits. One that holds as much memory
 * as several counts as these.
 */
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
   * @param bytes of what it holds besides the usual: see `bytesOf`
   * @throws AccessRefusal RATE_LIMITED or UNAVAILABLE
   */
  take(callerId: string, bytes = 0): () => void {
    const count = Math.max(1, Math.ceil(bytes / bytesPerStream));
    const own = this.#byCaller.get(callerId) ?? 0;
    if (own + count > this.#limits.perCaller)
      throw tooMany('Your open subscriptions leave', 'RATE_LIMITED', 429);
    if (this.#open + count > this.#limits.perProcess) throw tooMany('The server has', 'UNAVAILABLE', 503);
    this.#open += count;
    this.#byCaller.set(callerId, own + count);
    return () => {
      this.#open -= count;
      const left = (this.#byCaller.get(callerId) ?? count) - count;
      if (left === 0) this.#byCaller.delete(callerId);
      else this.#byCaller.set(callerId, left);
    };
  }
}

export interface StreamLimitSettings {
  readonly perCaller: number;
  readonly perProcess: number;
}

/** What a stream takes with its connection and a document of usual length. */
const bytesPerStream = 50_000;

/** Bytes of a parsed document and of variables in memory, for each character of their text, as measured. */
const bytesPerCharacter = { document: 70, variables: 20 } as const;

/** What a stream holds of the operation that has opened it. */
export function bytesOf(query: string, variables: object): number {
  const { document, variables: value } = bytesPerCharacter;
  return query.length * document + lengthOf(variables) * value;
}

/** Characters of JSON. What is nested too deep to be written had fewer than 10,000: see `isCheapToParse`. */
function lengthOf(variables: object): number {
  try {
    return JSON.stringify(variables).length;
  } catch {
    return 10_000;
  }
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
