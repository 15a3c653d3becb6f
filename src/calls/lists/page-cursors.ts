import type { CallOrder } from '../../generated/schema.ts';
import type { Call } from '../call.ts';
import { type Compare, comparatorOf, listPositionOf } from '../order.ts';
import type { Position } from '../page.ts';
import type { Direction, ListCursor, ListPosition, Unavailable } from './connection.ts';
import type { AccountPage, MergedPage } from './merge-pages.ts';
import { type ResumePoint, startPosition, toAccountPosition } from './resume-point.ts';

/** A page as it was read, from which its cursors are made: where each account was resumed, and what it returned. */
export interface PageReading {
  /** The cursor at which the page was read; undefined at the start of the list. */
  readonly from: ListCursor | undefined;
  /** By account key. */
  readonly resumePoints: readonly (readonly [string, ResumePoint])[];
  readonly pages: readonly AccountPage[];
  readonly merged: MergedPage;
  readonly unavailable: readonly Unavailable[];
  readonly order: CallOrder;
  readonly direction: Direction;
  /** Digests of skipped rows that have been reported and may be read again: see `reportSkipped`. */
  readonly reported: readonly string[];
}

/**
 * The cursors of one page. Every cursor makes progress: an account that was resumed behind the cursor's position,
 * or that failed, keeps the position at which it was resumed.
 *
 * The first and the last call have the cursors of the page, which also make it cheap to resume: the accounts that keep
 * their position keep the hint that led there, the others get those of this page. The cursors of the calls
 * between them are shorter: resuming there costs more requests, and may report a skipped row once more.
 */
export class PageCursors {
  /** At the first call in the order of reading; null without calls. */
  readonly first: ListCursor | null;
  /** At the last call or where the page stopped; the start of the page if only unavailable accounts continue. */
  readonly last: ListCursor | null;
  readonly #reading: PageReading;
  readonly #compare: Compare;

  constructor(reading: PageReading) {
    const { calls, stopped } = reading.merged;
    const [first, last = stopped] = [calls[0], calls.at(-1)].map((call) => call && listPositionOf(call));
    this.#reading = reading;
    this.#compare = comparatorOf(reading.order);
    this.last = last ? this.#withRest(last, stopped) : this.#again();
    this.first = first ? (calls.length === 1 ? this.last : this.#withRest(first)) : null;
  }

  /** @param call of the page */
  of(call: Call): ListCursor {
    const { calls } = this.#reading.merged;
    const cursor = call === calls[0] ? this.first : call === calls.at(-1) ? this.last : null;
    return cursor ?? this.#at(listPositionOf(call));
  }

  /** The cursor that reads this page again, for the accounts that could not be read. */
  #again(): ListCursor | null {
    const { from, resumePoints, order, direction, unavailable } = this.#reading;
    if (unavailable.length === 0) return null;
    const positions = new Map(resumePoints.map(([accountKey]) => [accountKey, null]));
    return this.#withReported(
      from ?? { position: startPosition(order), accountPositions: { direction, positions } },
    );
  }

  /** @param stopped where the accounts are resumed that do not keep their position */
  #at(position: ListPosition, stopped = position): ListCursor {
    const { resumePoints, order, direction } = this.#reading;
    const positions = new Map<string, Position | null>();
    for (const [accountKey, { after }] of resumePoints) {
      const own = this.#isStaying(accountKey, after, stopped)
        ? (after ?? null)
        : toAccountPosition(accountKey, stopped, order);
      const common = toAccountPosition(accountKey, position, order);
      if (own === null || this.#compare(own, common) !== 0) positions.set(accountKey, own);
    }
    return positions.size > 0 ? { position, accountPositions: { direction, positions } } : { position };
  }

  #withRest(position: ListPosition, stopped = position): ListCursor {
    const { pages, resumePoints } = this.#reading;
    const hints = new Map<string, string>();
    for (const { accountKey, page } of pages) if (page.hint !== undefined) hints.set(accountKey, page.hint);
    for (const [accountKey, { after, hint }] of resumePoints) {
      const isKept = this.#isStaying(accountKey, after, stopped) && !this.#isStuck(accountKey, after);
      if (isKept && hint !== undefined) hints.set(accountKey, hint);
    }
    const cursor = this.#at(position, stopped);
    return this.#withReported(hints.size > 0 ? { ...cursor, hints } : cursor);
  }

  #withReported(cursor: ListCursor): ListCursor {
    const { reported } = this.#reading;
    return reported.length > 0 ? { ...cursor, reported } : cursor;
  }

  /** Whether an account keeps its position: it has failed, or was resumed at or behind the cursor's position. */
  #isStaying(accountKey: string, after: Position | undefined, position: ListPosition): boolean {
    const { unavailable, order } = this.#reading;
    if (unavailable.some(({ account }) => account.key === accountKey)) return true;
    return after !== undefined && this.#compare(after, toAccountPosition(accountKey, position, order)) >= 0;
  }

  /** Whether an account used its whole budget to find where to resume: only the new hint then gets it further. */
  #isStuck(accountKey: string, after: Position | undefined): boolean {
    const stopped = this.#reading.pages.find((each) => each.accountKey === accountKey)?.page.stopped;
    return stopped !== undefined && after !== undefined && this.#compare(stopped, after) <= 0;
  }
}
