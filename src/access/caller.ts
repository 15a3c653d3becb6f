import { createAccountMatcher } from '../config/account-pattern.ts';

/** What a caller may do with an account. `write` includes `read`. */
export type Right = 'read' | 'write';

/** An authenticated client, with its rights on accounts. */
export interface Caller {
  /**
   * Identifies the caller across requests; idempotency keys and the rate limit are stored under it. It is safe to
   * log: it contains no key, token or name of a person.
   */
  readonly id: string;
  /** When the credentials expire, in milliseconds since 1970. Undefined if they do not. */
  readonly expiresAt?: number | undefined;
  /** Whether the caller may read the account. To other callers the account does not exist. */
  maySee(accountKey: string): boolean;
  /** Whether the caller may place and change calls of the account. */
  mayWrite(accountKey: string): boolean;
}

/** Rights on some accounts. */
export interface Grant {
  /** Keys of accounts, and patterns of them such as `acme-*` and `*`, which hold for accounts added later too. */
  readonly accounts: readonly string[];
  readonly may: readonly Right[];
}

/** Creates a caller with the rights of `may` on each of `accounts`, and none on other accounts. */
export function createCaller(id: string, { accounts, may }: Grant, expiresAt?: number): Caller {
  const covers = createAccountMatcher(accounts);
  const mayRead = may.includes('read') || may.includes('write');
  const mayWrite = may.includes('write');
  return Object.freeze({
    id,
    ...(expiresAt !== undefined && { expiresAt }),
    maySee: (accountKey: string) => mayRead && covers(accountKey),
    mayWrite: (accountKey: string) => mayWrite && covers(accountKey),
  });
}

/** The caller of every request when access is open: it may do everything. */
export const everyone: Caller = createCaller('everyone', { accounts: ['*'], may: ['write'] });
