import type { OnHealth, StoreHealth } from './store.ts';

/** The health of a store, and since when. Each change is told once. */
export class HealthReport {
  readonly #onChange: OnHealth;
  #current: StoreHealth = { state: 'ok' };

  constructor(onChange: OnHealth) {
    this.#onChange = onChange;
  }

  get current(): StoreHealth {
    return this.#current;
  }

  /** How many commands have failed, by the code of the failure. */
  readonly failures = new Map<string, number>();

  count(code: string): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  }

  /** @param code why the store is degraded; undefined if it works */
  set(code: string | undefined): void {
    const before = this.#current;
    if (code === (before.state === 'ok' ? undefined : before.code)) return;
    const since = new Date().toISOString();
    this.#current = code === undefined ? { state: 'ok' } : { state: 'degraded', code, since };
    this.#onChange(this.#current);
  }
}
