/** Who asks, and what they may do, as `access/` has found out. */
export interface Rights {
  /** The same for every request of the same caller, and no one else's. */
  readonly id: string;
  /** Whether the account exists, as far as this caller is concerned. */
  maySee(accountKey: string): boolean;
  /** Whether the caller may place and change calls of the account. */
  mayWrite(accountKey: string): boolean;
}

/** The caller may see the account but not write to it. A GraphQL error, since it is no matter of the call's. */
export class Forbidden extends Error {
  readonly code = 'FORBIDDEN';

  constructor(accountKey: string) {
    super(`You may not place or change calls of account ${accountKey}.`);
    this.name = 'Forbidden';
  }
}
