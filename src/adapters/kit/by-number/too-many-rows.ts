import type { Account } from '../../../calls/account.ts';
import { ProviderError } from '../../../calls/failure.ts';

/** The most rows that are held at a time: of a list in no order, or of one moment. */
export const mostRows = 10_000;

/** More rows than can be put in order here, and the provider does not do it. */
export class TooManyRows extends ProviderError {}

export function tooManyRows(account: Account): TooManyRows {
  return new TooManyRows(
    'UNSUPPORTED_BY_PROVIDER',
    `${account.name} does not put so many calls in order. A filter by time or by number may help.`,
  );
}
