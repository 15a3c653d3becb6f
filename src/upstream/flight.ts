import { Cancellation, type Listener } from '../runtime/cancellation.ts';
import type { HttpAnswer } from './answer-reader.ts';
import type { HttpRequest } from './http-client.ts';
import { HttpFailure } from './http-failure.ts';
import type { Outcome } from './resilience/retry.ts';
import type { Waiter } from './resilience/waiter.ts';

export interface ProviderRequest extends HttpRequest {
  /** Waits its turn under the account's calls per second. */
  readonly paced?: boolean;
  /** May fail (500) for what it asks, whatever the provider's health. */
  readonly isDoubtful?: boolean;
}

/** On whose behalf, and until when if that is known: milliseconds as `performance.now()` counts. */
export interface PatientWaiter extends Waiter {
  readonly endsAt?: number;
}

/** One who waits; told by its own signal that it is to wait no longer. */
class Party implements Listener {
  readonly waiter: PatientWaiter;
  readonly began = performance.now();
  readonly resolve: (answer: HttpAnswer) => void;
  readonly reject: (reason: unknown) => void;
  readonly #flight: Flight;

  constructor(flight: Flight, waiter: PatientWaiter, { resolve, reject }: Pick<Party, 'resolve' | 'reject'>) {
    this.#flight = flight;
    this.waiter = waiter;
    this.resolve = resolve;
    this.reject = reject;
    waiter.signal.addEventListener('abort', this, { once: true });
  }

  handleEvent(): void {
    this.#flight.leave(this);
  }

  /** How long it has waited counts for it from now on. */
  end(): void {
    this.waiter.signal.removeEventListener('abort', this);
    this.waiter.milliseconds += performance.now() - this.began;
  }
}

/**
 * One request with its repetitions, and everybody who waits for it. Towards `HttpClient` it is the one
 * waiter: its signal fires when the last of them has gone. Requests count for the first one who is
 * there, time for each.
 */
export class Flight {
  #request: ProviderRequest;
  /** What `HttpClient` measures; the waiters' own time, queues and pauses included, is counted here. */
  milliseconds = 0;
  readonly #patience: number;
  readonly #onDeserted: (flight: Flight) => void;
  readonly signal = new Cancellation();
  readonly #parties = new Set<Party>();
  #payer: Waiter;
  #pause: { readonly until: number; readonly outcome: Outcome } | undefined;

  /**
   * @param patience milliseconds that a waiter without `endsAt` is taken to have
   * @param onDeserted called before the signal fires: nobody may join any more
   */
  constructor(
    request: ProviderRequest,
    payer: Waiter,
    { patience, onDeserted }: { patience: number; onDeserted: (flight: Flight) => void },
  ) {
    this.#request = request;
    this.#payer = payer;
    this.#patience = patience;
    this.#onDeserted = onDeserted;
  }

  get request(): ProviderRequest {
    return this.#request;
  }

  /** For the repetitions to come. */
  takeOwnConnection(): void {
    this.#request = { ...this.#request, ownConnection: true };
  }

  get requests(): number {
    return this.#payer.requests;
  }

  set requests(count: number) {
    this.#payer.requests = count;
  }

  /** Nobody shares a write, so it is the payer's, who may no longer give up as before. A GET may be given up anytime. */
  onSend(): void {
    if (this.request.method !== 'GET') this.#payer.onSend?.();
  }

  /** The outcome, or a rejection at once when the waiter's own signal fires. */
  join(waiter: PatientWaiter): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const party = new Party(this, waiter, { resolve, reject });
      this.#parties.add(party);
      const pause = this.#pause;
      if (pause !== undefined && this.#endOf(party) <= pause.until) this.#settle(party, pause.outcome);
    });
  }

  /**
   * Whether anybody can wait until then. Who cannot is given the outcome now: it says more than a
   * deadline that passed.
   */
  pause(until: number, outcome: Outcome): boolean {
    for (const party of this.#parties) {
      if (this.#endOf(party) <= until) this.#settle(party, outcome);
    }
    this.#pause = { until, outcome };
    return this.#parties.size > 0;
  }

  /** Hands the outcome to all who are still there. */
  land(outcome: Outcome): void {
    for (const party of this.#parties) settle(party, outcome);
    this.#parties.clear();
  }

  /** For what is no outcome but a mistake of ours. */
  crash(error: unknown): void {
    for (const party of this.#parties) {
      party.end();
      party.reject(error);
    }
    this.#parties.clear();
  }

  /** The last one to leave is told by the request itself, which alone knows whether it was sent. */
  leave(party: Party): void {
    const { signal } = party.waiter;
    if (this.#parties.size > 1) {
      this.#settle(party, new HttpFailure('aborted', true, signal.reason));
    } else {
      this.#onDeserted(this);
      this.signal.abort(signal.reason);
    }
  }

  /** Settles one of several, so that the request counts for one who is still there. */
  #settle(party: Party, outcome: Outcome): void {
    this.#parties.delete(party);
    const [first] = this.#parties;
    this.#payer = first?.waiter ?? this.#payer;
    settle(party, outcome);
  }

  #endOf({ waiter, began }: Party): number {
    return waiter.endsAt ?? began + this.#patience;
  }
}

function settle(party: Party, outcome: Outcome): void {
  party.end();
  if (outcome instanceof HttpFailure) party.reject(outcome);
  else party.resolve(outcome);
}
