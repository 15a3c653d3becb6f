/** The caller of an operation and what the caller may do, as `access/` has determined it. */
export interface Rights {
  /** Identifies the caller over all requests. */
  readonly id: string;
  /** Whether the caller may read the account. To other callers it looks as if it did not exist. */
  maySee(accountKey: string): boolean;
  /** Whether the caller may place and change calls of the account. */
  mayWrite(accountKey: string): boolean;
}

/**
 * The caller may read the account but not write to it. Not a `Failure`: it is reported as a GraphQL error, not in
 * `userErrors`.
 */
export class Forbidden extends Error {
  readonly code = 'FORBIDDEN';

  constructor(accountKey: string) {
    super(`You may not place or change calls of account ${accountKey}.`);
    this.name = 'Forbidden';
  }
}
