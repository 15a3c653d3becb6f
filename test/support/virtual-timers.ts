type Callback = (...values: unknown[]) => void;

/**
 * Timers that fire when `advance` says so, in the order in which they are due. Those due within one step are kept
 * together, so that no step looks at the others: there may be thousands.
 */
export class VirtualTimers {
  /** In milliseconds. */
  now: number;
  readonly #step: number;
  readonly #setNow: (now: number) => void;
  readonly #due = new Map<number, Set<VirtualTimer>>();
  readonly #byId = new Map<number, VirtualTimer>();
  #created = 0;

  /**
   * @param step the milliseconds of each `advance`
   * @param setNow is told of the time whenever it moves
   */
  constructor(now: number, step: number, setNow: (now: number) => void) {
    this.now = now;
    this.#step = step;
    this.#setNow = setNow;
  }

  readonly setTimeout = (callback: Callback, delay?: number, ...values: unknown[]): VirtualTimer =>
    this.#start(callback, delay, values, false);

  readonly setInterval = (callback: Callback, delay?: number, ...values: unknown[]): VirtualTimer =>
    this.#start(callback, delay, values, true);

  readonly clear = (timer: VirtualTimer | number | string | null | undefined): void => {
    const found = timer instanceof VirtualTimer ? timer : this.#byId.get(Number(timer));
    if (found !== undefined) this.remove(found);
  };

  #start(callback: Callback, delay = 1, values: unknown[], repeats: boolean): VirtualTimer {
    // As Node's do: what is no number of at least 1 is 1.
    const milliseconds = delay >= 1 && delay <= 2 ** 31 - 1 ? Math.trunc(delay) : 1;
    this.#created += 1;
    const run = () => callback(...values);
    const timer = new VirtualTimer(this, this.#created, run, milliseconds, repeats);
    this.schedule(timer);
    return timer;
  }

  schedule(timer: VirtualTimer): void {
    timer.dueAt = this.now + timer.delay;
    const step = this.#stepOf(timer.dueAt);
    const those = this.#due.get(step) ?? new Set();
    this.#due.set(step, those.add(timer));
    this.#byId.set(timer.id, timer);
  }

  remove(timer: VirtualTimer): void {
    this.#due.get(this.#stepOf(timer.dueAt))?.delete(timer);
    this.#byId.delete(timer.id);
  }

  /** Moves the time by one step. */
  advance(): void {
    const end = this.now + this.#step;
    const step = this.#stepOf(end);
    for (let next = this.#first(step); next !== undefined; next = this.#first(step)) {
      this.#moveTo(next.dueAt);
      this.remove(next);
      if (next.repeats) this.schedule(next);
      next.run();
    }
    this.#due.delete(step);
    this.#moveTo(end);
  }

  #moveTo(now: number): void {
    this.now = now;
    this.#setNow(now);
  }

  /** The first that is due within a step; of those due at once, the one that was set first. */
  #first(step: number): VirtualTimer | undefined {
    let first: VirtualTimer | undefined;
    for (const timer of this.#due.get(step) ?? [])
      if (first === undefined || timer.dueAt < first.dueAt) first = timer;
    return first;
  }

  #stepOf(time: number): number {
    return Math.ceil(time / this.#step);
  }
}

/** What `setTimeout` and `setInterval` return. */
class VirtualTimer implements Disposable {
  dueAt = 0;
  readonly #timers: VirtualTimers;
  readonly id: number;
  readonly run: () => void;
  readonly delay: number;
  readonly repeats: boolean;

  constructor(timers: VirtualTimers, id: number, run: () => void, delay: number, repeats: boolean) {
    this.#timers = timers;
    this.id = id;
    this.run = run;
    this.delay = delay;
    this.repeats = repeats;
  }

  refresh(): this {
    this.#timers.remove(this);
    this.#timers.schedule(this);
    return this;
  }

  /** Nothing waits for a virtual timer. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  close(): this {
    this.#timers.remove(this);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.id;
  }

  [Symbol.dispose](): void {
    this.#timers.remove(this);
  }
}
