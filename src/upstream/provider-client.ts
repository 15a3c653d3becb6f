import { sleep } from '../runtime/sleep.ts';
import type { HttpAnswer } from './answer-reader.ts';
import { Flight, type PatientWaiter, type ProviderRequest } from './flight.ts';
import type { HttpLimits } from './http-client.ts';
import { HttpFailure } from './http-failure.ts';
import { InFlight } from './in-flight.ts';
import { Attempts, type AttemptsOptions, type Requester } from './resilience/attempts.ts';
import type { Backoff } from './resilience/backoff.ts';
import { isBroken, mayRepeat, type Outcome, waitBefore } from './resilience/retry.ts';
import { RetryBudget, type RetryBudgetOptions } from './resilience/retry-budget.ts';

export interface ProviderClientOptions extends AttemptsOptions {
  /** How often a GET is repeated at most; a write that never left, once. */
  readonly retries: number;
  readonly backoff: Backoff;
  readonly retryBudget: Partial<RetryBudgetOptions>;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
}

const usual: ProviderClientOptions = {
  retries: 2,
  backoff: { base: 200, longest: 2_000 },
  retryBudget: {},
  breaker: {},
  // As many as HttpClient has connections: nothing waits where it could not be told apart from a slow answer.
  maxConcurrent: 64,
  maxQueued: 256,
  callsPerSecond: undefined,
  maxPaced: 100,
  random: Math.random,
};

/**
 * `HttpClient` for one account of a provider that may be slow, sick or away: GETs survive what repeating
 * can mend and are shared while under way, a POST or PUT leaves once, and a provider that only fails is
 * left alone. Nothing outlasts the waiter's signal.
 */
export class ProviderClient {
  readonly #http: Requester;
  readonly #options: ProviderClientOptions;
  readonly #attempts: Attempts;
  readonly #budget: RetryBudget;
  readonly #inFlight = new InFlight();
  readonly #patience: number;
  readonly #onDeserted = (flight: Flight): void => this.#inFlight.remove(flight);
  #underWay = 0;
  #onIdle: () => void = () => undefined;

  /**
   * @param http closed by `close`
   * @param limits those of `http`
   */
  constructor(
    http: Requester,
    { readDeadline, headersTimeout }: Pick<HttpLimits, 'readDeadline' | 'headersTimeout'>,
    options: Partial<ProviderClientOptions> = {},
  ) {
    this.#http = http;
    this.#options = { ...usual, ...options };
    this.#patience = readDeadline;
    this.#attempts = new Attempts(http, headersTimeout / 2, this.#options);
    this.#budget = new RetryBudget(() => performance.now(), this.#options.retryBudget);
  }

  /** @throws HttpFailure when there is no whole answer; any status is an answer. */
  request(request: ProviderRequest, waiter: PatientWaiter): Promise<HttpAnswer> {
    if (waiter.signal.aborted) {
      return Promise.reject(new HttpFailure('aborted', false, waiter.signal.reason));
    }
    const isRead = request.method === 'GET';
    const shared = isRead ? this.#inFlight.find(request) : undefined;
    if (shared !== undefined) return shared.join(waiter);
    const flight = new Flight(request, waiter, { patience: this.#patience, onDeserted: this.#onDeserted });
    if (isRead) this.#inFlight.add(flight);
    const answer = flight.join(waiter);
    this.#fly(flight);
    return answer;
  }

  /** Waits for requests under way, those that queue included, then closes the connections. */
  async close(): Promise<void> {
    if (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    await this.#http.close();
  }

  /** As a rule the first outcome is the last, and repeating costs nothing then. */
  #fly(flight: Flight): void {
    this.#underWay += 1;
    const onOutcome = (outcome: Outcome): void => {
      this.#end(flight);
      flight.land(outcome);
    };
    const onError = (error: unknown): void => {
      this.#end(flight);
      flight.crash(error);
    };
    this.#attempts.make(flight).then((outcome) => {
      if (!isShut(outcome)) this.#budget.count();
      if (mayRepeat(flight.request.method, outcome)) this.#repeat(flight, outcome).then(onOutcome, onError);
      else onOutcome(outcome);
    }, onError);
  }

  #end(flight: Flight): void {
    if (flight.request.method === 'GET') this.#inFlight.remove(flight);
    else this.#inFlight.forget();
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#onIdle();
  }

  async #repeat(flight: Flight, first: Outcome): Promise<Outcome> {
    const { method } = flight.request;
    const { backoff, random, retries } = this.#options;
    const most = method === 'GET' ? retries : Math.min(1, retries);
    let outcome = first;
    for (let repetition = 1; repetition <= most && mayRepeat(method, outcome); repetition += 1) {
      const wait = Math.ceil(
        waitBefore(repetition, outcome, { backoff, random: random(), date: Date.now() }),
      );
      const isAnybodyLeft = flight.pause(performance.now() + wait, outcome);
      if (!isAnybodyLeft || this.#attempts.isRefusing || !this.#budget.take()) break;
      if (isBroken(outcome)) flight.takeOwnConnection();
      const isAwake = await sleep(wait, flight.signal);
      if (!isAwake) return new HttpFailure('aborted', wasSent(outcome), flight.signal.reason);
      const next = await this.#attempts.make(flight);
      // Not even tried: what was heard before says more.
      if (isShut(next)) break;
      outcome = next;
    }
    return outcome;
  }
}

/** Not tried at all. */
function isShut(outcome: Outcome): boolean {
  return outcome instanceof HttpFailure && (outcome.kind === 'shut' || outcome.kind === 'crowded');
}

function wasSent(outcome: Outcome): boolean {
  return !(outcome instanceof HttpFailure) || outcome.sent;
}
