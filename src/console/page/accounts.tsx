import { formatTime, formatWhole } from './format-time.ts';
import { type FragmentType, graphql, readFragment } from './generated/index.ts';
import type { ListedAccount } from './use-accounts.ts';
import { capabilityWords, errorWords, stateWords, toWords } from './words.ts';

const AccountCardFragment = graphql(`
  fragment AccountCard on Account {
    key
    name
    provider
    capabilities
    health {
      state
      code
      since
      lastSuccess
    }
  }
`);

/** The accounts: whether they work, since when, and what they can do. */
export function Accounts({ accounts }: { readonly accounts: readonly ListedAccount[] }) {
  return (
    <ul className="accounts">
      {accounts.map((account) => (
        <AccountCard key={account.id} account={account} />
      ))}
    </ul>
  );
}

function AccountCard(props: { readonly account: FragmentType<typeof AccountCardFragment> }) {
  const account = readFragment(AccountCardFragment, props.account);
  const { state, code, since, lastSuccess } = account.health;
  const able = account.capabilities.flatMap((each) => capabilityWords[each] ?? []);
  return (
    <li className="card">
      <h3>{account.name}</h3>
      <p className="hint">
        {toWords(account.provider)} · <code>{account.key}</code>
      </p>
      <p>
        <span className={`status account-${state.toLowerCase()}`}>{stateWords[state]}</span>
        {since && <> since {toTime(since)}</>}
        {code && <>: {errorWords[code] ?? toWords(code)}</>}
      </p>
      {state !== 'OK' && lastSuccess && <p className="hint">Last read {toTime(lastSuccess)}</p>}
      <p className="hint">{able.length === 0 ? 'Shows calls only.' : able.join(' · ')}</p>
    </li>
  );
}

function toTime(time: string) {
  return (
    <time dateTime={time} title={formatWhole(time)}>
      {formatTime(time)}
    </time>
  );
}
