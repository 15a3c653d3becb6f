import type { Abortable, Listener } from '../../runtime/cancellation.ts';
import { HttpFailure, type HttpFailureKind } from '../http-failure.ts';

/** The failures of who finds the line full, and of whose signal fires while waiting in it. */
export interface WaitingKinds {
  readonly full: HttpFailureKind;
  readonly late: HttpFailureKind;
}

/** One who waits, and who is before and behind it. */
class Place implements Listener {
  readonly signal: Abortable;
  readonly resolve: () => void;
  readonly reject: (failure: HttpFailure) => void;
  readonly #line: WaitingLine;
  before: Place | undefined;
  behind: Place | undefined;

  constructor(line: WaitingLine, signal: Abortable, { resolve, reject }: Pick<Place, 'resolve' | 'reject'>) {
    this.#line = line;
    this.signal = signal;
    this.resolve = resolve;
    this.reject = reject;
  }

  handleEvent(): void {
    this.#line.leave(this);
  }
}

/**
 * Requests waiting for something, first come, first served, no more than `bound` of them. Whoever waits
 * here has sent nothing: every failure says so.
 *
 * They are linked to each other, and to nobody once they have left. A `Set` replaces its table now and then,
 * and once a replaced one is old, all that stood in it is kept until the next full collection: requests long
 * answered, with all that belongs to them. (Measured: each request for twenty calls left 13 KB to that
 * collection; with this and the slots of `InFlight` it is 6 KB.)
 */
export class WaitingLine {
  readonly #name: string;
  readonly #kinds: WaitingKinds;
  readonly #bound: number;
  readonly #onEmpty: () => void;
  #first: Place | undefined;
  #last: Place | undefined;
  #length = 0;

  /**
   * @param name what is said in the log of a line that is full
   */
  constructor(name: string, kinds: WaitingKinds, bound: number, onEmpty: () => void = () => undefined) {
    this.#name = name;
    this.#kinds = kinds;
    this.#bound = bound;
    this.#onEmpty = onEmpty;
  }

  get length(): number {
    return this.#length;
  }

  /** @throws HttpFailure aborted when the signal has fired, of the line's own kinds when it is full or it is too late. */
  wait(signal: Abortable): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(new HttpFailure('aborted', false, signal.reason));
      else if (this.#length >= this.#bound)
        reject(new HttpFailure(this.#kinds.full, false, `${this.#name} is full`));
      else this.#add(new Place(this, signal, { resolve, reject }));
    });
  }

  /** Lets the first one in; false when nobody waits. */
  next(): boolean {
    const first = this.#first;
    if (first === undefined) return false;
    this.#remove(first);
    first.resolve();
    return true;
  }

  /** For one whose signal fires. */
  leave(place: Place): void {
    this.#remove(place);
    place.reject(new HttpFailure(this.#kinds.late, false, place.signal.reason));
  }

  #add(place: Place): void {
    place.signal.addEventListener('abort', place, { once: true });
    place.before = this.#last;
    if (this.#last === undefined) this.#first = place;
    else this.#last.behind = place;
    this.#last = place;
    this.#length += 1;
  }

  #remove(place: Place): void {
    const { before, behind } = place;
    place.signal.removeEventListener('abort', place);
    if (before === undefined) this.#first = behind;
    else before.behind = behind;
    if (behind === undefined) this.#last = before;
    else behind.before = before;
    place.before = undefined;
    place.behind = undefined;
    this.#length -= 1;
    if (this.#length === 0) this.#onEmpty();
  }
}
