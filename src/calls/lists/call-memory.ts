import type { Call } from '../call.ts';

export interface CallMemoryOptions {
  /** Milliseconds that a call is kept from when it was first. */
  readonly keptFor: number;
  readonly calls: number;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a call takes beyond the characters of its texts, in bytes. */
const overhead = 1_024;

interface Kept {
  readonly call: Call;
  readonly until: number;
  readonly bytes: number;
}

/** Some calls by their ids, for a while. Where there are too many, or too large ones, the oldest are forgotten. */
export class CallMemory {
  /** Oldest first. */
  readonly #calls = new Map<string, Kept>();
  readonly #options: CallMemoryOptions;
  #bytes = 0;

  constructor(options: CallMemoryOptions) {
    this.#options = options;
  }

  get size(): number {
    this.#forgetOld();
    return this.#calls.size;
  }

  get(providerCallId: string): Call | undefined {
    this.#forgetOld();
    return this.#calls.get(providerCallId)?.call;
  }

  /** Oldest first. */
  list(): Call[] {
    this.#forgetOld();
    return [...this.#calls.values()].map(({ call }) => call);
  }

  /** A call that is kept already keeps its time and its place. */
  set(call: Call): void {
    const { copy, bytes } = copyOf(call);
    const earlier = this.#calls.get(copy.providerCallId);
    const until = earlier?.until ?? this.#options.now() + this.#options.keptFor;
    this.#bytes += bytes - (earlier?.bytes ?? 0);
    this.#calls.set(copy.providerCallId, { call: copy, until, bytes });
    this.#forgetOld();
  }

  delete(providerCallId: string): void {
    this.#bytes -= this.#calls.get(providerCallId)?.bytes ?? 0;
    this.#calls.delete(providerCallId);
  }

  #forgetOld(): void {
    const { calls, bytes, now } = this.#options;
    const time = now();
    for (const [id, { until }] of this.#calls) {
      if (until > time && this.#calls.size <= calls && this.#bytes <= bytes) return;
      this.delete(id);
    }
  }
}

/** The call by itself: texts cut out of a provider's answer would keep all of that in memory. */
function copyOf({ account, ...rest }: Call): { copy: Call; bytes: number } {
  const text = JSON.stringify(rest);
  return { copy: { ...JSON.parse(text), account }, bytes: 2 * text.length + overhead };
}
