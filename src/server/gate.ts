/** Who asks to be let in. One of the two is called, once; neither before `arrive` unless there is room. */
export interface Entrant {
  admit(): void;
  refuse(): void;
}

/** Times in milliseconds. */
export interface GateOptions {
  /** A turn of the event loop may last so long before requests are made to wait for the next. */
  readonly slow: number;
  /** How long requests are let in during one turn then; the others wait for the next. */
  readonly turn: number;
  /** There is a crowd when more than so many wait, and the first of them for longer than this. */
  readonly many: number;
  readonly long: number;
  /** How long anybody waits in a crowd. */
  readonly longest: number;
  /** How often it is looked whether the crowd is gone: it is when there was nothing to do for such a part. */
  readonly window: number;
  readonly rest: number;
}

/**
 * `slow` is what a few dozen requests at a time take. `long` and `longest` are of the order of CoDel's
 * interval and target (RFC 8289, section 4): what stands for longer than the first is no burst, and with more
 * than the second to wait what is served comes late.
 *
 * Clients that wait for their answers before they ask again are never more than they are: as `many` of them
 * may be slow together, on a machine that is slow or has only just started.
 */
const usual: GateOptions = { slow: 20, turn: 0.5, many: 100, long: 50, longest: 5, window: 500, rest: 0.2 };

interface Waiting {
  readonly entrant: Entrant;
  readonly since: number;
}

/**
 * Lets requests in as fast as they are worked through, and turns away what comes above that.
 *
 * The event loop takes up in one turn all that arrived during the turn before, be it hundreds of requests,
 * and only then looks at the providers' answers to those it has begun with. So once turns get long, a few
 * are let in per turn, and the others wait where they can be counted. Those who wait for a slow provider
 * cost no time and do not count. While turns are short, the gate stands open and costs nothing.
 *
 * As long as there is no crowd, nobody is refused, and the first to come is the first to be let in. In a
 * crowd the last to come is the first, one a turn: some cannot be served anyhow, and to let all wait until
 * it is too late for each would help nobody.
 */
export class Gate {
  readonly #clock: () => number;
  readonly #options: GateOptions;
  readonly #line: Waiting[] = [];
  #turnBegan: number;
  #isOpen: boolean;
  #isFirst = true;
  #isConnected = false;
  #isShort = false;
  #isCrowded = false;
  /** When the present window began, by either clock. */
  #window = { busy: 0, idle: 0 };

  /** @param clock milliseconds, of which those do not count in which the event loop had nothing to do */
  constructor(clock: () => number, options: Partial<GateOptions> = {}) {
    this.#clock = clock;
    this.#options = { ...usual, ...options };
    this.#turnBegan = clock();
    this.#isOpen = this.#options.slow >= 0;
  }

  get waiting(): number {
    return this.#line.length;
  }

  get isCrowded(): boolean {
    return this.#isCrowded;
  }

  /** Lets it in at once where the gate is open, or where nobody waits and the turn has only begun. */
  arrive(entrant: Entrant): void {
    if (this.#isOpen) {
      entrant.admit();
      return;
    }
    const since = this.#clock();
    this.#line.push({ entrant, since });
    if (this.#line.length === 1 && since - this.#turnBegan < this.#options.turn) this.#admit();
  }

  /**
   * Tells that somebody new has connected. The event loop takes up one connection a turn, so others may
   * wait outside, where nobody sees them: one request is enough for this turn.
   */
  connect(): void {
    this.#isConnected = true;
  }

  /**
   * To be called once in every turn. Turns away whom it is too late for.
   *
   * @param idle milliseconds in which the event loop had nothing to do so far
   */
  turn(idle: number): void {
    const now = this.#clock();
    const isShort = now - this.#turnBegan <= this.#options.slow;
    this.#isOpen = isShort && this.#line.length === 0 && !this.#isCrowded;
    this.#turnBegan = now;
    this.#isFirst = true;
    this.#isShort = this.#isConnected;
    this.#isConnected = false;
    this.#judge(now, idle);
    if (this.#isCrowded) this.#refuse(now);
  }

  /** Lets one in, if this turn has not had enough. To be called again when the work for it is done. */
  step(): void {
    const { turn } = this.#options;
    const isOneEnough = this.#isCrowded || this.#isShort;
    if (this.#isFirst || (!isOneEnough && this.#clock() - this.#turnBegan < turn)) this.#admit();
  }

  /** Turns away all who wait. */
  close(): void {
    for (const { entrant } of this.#line.splice(0)) entrant.refuse();
  }

  #judge(busy: number, idle: number): void {
    const { many, long, window, rest } = this.#options;
    const [first] = this.#line;
    if (!this.#isCrowded) {
      this.#isCrowded = this.#line.length > many && first !== undefined && busy - first.since > long;
      this.#window = { busy, idle };
      return;
    }
    const rested = idle - this.#window.idle;
    const took = busy - this.#window.busy + rested;
    if (took < window) return;
    this.#isCrowded = rested < rest * took;
    this.#window = { busy, idle };
  }

  #refuse(now: number): void {
    const inTime = this.#line.findIndex(({ since }) => now - since <= this.#options.longest);
    const late = this.#line.splice(0, inTime < 0 ? this.#line.length : inTime);
    for (const { entrant } of late) entrant.refuse();
  }

  #admit(): void {
    this.#isFirst = false;
    const next = this.#isCrowded ? this.#line.pop() : this.#line.shift();
    next?.entrant.admit();
  }
}
