/** Told once that it is over. An object rather than a function: one fewer to make for every request. */
export interface Listener {
  handleEvent(): void;
}

/** What is needed of an `AbortSignal` here; every one of them is such. */
export interface Abortable {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: Listener, options: { once: true }): void;
  removeEventListener(type: 'abort', listener: Listener): void;
}

/**
 * An `AbortController` and its signal in one, without the `EventTarget` that made one of them dearer than
 * all else that is done here for a request (measured: 5 of 8 µs of processor time).
 */
export class Cancellation implements Abortable {
  aborted = false;
  reason: unknown;
  /** As a rule there is one, which needs no set. */
  #first: Listener | undefined;
  #others: Set<Listener> | undefined;

  addEventListener(_: 'abort', listener: Listener): void {
    if (this.#first === undefined) {
      this.#first = listener;
      return;
    }
    this.#others ??= new Set();
    this.#others.add(listener);
  }

  removeEventListener(_: 'abort', listener: Listener): void {
    if (this.#first === listener) this.#first = undefined;
    else this.#others?.delete(listener);
  }

  /** Tells every listener, the first time. */
  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#first?.handleEvent();
    for (const listener of this.#others ?? []) listener.handleEvent();
    this.#first = undefined;
    this.#others = undefined;
  }
}
