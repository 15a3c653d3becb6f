import type { Abortable, Listener } from '../cancellation.ts';
import { HttpFailure, type HttpFailureKind } from './http-failure.ts';

/** One who waits, and is admitted or told by its signal to wait no longer. */
interface Place extends Listener {
  admit(): void;
}

/**
 * Requests waiting for something, first come, first served, no more than `bound` of them. Whoever waits
 * here has sent nothing: every failure says so.
 */
export class WaitingLine {
  readonly #name: string;
  readonly #kind: HttpFailureKind;
  readonly #bound: number;
  readonly #onEmpty: () => void;
  readonly #waiting = new Set<Place>();

  /**
   * @param name what is said in the log of a line that is full
   * @param kind of the failure that it then means
   */
  constructor(name: string, kind: HttpFailureKind, bound: number, onEmpty: () => void = () => undefined) {
    this.#name = name;
    this.#kind = kind;
    this.#bound = bound;
    this.#onEmpty = onEmpty;
  }

  get length(): number {
    return this.#waiting.size;
  }

  /** @throws HttpFailure aborted when the signal fires first, or of the line's kind when it is full. */
  wait(signal: Abortable): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new HttpFailure('aborted', false, signal.reason));
      if (this.length >= this.#bound)
        return reject(new HttpFailure(this.#kind, false, `${this.#name} is full`));
      const leave = (): void => {
        signal.removeEventListener('abort', place);
        this.#waiting.delete(place);
        if (this.length === 0) this.#onEmpty();
      };
      const place: Place = {
        admit: () => {
          leave();
          resolve();
        },
        handleEvent: () => {
          leave();
          reject(new HttpFailure('aborted', false, signal.reason));
        },
      };
      signal.addEventListener('abort', place, { once: true });
      this.#waiting.add(place);
    });
  }

  /** Lets the first one in; false when nobody waits. */
  next(): boolean {
    const [first] = this.#waiting;
    first?.admit();
    return first !== undefined;
  }
}
