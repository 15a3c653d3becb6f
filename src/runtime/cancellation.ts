/** A listener of an abort, called once. An object rather than a function saves one closure per request. */
export interface Listener {
  handleEvent(): void;
}

/** The part of `AbortSignal` that is used here; every `AbortSignal` is one. */
export interface Abortable {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: Listener, options: { once: true }): void;
  removeEventListener(type: 'abort', listener: Listener): void;
}

/**
 * An `AbortController` and its signal in one object, without `EventTarget`. Each request to a provider creates three:
 * as `AbortController`, with two listeners that come and go, they take 14 µs in place of 0.2, which is 5 % of the
 * processor time of one call and 1.3 % of that of a list of 50.
 */
export class Cancellation implements Abortable {
  aborted = false;
  reason: unknown;
  /** Most have one listener, which needs no set. */
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

  /** Calls every listener, the first time only. */
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
