import type {
  TokenPage,
  TokenQuery,
  TokenSource,
} from '../../../../src/adapters/kit/by-token/token-source.ts';
import type { Call } from '../../../../src/calls/call.ts';
import { someAccount, someCall } from '../../../support/some-call.ts';

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;
const week = 7 * day;
/** Calls whose times are drawn together. */
const block = 64;
/** Milliseconds from the creation of a call to its start. */
const wait = 200;

export interface Traffic {
  readonly perDay: number;
  /** Nine of ten calls come from 8 to 20 o'clock, instead of evenly. */
  readonly hasNights: boolean;
  readonly seed: number;
}

/** A week of calls, oldest first as at Bandwidth. They are made as they are asked for, however many there are. */
export class GeneratedSource implements TokenSource {
  readonly account = someAccount();
  readonly sorts = 'oldest-first';
  readonly skew = 5 * second;
  readonly startsWithin = { before: 5 * second, after: 600 * second };
  readonly step = second;
  readonly largestPage = 10_000;
  readonly retention = 8 * day;
  readonly rowLifetime = 10 * second;
  requests = 0;
  rows = 0;
  readonly #traffic: Traffic;
  readonly #begin: number;
  readonly #count: number;
  #drawn: { readonly index: number; readonly times: readonly number[] } | undefined;

  /** @param now midnight, milliseconds since the epoch */
  constructor(traffic: Traffic, now: number) {
    this.#traffic = traffic;
    this.#begin = now - week;
    this.#count = 7 * traffic.perDay;
  }

  async read({ min, max, size, token }: TokenQuery): Promise<TokenPage> {
    this.requests += 1;
    const floor = min === undefined ? 0 : this.#indexOf(Math.floor(min / second) * second - wait);
    const start = token === undefined ? floor : Number(token);
    const last = max === undefined ? this.#count : this.#indexOf(Math.ceil(max / second) * second - wait + 1);
    const end = Math.max(start, Math.min(last, start + size));
    const rows = Array.from({ length: end - start }, (_, nth) => this.#call(start + nth));
    this.rows += rows.length;
    return { rows, next: end < last ? String(end) : undefined, hasUnstarted: false };
  }

  #call(index: number): Call {
    const time = this.#timeOf(index);
    const startedAt = new Date(time + wait).toISOString();
    return {
      ...someCall({ providerCallId: `c-${index}`, startedAt }),
      createdAt: new Date(time).toISOString(),
    };
  }

  /** How many calls were created before a time. */
  #indexOf(time: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#timeOf(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #timeOf(index: number): number {
    const which = Math.floor(index / block);
    if (this.#drawn?.index !== which) {
      const length = Math.min(block, this.#count - which * block);
      const random = createRandom(this.#traffic.seed * 1_000_003 + which);
      const shares = Array.from({ length }, () => (which * block + random() * length) / this.#count);
      this.#drawn = { index: which, times: shares.sort((a, b) => a - b).map((share) => this.#toTime(share)) };
    }
    return this.#drawn.times[index % block] as number;
  }

  /** @param share of the calls of the week */
  #toTime(share: number): number {
    if (!this.#traffic.hasNights) return Math.floor(this.#begin + share * week);
    const days = Math.floor(share * 7);
    const part = share * 7 - days;
    const [morning, evening] = [1 / 15, 29 / 30];
    const hours =
      part < morning
        ? part * 120
        : part < evening
          ? 8 + ((part - morning) * 12) / (evening - morning)
          : 20 + (part - evening) * 120;
    return Math.floor(this.#begin + days * day + hours * hour);
  }
}

/** The same numbers every time, from 0 up to 1 (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
