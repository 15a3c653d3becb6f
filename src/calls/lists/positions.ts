import type { CallOrder } from '../../generated/schema.ts';
import { comparatorOf } from '../order.ts';
import type { Position } from '../page.ts';
import type { Direction, ListKey, Place, Unavailable } from './connection.ts';
import type { Share } from './merge.ts';
import { firstKeyIn, positionIn, type Resume } from './position.ts';

/** A page as it was read: from where each account, and what that gave. */
export interface ReadPage {
  /** Of each account key. */
  readonly resumes: readonly (readonly [string, Resume])[];
  readonly shares: readonly Share[];
  readonly unavailable: readonly Unavailable[];
  readonly order: CallOrder;
  readonly direction: Direction;
  /** Marks of the skipped rows that have been told by now. */
  readonly told: readonly string[];
}

/**
 * The places of one page. Reading on from any of them gets ahead: an account that does not go on behind the
 * key stays where it was. If it was read beyond that, it keeps the hint that has led there, and so will be
 * again; if it was not, what it has learnt brings it nearer.
 */
export class Places {
  readonly #page: ReadPage;
  readonly #compare: (a: Position, b: Position) => number;
  readonly #learnt: ReadonlyMap<string, string> | undefined;

  constructor(page: ReadPage) {
    this.#page = page;
    this.#compare = comparatorOf(page.order);
    const learnt = page.shares.flatMap(({ accountKey, page: { hint } }): [string, string][] =>
      hint === undefined ? [] : [[accountKey, hint]],
    );
    this.#learnt = learnt.length > 0 ? new Map(learnt) : undefined;
  }

  /** @param key of a call of the page, or of where it stopped */
  at(key: ListKey): Place {
    return this.#telling(this.#at(key));
  }

  /** Where the page itself began: every account goes on from where it was read. */
  staying(from: Place | undefined): Place {
    const { resumes, order, direction } = this.#page;
    const positions = new Map(resumes.map(([accountKey]) => [accountKey, null]));
    return this.#telling(from ?? { key: firstKeyIn(order), apart: { direction, positions } });
  }

  #telling(place: Place): Place {
    const { told } = this.#page;
    return told.length > 0 ? { ...place, told } : place;
  }

  #at(key: ListKey): Place {
    const staying = this.#page.resumes.filter((resume) => this.#isStaying(resume, key));
    if (staying.length === 0) return { key, hints: this.#learnt };
    const positions = staying.map(([accountKey, { after }]) => [accountKey, after ?? null] as const);
    const kept = staying.flatMap(([accountKey, { after, hint }]): [string, string][] =>
      hint === undefined || this.#isStuck(accountKey, after) ? [] : [[accountKey, hint]],
    );
    const hints = new Map([...(this.#learnt ?? []), ...kept]);
    return { key, hints, apart: { direction: this.#page.direction, positions: new Map(positions) } };
  }

  /** Whether an account does not get further by `key`: it has failed, or is as far already. */
  #isStaying([accountKey, { after }]: readonly [string, Resume], key: ListKey): boolean {
    const { unavailable, order } = this.#page;
    if (unavailable.some(({ account }) => account.key === accountKey)) return true;
    return after !== undefined && this.#compare(after, positionIn(accountKey, key, order)) >= 0;
  }

  /** Whether all requests went into finding where to go on. */
  #isStuck(accountKey: string, after: Position | undefined): boolean {
    const stopped = this.#page.shares.find((share) => share.accountKey === accountKey)?.page.stopped;
    return stopped !== undefined && after !== undefined && this.#compare(stopped, after) <= 0;
  }
}
