import type { Page, PageRequest } from '../../../calls/page.ts';
import type { TokenList } from './token-list.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';

/** Reads the pages of one walk through a list, one after the other: what it has read beyond a page is kept. */
export interface PageReader {
  readonly list: TokenList;
  readonly unstarted: UnstartedCalls;
  /** How many rows and tokens it holds. */
  readonly held: number;
  /** What it has learned of the list, for readers to come; a part of the `hint` of its pages. */
  readonly guess: string | undefined;
  /**
   * Reads the page behind `request.after`, which is within the page before or where that one stopped.
   *
   * @returns undefined when a new reader with this `guess` and `hint` gets there with less
   */
  read(request: PageRequest): Promise<Page | undefined>;
  /** The hint for a new reader in place of this one. */
  readonly hint?: string | undefined;
}
