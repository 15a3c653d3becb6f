import type { Abortable } from '../../runtime/cancellation.ts';
import { WaitingLine } from './waiting-line.ts';

/** Milliseconds that a timer may well be late by. */
const resolution = 2;

/** Whoever waits here until it is too late waits for the pace alone; of one whose client has left nobody is told. */
const crowded = { full: 'crowded', late: 'crowded' } as const;

/**
 * Lets requests leave evenly, at most so many per second, in the order in which they came. Evenly
 * rather than in bursts: what leaves in one second may arrive in the next and would then be over the
 * provider's limit. There is a timer only while somebody waits.
 */
export class Pace {
  readonly #interval: number;
  /** How far back turns count that no timer was fine enough for: nothing below some hundreds a second. */
  readonly #slack: number;
  readonly #now: () => number;
  readonly #line: WaitingLine;
  readonly #admit = (): void => this.#admitFirst();
  #next = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** @param now milliseconds by a clock that never goes back */
  constructor(perSecond: number, maxQueued: number, now: () => number) {
    this.#interval = 1000 / perSecond;
    this.#slack = Math.max(0, resolution - this.#interval);
    this.#now = now;
    this.#line = new WaitingLine('the queue of paced requests', crowded, maxQueued, () => this.#stop());
  }

  /**
   * Waits for one's turn; undefined when it has come already.
   *
   * @throws HttpFailure as `WaitingLine.wait` does; then the turn is somebody else's
   */
  turn(signal: Abortable): Promise<void> | undefined {
    if (this.#line.length === 0 && this.#isDue()) return undefined;
    const turn = this.#line.wait(signal);
    this.#start();
    return turn;
  }

  /** Whether somebody may leave; if so, the next one has to wait. */
  #isDue(): boolean {
    const now = this.#now();
    if (now < this.#next) return false;
    this.#next = Math.max(this.#next, now - this.#slack) + this.#interval;
    return true;
  }

  /** A timer may fire a little early, hence the question. */
  #admitFirst(): void {
    this.#timer = undefined;
    while (this.#line.length > 0 && this.#isDue()) this.#line.next();
    this.#start();
  }

  #start(): void {
    if (this.#timer !== undefined || this.#line.length === 0) return;
    this.#timer = setTimeout(this.#admit, Math.ceil(this.#next - this.#now()));
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
