import type { EventLog } from './event-log.ts';
import type { Observation } from './observation.ts';
import { toChange } from './to-change.ts';

/** Observations that wait for the store at the same time. What comes beyond is lost. */
const maxPending = 1_000;

/** What an `EventRecorder` is made from. */
export interface EventRecorderOptions {
  readonly log: Pick<EventLog, 'change' | 'appendGap'>;
  /** Waits before the next attempt at a gap; resolves with false if there is to be none. */
  readonly pause: () => Promise<boolean>;
  /** Called when changes can no longer be told, and when they can again. */
  readonly onFailure?: ((cause: unknown) => void) | undefined;
  readonly onRecovery?: (() => void) | undefined;
}

/** Writes what is observed to the log, and a gap for changes that were lost, as soon as the log takes entries again. */
export class EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #pending = new Set<Promise<void>>();
  #isLosing = false;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
  }

  /** @param isNews see `toChange` */
  async record(observation: Observation, isNews: boolean): Promise<void> {
    if (this.#pending.size >= maxPending) return this.#lose(new Error('too many changes at once'));
    const written = this.#write(observation, isNews).catch((error: unknown) => this.#lose(error));
    this.#pending.add(written);
    await written;
    this.#pending.delete(written);
  }

  /** Resolves once all that is under way has been written, or is lost. */
  async settle(): Promise<void> {
    await Promise.all(this.#pending);
  }

  async #write(observation: Observation, isNews: boolean): Promise<void> {
    const { log } = this.#options;
    let change = toChange(undefined, observation, isNews);
    while (change !== undefined) {
      const state = await log.change(change);
      change = state && toChange(state, observation, isNews);
    }
  }

  /** Notes that a change was lost. All that are lost before the gap is appended share it. */
  #lose(cause: unknown): void {
    if (this.#isLosing) return;
    this.#isLosing = true;
    this.#options.onFailure?.(cause);
    void this.#appendGap();
  }

  async #appendGap(): Promise<void> {
    const { log, pause, onRecovery } = this.#options;
    while (await pause()) {
      try {
        // A change that is lost from here on needs another gap.
        this.#isLosing = false;
        await log.appendGap();
        onRecovery?.();
        return;
      } catch {
        this.#isLosing = true;
      }
    }
  }
}
