import { type AdmissionOptions, defaultAdmission } from './admission-options.ts';

/**
 * Admits requests at the rate at which they are processed, and refuses the excess.
 *
 * The event loop takes up in one turn all requests that arrived during the previous one, and only then reads the
 * providers' responses to earlier requests. So when turns get long, only a few requests are admitted in each and
 * the others wait in a queue that can be measured. Requests that wait for a slow provider take no time of the event
 * loop and do not count. While turns are short, requests pass at no cost.
 *
 * Without overload nobody is refused and requests are admitted in order of arrival. Under overload the newest
 * request is admitted first, one in each turn: some cannot be served anyhow, and in order of arrival all of them
 * would be late.
 */
export class AdmissionQueue {
  readonly #clock: () => number;
  readonly #options: AdmissionOptions;
  readonly #queue: { readonly request: QueuedRequest; readonly since: number }[] = [];
  #isOverloaded = false;
  /** Busy and idle time at the beginning of the window at whose end it is checked whether overload is over. */
  #window = { busy: 0, idle: 0 };
  #turnBegan: number;
  #isBypassed: boolean;
  #isFirstInTurn = true;
  #hasNewConnection = false;
  #isSingleTurn = false;

  /** @param clock busy milliseconds: the time during which the event loop is idle does not count */
  constructor(clock: () => number, options: Partial<AdmissionOptions> = {}) {
    this.#clock = clock;
    this.#options = { ...defaultAdmission, ...options };
    this.#turnBegan = clock();
    this.#isBypassed = this.#options.longTurn >= 0;
  }

  /** How many requests are queued. */
  get waiting(): number {
    return this.#queue.length;
  }

  get isOverloaded(): boolean {
    return this.#isOverloaded;
  }

  /** Admits a request immediately while turns are short, or if it is the only one early in a turn. Else queues it. */
  arrive(request: QueuedRequest): void {
    if (this.#isBypassed) {
      request.admit();
      return;
    }
    const since = this.#clock();
    this.#queue.push({ request, since });
    if (this.#queue.length === 1 && since - this.#turnBegan < this.#options.turnBudget) this.#admit();
  }

  /**
   * Reports a new connection. The event loop accepts one connection in each turn, so more may be pending where they
   * cannot be counted. Only one request is then admitted in this turn.
   */
  connect(): void {
    this.#hasNewConnection = true;
  }

  /**
   * Begins a turn of the event loop. Under overload, refuses requests that have waited too long.
   *
   * @param idle milliseconds for which the event loop has been idle since the start
   */
  turn(idle: number): void {
    const now = this.#clock();
    const isShort = now - this.#turnBegan <= this.#options.longTurn;
    this.#isBypassed = isShort && this.#queue.length === 0 && !this.#isOverloaded;
    this.#turnBegan = now;
    this.#isFirstInTurn = true;
    this.#isSingleTurn = this.#hasNewConnection;
    this.#hasNewConnection = false;
    this.#updateOverload(now, idle);
    if (this.#isOverloaded) this.#refuseLate(now);
  }

  /** Admits one request if the turn's budget is not spent. Call it again when that request has been processed. */
  step(): void {
    const isOneEnough = this.#isOverloaded || this.#isSingleTurn;
    const hasTime = !isOneEnough && this.#clock() - this.#turnBegan < this.#options.turnBudget;
    if (this.#isFirstInTurn || hasTime) this.#admit();
  }

  /** Refuses all queued requests. */
  close(): void {
    for (const { request } of this.#queue.splice(0)) request.refuse();
  }

  /**
   * Overload begins with a long queue, but does not end with a short one, because refusals shorten the queue: it ends when
   * the event loop is idle again.
   */
  #updateOverload(busy: number, idle: number): void {
    const { maxBurst, maxBurstWait, window, minIdleShare } = this.#options;
    const oldest = this.#queue[0]?.since ?? busy;
    const idleTime = idle - this.#window.idle;
    const elapsed = busy - this.#window.busy + idleTime;
    if (!this.#isOverloaded) this.#isOverloaded = this.waiting > maxBurst && busy - oldest > maxBurstWait;
    else if (elapsed < window) return;
    else this.#isOverloaded = idleTime < minIdleShare * elapsed;
    this.#window = { busy, idle };
  }

  #refuseLate(now: number): void {
    const inTime = this.#queue.findIndex(({ since }) => now - since <= this.#options.maxWait);
    const late = this.#queue.splice(0, inTime < 0 ? this.#queue.length : inTime);
    for (const { request } of late) request.refuse();
  }

  #admit(): void {
    this.#isFirstInTurn = false;
    const next = this.#isOverloaded ? this.#queue.pop() : this.#queue.shift();
    next?.request.admit();
  }
}

/** A request that waits for admission. One of the two is called, once. */
export interface QueuedRequest {
  admit(): void;
  refuse(): void;
}
