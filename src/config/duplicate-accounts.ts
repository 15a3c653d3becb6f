import { isObject } from '../runtime/is-object.ts';
import type { Problem } from './problem.ts';

interface Account {
  readonly identity: string | undefined;
  readonly entry: { readonly key: string };
}

/** Lists entries of `accounts` whose key an earlier entry has. */
export function listDuplicateKeys(listed: readonly unknown[]): Problem[] {
  const keys = listed.map((each) => (isObject(each) ? each.key : undefined));
  return keys.flatMap((key, i) =>
    typeof key !== 'string' || keys.indexOf(key) === i
      ? []
      : [{ path: `accounts[${i}].key`, message: `${key} is taken already` }],
  );
}

/**
 * Lists accounts that are configured under two keys. Each of their calls would be listed twice, under two ids.
 *
 * @param accounts in the order of the file; undefined where an entry is invalid
 */
export function listDuplicateAccounts(accounts: readonly (Account | undefined)[]): Problem[] {
  return accounts.flatMap((account, i) => {
    if (account?.identity === undefined) return [];
    const { key } = accounts.find((each) => each?.identity === account.identity)?.entry ?? account.entry;
    if (key === account.entry.key) return [];
    return [{ path: `accounts[${i}]`, message: `is the same account of the provider as ${key}` }];
  });
}

/**
 * Returns a string that is equal for two entries that mean the same account of a provider.
 *
 * @param parts what the adapter identifies the account by, URLs included; undefined if it cannot tell
 */
export function toIdentity(provider: string, parts: readonly string[] | undefined): string | undefined {
  const normalized = parts?.map((part) => (/^https?:/i.test(part) ? normalizeUrl(part) : part));
  return normalized && JSON.stringify([provider, ...normalized]);
}

/** Lower-cases the host and drops a default port and trailing slashes. */
function normalizeUrl(url: string): string {
  return new URL(url).href.replace(/\/+$/, '');
}
