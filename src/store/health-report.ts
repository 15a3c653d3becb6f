import type { Hazard } from './redis-hazard.ts';
import type { OnHealth, StoreHealth } from './store.ts';

/** Only a write can tell that these are over. */
const writeReasons = new Set(['READONLY', 'FULL']);

/** The health of a Redis, and since when. Each change is told once. */
export class HealthReport {
  /** How many commands have failed, by the code of the failure. */
  readonly failures = new Map<string, number>();
  /** Why keys may be lost although Redis works. */
  hazard: Hazard | undefined;
  readonly #onChange: OnHealth;
  #current: StoreHealth = { state: 'ok' };

  constructor(onChange: OnHealth) {
    this.#onChange = onChange;
  }

  get current(): StoreHealth {
    return this.#current;
  }

  /** A command has failed. */
  fail(code: string): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
    this.#set(code);
  }

  /** Redis answers, but has not been seen to take writes. */
  answer(): void {
    if (this.#current.state === 'ok' || !writeReasons.has(this.#current.code)) this.#set(this.hazard);
  }

  /** Redis has taken a write. */
  takeWrite(): void {
    this.#set(this.hazard);
  }

  /** @param code why the store is degraded; undefined if it works */
  #set(code: string | undefined): void {
    const before = this.#current;
    if (code === (before.state === 'ok' ? undefined : before.code)) return;
    const since = new Date().toISOString();
    this.#current = code === undefined ? { state: 'ok' } : { state: 'degraded', code, since };
    this.#onChange(this.#current);
  }
}
