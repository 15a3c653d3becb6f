import type { Context } from '../context.ts';
import type { EndedOperation, Guard, PendingOperation } from './guard.ts';

/**
 * The guards of one request. The fast lane leaves an operation that they refuse to Apollo Server, which checks it
 * again: the guards are run once, and their refusal is repeated.
 */
export class Passage {
  readonly #guards: readonly Guard[];
  #outcome: { readonly refusal?: unknown } | undefined;

  constructor(guards: readonly Guard[]) {
    this.#guards = guards;
  }

  /** Throws the refusal of the first guard that refuses the operation. */
  check(operation: PendingOperation): void {
    this.#outcome ??= this.#run(operation);
    if ('refusal' in this.#outcome) throw this.#outcome.refusal;
  }

  /** Returns the `extensions` of the response, undefined if there are none. */
  finish(operation: EndedOperation): object | undefined {
    let extensions: object | undefined;
    for (const guard of this.#guards) {
      const more = guard.finish?.(operation);
      if (more !== undefined) extensions = { ...extensions, ...more };
    }
    return extensions;
  }

  #run(operation: PendingOperation): { readonly refusal?: unknown } {
    try {
      for (const guard of this.#guards) guard.check?.(operation);
      return {};
    } catch (refusal) {
      return { refusal };
    }
  }
}

/** The context of a request with the guards that it has to pass. */
export interface GuardedContext extends Context {
  readonly passage: Passage;
}
