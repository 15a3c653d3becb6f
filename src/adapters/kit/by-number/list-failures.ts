import type { Account } from '../../../calls/account.ts';
import { ProviderError } from '../../../calls/failure.ts';

/** The rows of an answer are not in the order that the source describes. It never leaves the adapters. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder';
}

/** More rows than can be put in order here, and the provider does not do it. */
export class TooManyRows extends ProviderError {
  constructor({ name }: Account) {
    const message = `${name} does not put so many calls in order. A filter by time or by number may help.`;
    super('UNSUPPORTED_BY_PROVIDER', message);
  }
}

/** The most rows that are held at a time: of a list in no order, or of one moment. */
export const mostRows = 10_000;
