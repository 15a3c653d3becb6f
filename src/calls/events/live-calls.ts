import type { Call, Instant } from '../call.ts';
import { isEnded, isUnanswered } from './status-rank.ts';

/** Live calls of an account that are followed. */
const maxLive = 1_000;

export type LiveCall = Pick<Call, 'providerCallId' | 'status' | 'createdAt'>;

/** The calls of an account that have not ended. The one whose read by id is longest ago comes first. */
export class LiveCalls {
  readonly #calls = new Map<string, LiveCall>();

  /** Takes the state of a call. */
  note({ providerCallId, status, createdAt }: LiveCall): void {
    if (isEnded(status)) this.#calls.delete(providerCallId);
    else if (this.#calls.has(providerCallId) || this.#calls.size < maxLive) {
      this.#calls.set(providerCallId, { providerCallId, status, createdAt });
    }
  }

  /** Puts a call behind all others, once it has been read by id or could not be: a failing one must not delay the others. */
  rotate(providerCallId: string): void {
    const call = this.#calls.get(providerCallId);
    this.#calls.delete(providerCallId);
    if (call !== undefined) this.#calls.set(providerCallId, call);
  }

  delete(providerCallId: string): void {
    this.#calls.delete(providerCallId);
  }

  clear(): void {
    this.#calls.clear();
  }

  /** The ids of calls that are not among these; only of those that wait for an answer if `unanswered`. */
  idsBut(listed: ReadonlySet<string> | undefined, unanswered: boolean): string[] {
    const calls = [...this.#calls.values()];
    return calls
      .filter(({ providerCallId: id, status }) => !listed?.has(id) && (!unanswered || isUnanswered(status)))
      .map(({ providerCallId }) => providerCallId);
  }

  /** How many of the calls were created between two times. */
  countBetween(oldest: Instant, newest: Instant): number {
    const isBetween = ({ createdAt }: LiveCall) =>
      createdAt !== null && createdAt >= oldest && createdAt <= newest;
    return [...this.#calls.values()].filter(isBetween).length;
  }

  has(isMeant: (call: LiveCall) => boolean): boolean {
    for (const call of this.#calls.values()) if (isMeant(call)) return true;
    return false;
  }
}
