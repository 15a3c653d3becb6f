import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import type { AccountsQuery } from './generated/graphql.ts';
import { graphql } from './generated/index.ts';

/** Milliseconds between two looks at the health of the accounts, which cost no request to a provider. */
const interval = 10_000;

const AccountsDocument = graphql(`
  query Accounts {
    accounts {
      id
      name
      capabilities
      health {
        state
      }
      ...AccountCard
      ...AccountBanner
    }
  }
`);

export type ListedAccount = AccountsQuery['accounts'][number];

/**
 * The accounts with their health, read again while the page is in view.
 *
 * @param onRecovered called when an account can be read again: lists lack its calls
 */
export function useAccounts(onRecovered: () => void): readonly ListedAccount[] {
  const [{ data }, read] = useQuery({ query: AccountsDocument });
  useEffect(() => {
    const readAgain = () => {
      if (!document.hidden) read({ requestPolicy: 'network-only' });
    };
    const timer = setInterval(readAgain, interval);
    document.addEventListener('visibilitychange', readAgain);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', readAgain);
    };
  }, [read]);

  const accounts = data?.accounts ?? [];
  const failing = accounts.filter(isFailing).map(({ id }) => id);
  const before = useRef<readonly string[]>([]);
  useEffect(() => {
    const hasRecovered = before.current.some((id) => !failing.includes(id));
    before.current = failing;
    if (hasRecovered) onRecovered();
  });
  return accounts;
}

/** Whether the latest request to the account failed. */
export function isFailing({ health }: ListedAccount): boolean {
  return health.state === 'UNAVAILABLE' || health.state === 'DEGRADED';
}
