import type { Outcome } from '../assumptions.ts';

/**
 * What the person at the far end of a call does: of a placed call, of an inbound one, and of each leg that a script dials.
 * Without a script, the outcome depends on the number, and the person presses and says nothing.
 */
export interface CalleeScript {
  /** Instead of the outcome that the number stands for. */
  readonly outcome?: Outcome;
  /** How long it rings before the answer, in milliseconds; two seconds by default. */
  readonly answersAfter?: number;
  /** What is done each time that a script listens: at a Gather, at each repetition of one, at a Record. Then nothing. */
  readonly turns?: readonly Turn[];
  /** How long after the answer the person hangs up, in milliseconds; two minutes by default. */
  readonly hangsUpAfter?: number;
}

/** What is done once, in this order; `{}` is nothing. */
export interface Turn {
  /** Speech, which takes 65 ms a character. */
  readonly says?: string;
  /** Keys, half a second apart. */
  readonly presses?: string;
  /** Hangs up. */
  readonly hangsUp?: boolean;
  /** How long after the last prompt it begins, in milliseconds; half a second by default. */
  readonly after?: number;
  /** True: the keys are pressed during the first prompt, which they stop. */
  readonly interrupts?: boolean;
}

/** The scripts of the people at the far end, for tests. */
export interface Callees {
  /** Sets the script of a number, of another destination as it is dialled, or of one call by its id. */
  set(numberOrCallId: string, script: CalleeScript): void;
  /** Removes all scripts. */
  clear(): void;
}

/** A person in one call: the script, and the turns that are left. */
export interface Callee extends CalleeScript {
  /** Takes the next turn. */
  next(): Turn;
}

/** Creates an empty set of scripts. A person starts anew with each call. */
export function createCallees(): { callees: Callees; meet(number: string, callId: string): Callee } {
  const scripts = new Map<string, CalleeScript>();
  return {
    callees: {
      set: (key, script) => void scripts.set(key, script),
      clear: () => scripts.clear(),
    },
    meet(number, callId) {
      const script = scripts.get(callId) ?? scripts.get(number) ?? {};
      const turns = [...(script.turns ?? [])];
      return { ...script, next: () => turns.shift() ?? {} };
    },
  };
}
