import { useEffect, useState } from 'react';
import type { StreamState } from './event-stream.ts';
import { formatAge } from './format-time.ts';
import type { FragmentType } from './generated/index.ts';
import { graphql, readFragment } from './generated/index.ts';
import { useNow } from './now.ts';
import { isFailing, type ListedAccount } from './use-accounts.ts';
import { errorWords } from './words.ts';

/** Says that the stream of events is cut, and how old the page is; and that it goes on. */
export function ConnectionBanner({ stream }: { readonly stream: StreamState }) {
  const isBack = useBriefly(stream.reopenedAt, 4000);
  if (stream.phase === 'cut') {
    return (
      <div className="banner warning" role="alert">
        <strong>Calls are not followed at the moment.</strong> <Age since={stream.heardAt} /> Trying to
        reconnect…
      </div>
    );
  }
  if (!isBack) return null;
  return (
    <div className="banner good" role="status">
      Connected again. What you see is up to date.
    </div>
  );
}

/** Whether a moment, once it has come, is not longer ago than so many milliseconds. */
function useBriefly(moment: number | undefined, milliseconds: number): boolean {
  const [past, setPast] = useState<number>();
  useEffect(() => {
    const timer = setTimeout(() => setPast(moment), milliseconds);
    return () => clearTimeout(timer);
  }, [moment, milliseconds]);
  return moment !== past;
}

function Age({ since }: { readonly since: number | undefined }) {
  const now = useNow();
  if (since === undefined) return null;
  return <span className="age">What you see is {formatAge(now - since)} old.</span>;
}

const AccountBannerFragment = graphql(`
  fragment AccountBanner on Account {
    name
    health {
      state
      code
      since
      lastSuccess
    }
  }
`);

/** One banner for each account whose latest request failed. */
export function AccountBanners({ accounts }: { readonly accounts: readonly ListedAccount[] }) {
  return accounts.filter(isFailing).map((account) => <AccountBanner key={account.id} account={account} />);
}

function AccountBanner(props: { readonly account: FragmentType<typeof AccountBannerFragment> }) {
  const { name, health } = readFragment(AccountBannerFragment, props.account);
  const { code, lastSuccess } = health;
  return (
    <div className="banner warning" role="alert">
      <strong>{name} cannot be read.</strong> {code && `${errorWords[code] ?? code}. `}
      {lastSuccess === null ? (
        'None of its calls have been read yet.'
      ) : (
        <Age since={Date.parse(lastSuccess)} />
      )}
    </div>
  );
}
