import type { Clock } from '../clock.ts';

/** A script that is being executed. Each wait returns the time at which it ended. */
export type Running<R> = Generator<Wait, R, number>;

/** What a script waits for: a time of the carrier's clock, or that `wake` is called before it. */
export interface Wait {
  /** In milliseconds since the epoch; infinity for no time. */
  readonly until: number;
  /** Returns a function that stops listening. */
  readonly listen?: (wake: (at: number) => void) => () => void;
}

/** Thrown into a script whose call ends, for what a carrier does even then. */
export class HungUp extends Error {
  readonly at: number;
  constructor(at: number) {
    super('The call has ended.');
    this.at = at;
  }
}

/** A script under way. */
export interface Run {
  /** Tells the script that its call has ended; nothing if the script has ended it itself. */
  hangUp(at: number): void;
  /** Abandons the script, whose `finally` blocks are executed. */
  stop(): void;
}

/**
 * Executes a script in steps, each at its time of the clock and without a promise in between, so that a clock that
 * jumps finds everything in order. It stops when the call is not there any more; an exception, a bug of the sandbox, is
 * logged.
 */
export function startRun(
  { clock, isThere, log }: { clock: Clock; isThere: () => boolean; log: (line: string) => void },
  script: Running<void>,
): Run {
  let cancel = () => {};
  let isRunning = false;
  let isOver = false;

  const advance = (resume: () => IteratorResult<Wait, void>) => {
    if (isOver || isRunning) return;
    cancel();
    if (!isThere()) return;
    isRunning = true;
    try {
      const { done, value } = resume();
      if (done === true) isOver = true;
      else if (!isOver) waitFor(value);
    } catch (error) {
      isOver = true;
      if (!(error instanceof HungUp)) log(`A bug in the sandbox: ${String(error)}`);
    } finally {
      isRunning = false;
    }
  };

  const waitFor = ({ until, listen }: Wait) => {
    const wake = (at: number) => advance(() => script.next(at));
    const ignore = listen?.(wake);
    const unschedule =
      until === Number.POSITIVE_INFINITY ? undefined : clock.schedule(until, () => wake(until));
    cancel = () => {
      ignore?.();
      unschedule?.();
    };
  };

  advance(() => script.next(clock.now()));
  return {
    hangUp: (at) => advance(() => script.throw(new HungUp(at))),
    stop() {
      if (isOver) return;
      isOver = true;
      cancel();
      if (!isRunning) script.return();
    },
  };
}

/** Waits for a promise that does not reject. */
export function* settled<T>(clock: Clock, promise: Promise<T>): Running<T> {
  let value: { readonly is: T } | undefined;
  yield {
    until: Number.POSITIVE_INFINITY,
    listen(wake) {
      let listens = true;
      promise.then((is) => {
        value = { is };
        if (listens) wake(clock.now());
      });
      return () => {
        listens = false;
      };
    },
  };
  if (value === undefined) throw new Error('woken without a value');
  return value.is;
}
