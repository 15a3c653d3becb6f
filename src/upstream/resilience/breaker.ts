import type { ProviderRequest } from '../flight.ts';
import { HttpFailure } from '../http-failure.ts';
import type { Outcome } from './retry.ts';
import { RollingCount } from './rolling-count.ts';

export interface BreakerOptions {
  /** Faults in a row, and their share of all attempts in `span` milliseconds, from which it opens. */
  readonly faults: number;
  readonly share: number;
  readonly span: number;
  /** Milliseconds that it stays open before one request tries again. */
  readonly coolDown: number;
}

/** What one attempt tells of the provider; `nothing` when its end was not the provider's doing. */
export type Verdict = 'well' | 'sick' | 'nothing';

type Doubtful = Pick<ProviderRequest, 'isDoubtful'>;

const usual: BreakerOptions = { faults: 5, share: 0.5, span: 10_000, coolDown: 5_000 };
const faults = new Set(['unreachable', 'broken', 'timeout']);

/**
 * The provider is at fault for a 5xx and for giving no whole answer. A 4xx is the request's fault, 429
 * included; a request that cannot be written is our own. A client's leaving is nobody's, unless the client had
 * waited so long that a hanging provider is the likelier reason (otherwise deadlines shorter than our timeouts
 * would never let the breaker open).
 *
 * @param took milliseconds
 * @param slow milliseconds without an answer after which giving up counts against the provider
 * @param request of which a 500 may say that it asks for what there cannot be
 */
export function toVerdict(
  outcome: Outcome,
  took: number,
  slow: number,
  { isDoubtful }: Doubtful = {},
): Verdict {
  if (!(outcome instanceof HttpFailure)) {
    if (isDoubtful && outcome.status === 500) return 'nothing';
    return outcome.status >= 500 ? 'sick' : 'well';
  }
  if (outcome.kind === 'aborted') return outcome.sent && took >= slow ? 'sick' : 'nothing';
  if (outcome.kind === 'unwritable') return 'nothing';
  return faults.has(outcome.kind) ? 'sick' : 'well';
}

/**
 * Stops asking a provider that only fails. It opens after a row of faults that are also a good part of
 * the latest attempts, so that one broken connection among hundreds of good answers does not open it;
 * while it is open, everything is refused at once, but for one request after each cool-down. Outcomes
 * from before it changed do not count.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #now: () => number;
  #attempts: RollingCount;
  #faults: RollingCount;
  #row = 0;
  /** When the next probe may go; undefined while closed. */
  #probeAt: number | undefined;
  #isProbing = false;
  #era = 0;

  /** @param now milliseconds by a clock that never goes back */
  constructor(now: () => number, options: Partial<BreakerOptions> = {}) {
    this.#options = { ...usual, ...options };
    this.#now = now;
    this.#attempts = new RollingCount(this.#options.span);
    this.#faults = new RollingCount(this.#options.span);
  }

  get isOpen(): boolean {
    if (this.#probeAt === undefined) return false;
    return this.#isProbing || this.#now() < this.#probeAt;
  }

  /** @throws HttpFailure shut while it is open */
  check(): void {
    if (this.isOpen) throw new HttpFailure('shut', false, 'the breaker is open', this.#secondsLeft());
  }

  /** Until the next probe may go; while one is under way, until its end should be known. */
  #secondsLeft(): number {
    return Math.max(1, Math.ceil(((this.#probeAt ?? 0) - this.#now()) / 1000));
  }

  /**
   * Begins an attempt, which ends with `leave`.
   *
   * @returns what to hand to `leave`
   * @throws HttpFailure as `check` does
   */
  enter(): number {
    this.check();
    this.#isProbing = this.#probeAt !== undefined;
    return this.#era;
  }

  leave(era: number, verdict: Verdict): void {
    if (era !== this.#era) return;
    if (this.#probeAt !== undefined) this.#endProbe(verdict);
    else if (verdict !== 'nothing') this.#count(verdict);
  }

  /** A probe that tells nothing leaves the way free for the next one. */
  #endProbe(verdict: Verdict): void {
    this.#isProbing = false;
    if (verdict === 'well') this.#change(undefined);
    if (verdict === 'sick') this.#change(this.#now() + this.#options.coolDown);
  }

  #count(verdict: Verdict): void {
    const now = this.#now();
    this.#attempts.add(now);
    if (verdict === 'well') {
      this.#row = 0;
      return;
    }
    this.#row += 1;
    this.#faults.add(now);
    const { faults: enough, share, coolDown } = this.#options;
    const isMostly = this.#faults.total(now) >= share * this.#attempts.total(now);
    if (this.#row >= enough && isMostly) this.#change(now + coolDown);
  }

  #change(probeAt: number | undefined): void {
    this.#era += 1;
    this.#row = 0;
    this.#probeAt = probeAt;
    this.#attempts = new RollingCount(this.#options.span);
    this.#faults = new RollingCount(this.#options.span);
  }
}
