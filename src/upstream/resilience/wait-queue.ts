import type { Abortable, Listener } from '../../runtime/cancellation.ts';
import { HttpFailure, type HttpFailureKind } from '../http-failure.ts';

/** The failure when the queue is full, and when a waiter's signal fires. */
export interface WaitQueueFailures {
  readonly full: HttpFailureKind;
  readonly aborted: HttpFailureKind;
}

/** One waiter: a node of a doubly linked list. */
class QueuedWaiter implements Listener {
  readonly signal: Abortable;
  readonly resolve: () => void;
  readonly reject: (failure: HttpFailure) => void;
  readonly #queue: WaitQueue;
  previous: QueuedWaiter | undefined;
  next: QueuedWaiter | undefined;

  constructor(
    queue: WaitQueue,
    signal: Abortable,
    { resolve, reject }: Pick<QueuedWaiter, 'resolve' | 'reject'>,
  ) {
    this.#queue = queue;
    this.signal = signal;
    this.resolve = resolve;
    this.reject = reject;
  }

  handleEvent(): void {
    this.#queue.leave(this);
  }
}

/**
 * A bounded first-in, first-out queue of requests that wait for something. A queued request has sent nothing,
 * and every failure says so.
 *
 * A linked list rather than a `Set`: V8 keeps the entries of a `Set`'s old tables until the next full
 * collection, and with them requests long answered. (Measured: each request for twenty calls left 13 KB to that
 * collection; with this list and the slots of `InFlightRequests` it is 6 KB.)
 */
export class WaitQueue {
  readonly #name: string;
  readonly #failures: WaitQueueFailures;
  readonly #maxLength: number;
  readonly #onEmpty: () => void;
  #first: QueuedWaiter | undefined;
  #last: QueuedWaiter | undefined;
  #length = 0;

  /**
   * @param name for the log, when the queue is full
   * @param onEmpty called when the last waiter has left, for whatever reason
   */
  constructor(
    name: string,
    failures: WaitQueueFailures,
    maxLength: number,
    onEmpty: () => void = () => undefined,
  ) {
    this.#name = name;
    this.#failures = failures;
    this.#maxLength = maxLength;
    this.#onEmpty = onEmpty;
  }

  get length(): number {
    return this.#length;
  }

  /** @throws HttpFailure aborted when the signal has fired already, else one of the queue's own failures */
  wait(signal: Abortable): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(new HttpFailure('aborted', false, signal.reason));
      else if (this.#length >= this.#maxLength)
        reject(new HttpFailure(this.#failures.full, false, `${this.#name} is full`));
      else this.#add(new QueuedWaiter(this, signal, { resolve, reject }));
    });
  }

  /** Resolves the first waiter; false when there is none. */
  resolveFirst(): boolean {
    const first = this.#first;
    if (first === undefined) return false;
    this.#remove(first);
    first.resolve();
    return true;
  }

  /** Rejects a waiter whose signal fires. */
  leave(waiter: QueuedWaiter): void {
    this.#remove(waiter);
    waiter.reject(new HttpFailure(this.#failures.aborted, false, waiter.signal.reason));
  }

  #add(waiter: QueuedWaiter): void {
    waiter.signal.addEventListener('abort', waiter, { once: true });
    waiter.previous = this.#last;
    if (this.#last === undefined) this.#first = waiter;
    else this.#last.next = waiter;
    this.#last = waiter;
    this.#length += 1;
  }

  #remove(waiter: QueuedWaiter): void {
    const { previous, next } = waiter;
    waiter.signal.removeEventListener('abort', waiter);
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    waiter.previous = undefined;
    waiter.next = undefined;
    this.#length -= 1;
    if (this.#length === 0) this.#onEmpty();
  }
}
