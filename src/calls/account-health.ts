import type { AccountState, ErrorCode } from '../generated/schema.ts';
import type { Instant } from './call.ts';
import type { Failure } from './failure.ts';

/** Failures of the account or its provider. With any other one the provider has refused a request, or was not asked. */
const faults: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'OUTCOME_UNKNOWN',
  'PROVIDER_FORBIDDEN',
  'PROVIDER_MISBEHAVED',
  'PROVIDER_TIMEOUT',
  'PROVIDER_UNAUTHENTICATED',
  'PROVIDER_UNAVAILABLE',
]);

/**
 * What the requests of this process have shown of an account. Reading it sends no request, so a state lasts until the
 * next request shows another one.
 */
export class AccountHealth {
  /** Called after each change of the state. */
  onChange: () => void = () => undefined;
  readonly #now: () => number;
  #state: AccountState = 'UNKNOWN';
  #code: ErrorCode | null = null;
  #since: number | undefined;
  #lastSuccess: number | undefined;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get state(): AccountState {
    return this.#state;
  }

  /** Code of the latest failure; null unless the latest request failed. */
  get code(): ErrorCode | null {
    return this.#code;
  }

  /** When the first of the latest failures or successes was; null before any request. */
  get since(): Instant | null {
    return toInstant(this.#since);
  }

  get lastSuccess(): Instant | null {
    return toInstant(this.#lastSuccess);
  }

  /** Records a response that can be used. */
  succeed(): void {
    this.#lastSuccess = this.#now();
    this.#set('OK', null);
  }

  /**
   * Records a failure, unless it is the fault of the request.
   *
   * @param isCircuitOpen whether the circuit breaker rejects further requests
   */
  fail({ code }: Pick<Failure, 'code'>, isCircuitOpen: boolean): void {
    if (!faults.has(code)) return;
    const isFailing = this.#code !== null;
    const isUnavailable = isCircuitOpen || this.#state === 'UNAVAILABLE';
    // The breaker's own rejections say nothing that the failures before it did not.
    const latest = isUnavailable && isFailing ? this.#code : code;
    this.#set(isUnavailable ? 'UNAVAILABLE' : 'DEGRADED', latest);
  }

  #set(state: AccountState, code: ErrorCode | null): void {
    const isTurn = this.#since === undefined || (code === null) !== (this.#code === null);
    if (isTurn) this.#since = this.#now();
    const isChange = state !== this.#state;
    this.#state = state;
    this.#code = code;
    if (isChange) this.onChange();
  }
}

function toInstant(milliseconds: number | undefined): Instant | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}
