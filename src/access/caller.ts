/** What a caller may do with an account. `write` includes `read`. */
export type Right = 'read' | 'write';

/** Who asks, and what they may do: the same two questions wherever they came from. */
export interface Caller {
  /**
   * The same for every request of the same caller, and no one else's: what idempotency keys and the rate
   * limit are kept under. It is safe to log: no key, token or name of a person is in it.
   */
  readonly id: string;
  /** Whether the account exists, as far as this caller is concerned. */
  maySee(accountKey: string): boolean;
  /** Whether the caller may place and change calls of the account. */
  mayWrite(accountKey: string): boolean;
}

export interface Grant {
  /** Keys of accounts, or `all` of them, those added later included. */
  readonly accounts: readonly string[] | 'all';
  readonly may: readonly Right[];
}

/** A caller with the same rights on each of the accounts granted, and none elsewhere. */
export function createCaller(id: string, { accounts, may }: Grant): Caller {
  const granted = new Set(accounts === 'all' ? [] : accounts);
  const covers = (accountKey: string) => accounts === 'all' || granted.has(accountKey);
  const mayRead = may.includes('read') || may.includes('write');
  const mayWrite = may.includes('write');
  return Object.freeze({
    id,
    maySee: (accountKey: string) => mayRead && covers(accountKey),
    mayWrite: (accountKey: string) => mayWrite && covers(accountKey),
  });
}

/** The one caller there is when access is open: may do everything, and is everyone at once. */
export const everyone: Caller = createCaller('everyone', { accounts: 'all', may: ['write'] });
