import type { Instant } from '../../../calls/call.ts';
import type { PageRequest } from '../../../calls/page.ts';

/** Reads a list in one direction, request by request, into the rows of its pages. */
export interface ListReading {
  readonly watermark: Watermark;
  /** What it has learned of the list, for readers to come. A wrong guess costs requests or rows; it loses no call. */
  readonly guess: string | undefined;
  /** Whether it reads the pages that follow as well as a new one with this `guess`. */
  readonly isSuited: boolean;
  /** How many rows and tokens it holds. */
  readonly held: number;
  /** Sends a request for rows of this page. */
  readOn(request: PageRequest): Promise<void>;
}

/** What a reading is told by the pages before. All of it may be wrong or missing. */
export interface Told {
  /** See `ListReading.guess`. */
  readonly guess: string | undefined;
  /** How many requests the pages before have spent without progress. */
  readonly still: number;
  /** Whether later pages are read by this reading, too. */
  readonly isKept: boolean;
}

/** What is known of a list, whatever is guessed. */
export interface Watermark {
  /** The key up to which no call is missing, in the direction of the reading; not finite where nothing is known. */
  readonly reached: number;
  /** Whether everything is known that can match. */
  readonly isAll: boolean;
  /** Creates the check whether no call is missing up to a time, in the direction of the reading. */
  createIsKnown(): (createdAt: Instant) => boolean;
}
