import type { EventLog } from './event-log.ts';

/** What a `GapAppender` is made from. */
export interface GapAppenderOptions {
  readonly log: Pick<EventLog, 'appendGap'>;
  /** Waits before the next attempt; resolves with false if there is to be none. */
  readonly pause: () => Promise<boolean>;
  /** Called when changes can no longer be told, and when they can again. */
  readonly onFailure?: ((cause: unknown) => void) | undefined;
  readonly onRecovery?: (() => void) | undefined;
}

/** Appends a gap for changes that were lost, as soon as the log takes entries again. */
export class GapAppender {
  readonly #options: GapAppenderOptions;
  #isLosing = false;

  constructor(options: GapAppenderOptions) {
    this.#options = options;
  }

  /** Notes that a change was lost. All that are lost before the gap is appended share it. */
  lose(cause: unknown): void {
    if (this.#isLosing) return;
    this.#isLosing = true;
    this.#options.onFailure?.(cause);
    void this.#append();
  }

  async #append(): Promise<void> {
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
