import type { CallOrder } from '../../generated/schema.ts';
import { comparatorOf } from '../order.ts';
import type { Position } from '../page.ts';
import type { Direction, ListCursor, ListPosition, Unavailable } from './connection.ts';
import type { AccountPage } from './merge-pages.ts';
import { type ResumePoint, startPosition, toAccountPosition } from './resume-point.ts';

/** A page as it was read, from which its cursors are made: where each account was resumed, and what it returned. */
export interface PageReading {
  /** By account key. */
  readonly resumePoints: readonly (readonly [string, ResumePoint])[];
  readonly pages: readonly AccountPage[];
  readonly unavailable: readonly Unavailable[];
  readonly order: CallOrder;
  readonly direction: Direction;
  /** Digests of the skipped rows that have been reported so far: see `reportSkipped`. */
  readonly reported: readonly string[];
}

/**
 * The cursors of one page. Every cursor makes progress: an account that was resumed behind the cursor's position,
 * or that failed, keeps the position at which it was resumed, and the hint that led there. The other
 * accounts get the hints of this page.
 */
export class PageCursors {
  readonly #reading: PageReading;
  readonly #compare: (a: Position, b: Position) => number;
  readonly #hints: ReadonlyMap<string, string> | undefined;

  constructor(reading: PageReading) {
    this.#reading = reading;
    this.#compare = comparatorOf(reading.order);
    const hints = reading.pages.flatMap(({ accountKey, page: { hint } }): [string, string][] =>
      hint === undefined ? [] : [[accountKey, hint]],
    );
    this.#hints = hints.length > 0 ? new Map(hints) : undefined;
  }

  /** @param position of a call of the page, or the one at which the page stopped */
  at(position: ListPosition): ListCursor {
    return this.#withReported(this.#at(position));
  }

  /**
   * The cursor that reads this page again.
   *
   * @param from the cursor at which the page was read; undefined at the start of the list
   */
  again(from: ListCursor | undefined): ListCursor {
    const { resumePoints, order, direction } = this.#reading;
    const positions = new Map(resumePoints.map(([accountKey]) => [accountKey, null]));
    return this.#withReported(
      from ?? { position: startPosition(order), accountPositions: { direction, positions } },
    );
  }

  #withReported(cursor: ListCursor): ListCursor {
    const { reported } = this.#reading;
    return reported.length > 0 ? { ...cursor, reported } : cursor;
  }

  #at(position: ListPosition): ListCursor {
    const { resumePoints, direction } = this.#reading;
    const staying = resumePoints.filter((resumePoint) => this.#isStaying(resumePoint, position));
    if (staying.length === 0) return { position, hints: this.#hints };
    const positions = staying.map(([accountKey, { after }]) => [accountKey, after ?? null] as const);
    const kept = staying.flatMap(([accountKey, { after, hint }]): [string, string][] =>
      hint === undefined || this.#isStuck(accountKey, after) ? [] : [[accountKey, hint]],
    );
    const hints = new Map([...(this.#hints ?? []), ...kept]);
    return { position, hints, accountPositions: { direction, positions: new Map(positions) } };
  }

  /** Whether an account keeps its position: it has failed, or was resumed at or behind the cursor's position. */
  #isStaying([accountKey, { after }]: readonly [string, ResumePoint], position: ListPosition): boolean {
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
