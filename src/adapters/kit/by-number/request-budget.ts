import type { Operation } from '../../../calls/operation.ts';
import { isListed, type Row } from './list-row.ts';

/** The parameters of a list that decide which rows are in it and in which order. */
export type Query = Readonly<Record<string, string>>;

/** How many requests may still be made. */
export class Allowance {
  readonly #requests: number;
  #taken = 0;

  constructor(requests: number) {
    this.#requests = requests;
  }

  /** How many have been taken, also beyond what there was. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes one; false when there is none left. */
  take(): boolean {
    this.#taken += 1;
    return this.#taken <= this.#requests;
  }
}

/** On whose behalf requests are made, and how many still. */
export interface Spending {
  readonly operation: Operation;
  readonly allowance: Allowance;
}

/** The same for one walk along one list. */
export interface Asking extends Spending {
  readonly seen: SeenPages;
}

/** A page of a list as it was answered. */
export interface SeenPage {
  readonly query: Query;
  /** Zero-based. */
  readonly page: number;
  readonly size: number;
  readonly rows: readonly Row[];
}

/** The pages read in one walk along one list, for seeing whether the server gives the ones asked for. */
export class SeenPages {
  readonly #places = new Map<string, number>();
  #last: SeenPage | undefined;

  /** The one read last that was not the first of the list. */
  get last(): SeenPage | undefined {
    return this.#last;
  }

  /**
   * Takes one in; true where it begins with a call that has been found elsewhere. In a list that grows in front,
   * rows move, but seldom by just as many.
   */
  add(seen: SeenPage): boolean {
    const { page, size, rows } = seen;
    if (page > 0) this.#last = seen;
    const at = rows.findIndex((row) => idOf(row) !== '');
    const row = rows[at];
    if (row === undefined) return false;
    const place = page * size + at;
    const former = this.#places.get(idOf(row));
    this.#places.set(idOf(row), place);
    return page > 0 && former !== undefined && former !== place;
  }
}

/**
 * Whether two pages of one size hold the same calls in the same order, although they stand at different places.
 * Pages that are not full do not tell: all the rows there are may be on either.
 */
export function isSamePage({ rows, size }: SeenPage, others: readonly Row[]): boolean {
  if (rows.length !== size || others.length !== size) return false;
  const isSame = rows.every((row, index) => idOf(row) === idOf(others[index] as Row));
  return isSame && rows.some((row) => idOf(row) !== '');
}

/** Empty for a row without one. */
function idOf(row: Row): string {
  return isListed(row) ? row.providerCallId : row.skipped.providerCallId;
}
