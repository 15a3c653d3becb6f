import type { Call } from '../call.ts';

/** Limits of a `CallCache`, which keeps calls in memory for a limited time. */
export interface CallCacheOptions {
  /** Milliseconds that a call is kept, from when it was first set. */
  readonly timeToLive: number;
  readonly maxCalls: number;
  readonly maxBytes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Bytes that a call takes besides the characters of its texts. */
const overhead = 1_024;

interface Entry {
  readonly call: Call;
  readonly expires: number;
  readonly bytes: number;
}

/** Calls by provider id, for a limited time. Evicts the oldest when there are too many calls or bytes. */
export class CallCache {
  /** Oldest first. */
  readonly #entries = new Map<string, Entry>();
  readonly #options: CallCacheOptions;
  #bytes = 0;

  constructor(options: CallCacheOptions) {
    this.#options = options;
  }

  get size(): number {
    this.#evict();
    return this.#entries.size;
  }

  get(providerCallId: string): Call | undefined {
    this.#evict();
    return this.#entries.get(providerCallId)?.call;
  }

  /** All calls, oldest first. */
  list(): Call[] {
    this.#evict();
    return [...this.#entries.values()].map(({ call }) => call);
  }

  /** Adds or replaces a call. A replaced one keeps its expiry and its place in the sequence. */
  set(call: Call): void {
    const { copy, bytes } = copyOf(call);
    const previous = this.#entries.get(copy.providerCallId);
    const expires = previous?.expires ?? this.#options.now() + this.#options.timeToLive;
    this.#bytes += bytes - (previous?.bytes ?? 0);
    this.#entries.set(copy.providerCallId, { call: copy, expires, bytes });
    this.#evict();
  }

  delete(providerCallId: string): void {
    this.#bytes -= this.#entries.get(providerCallId)?.bytes ?? 0;
    this.#entries.delete(providerCallId);
  }

  #evict(): void {
    const { maxCalls, maxBytes, now } = this.#options;
    const time = now();
    for (const [id, { expires }] of this.#entries) {
      if (expires > time && this.#entries.size <= maxCalls && this.#bytes <= maxBytes) return;
      this.delete(id);
    }
  }
}

/** A copy with texts of its own: substrings of a provider's response would keep the whole response in memory. */
function copyOf({ account, ...rest }: Call): { copy: Call; bytes: number } {
  const text = JSON.stringify(rest);
  return { copy: { ...JSON.parse(text), account }, bytes: 2 * text.length + overhead };
}
