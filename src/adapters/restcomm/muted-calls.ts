/** Longer than calls last. */
const KEPT_MS = 24 * 3_600_000;
const LIMIT = 10_000;

/**
 * The calls that this process has muted. Restcomm Connect unmutes a call in progress at every change that
 * does not say `Mute=true`, and its call records do not tell whether a call is muted; so what was asked
 * for here is remembered. A call muted by anybody else is unmuted by the next change, which cannot be
 * helped short of reading every conference.
 */
export class MutedCalls {
  /** When each was muted, the one muted longest ago first. */
  readonly #since = new Map<string, number>();

  has(sid: string): boolean {
    const since = this.#since.get(sid);
    return since !== undefined && Date.now() - since < KEPT_MS;
  }

  set(sid: string, muted: boolean): void {
    this.#since.delete(sid);
    if (!muted) return;
    this.#since.set(sid, Date.now());
    const [oldest] = this.#since.keys();
    if (this.#since.size > LIMIT && oldest !== undefined) this.#since.delete(oldest);
  }
}
