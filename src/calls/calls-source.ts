import type { CallsDependencies } from './calls.ts';

/** What operations share, of which the accounts may change while they run. */
export interface CallsSource {
  /** What there is now, to be looked at and not kept. */
  readonly current: CallsDependencies;
  /** What there is now. Until it is released, its adapters stay open, whatever becomes of the accounts. */
  take(): TakenCalls;
}

export interface TakenCalls {
  readonly calls: CallsDependencies;
  /** Call it once, when nothing of `calls` is used any more. */
  release(): void;
}
