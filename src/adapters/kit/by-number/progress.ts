import type { Page, PageRequest } from '../../../calls/page.ts';

/**
 * How many requests may go into finding where to read on, over all the pages that try it. A search in a million rows
 * takes some thirty.
 */
const MOST_REQUESTS = 100;

/** How many requests pages have spent so far without getting ahead, which they hand on in their hints. */
export interface Standstill {
  /** The hint itself. */
  readonly hint: string | undefined;
  readonly requests: number;
}

export function writeStandstill({ hint, requests }: Standstill): string {
  return `${hint ?? ''}~${requests}`;
}

export function readStandstill(text: string | undefined): Standstill {
  const [, hint, requests] = /^(.*)~(\d{1,4})$/.exec(text ?? '') ?? [];
  return hint === undefined
    ? { hint: text, requests: 0 }
    : { hint: hint || undefined, requests: Number(requests) };
}

export function isTooLong({ requests }: Standstill): boolean {
  return requests > MOST_REQUESTS;
}

/** Whether a page ends where it began. */
export function isStandingStill({ calls, skipped, stopped }: Page, { after }: PageRequest): boolean {
  if (stopped === undefined || calls.length > 0 || skipped !== undefined) return false;
  if (after !== undefined) {
    return stopped.createdAt === after.createdAt && stopped.providerCallId === after.providerCallId;
  }
  return stopped.createdAt === null || stopped.createdAt === '9999-12-31T23:59:59.999Z';
}
