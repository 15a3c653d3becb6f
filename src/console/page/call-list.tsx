import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { CombinedError } from 'urql';
import type { Address } from './address.ts';
import { CallRow } from './call-row.tsx';
import { Filters } from './filters.tsx';
import type { FreshCalls } from './fresh-calls.ts';
import type { ListedAccount } from './use-accounts.ts';
import { useCalls } from './use-calls.ts';
import { useHeldBack } from './use-held-back.ts';

/** The most calls that the list holds. A longer one begins anew from the top, unless the user has scrolled down. */
const longest = 2000;

interface CallListProps {
  readonly address: Address;
  readonly accounts: readonly ListedAccount[];
  readonly fresh: FreshCalls;
  /** Whether to wait: events are not followed yet, and those that happen before would be missed. */
  readonly isPaused: boolean;
  readonly onReload: () => void;
}

/** The table of calls, newest first. It reads on as it is scrolled, and new calls come in at the top. */
export function CallList({ address, accounts, fresh, isPaused, onReload }: CallListProps) {
  const pages = useCalls(address.filter, isPaused);
  const { calls, isReading, isRead, hasMore, isStuck, error, readMore } = pages;
  const { shown, held, show } = useHeldBack(calls, fresh);
  const end = useRef<HTMLDivElement>(null);
  const isFull = calls.length >= longest;
  useEffect(() => {
    if (!isFull || isReading || error !== undefined) return;
    const reload = () => {
      if (scrollY === 0) onReload();
    };
    reload();
    addEventListener('scroll', reload);
    return () => removeEventListener('scroll', reload);
  });
  useEffect(() => {
    if (!hasMore || isFull || isStuck || isReading || end.current === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) readMore();
      },
      { rootMargin: '600px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  });
  const openId = address.panel?.kind === 'call' ? address.panel.id : undefined;
  return (
    <section className="calls" aria-label="List of calls">
      <Filters address={address} accounts={accounts} errors={toFilterErrors(error)} />
      <div className="held" role="status">
        {held > 0 && (
          <button type="button" className="primary pill" onClick={show}>
            {held === 1 ? '1 new call' : `${held} new calls`}
          </button>
        )}
      </div>
      <table aria-busy={isReading} onKeyDown={moveByArrows}>
        <caption className="unseen">Calls, newest first</caption>
        <thead>
          <tr>
            {['Status', 'From', 'To', 'Direction', 'Account', 'Since', 'Duration'].map((name) => (
              <th key={name} scope="col" className={`cell-${name.toLowerCase()}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((call) => (
            <CallRow
              key={call.id}
              call={call}
              filter={address.filter}
              isOpen={call.id === openId}
              isFresh={fresh.has(call.id)}
            />
          ))}
        </tbody>
      </table>
      <div className="list-end" ref={end}>
        {!isRead && isReading && <p className="hint">Reading calls…</p>}
        {isRead && calls.length === 0 && !hasMore && !isReading && <p className="hint">No calls.</p>}
        {pages.unavailable.map(({ account, message }) => (
          <p key={account.id} className="error">
            Calls of {account.name} are missing here: {message}
          </p>
        ))}
        {pages.skipped.length > 0 && (
          <details>
            <summary>Calls without a place in this list: {pages.skipped.length}</summary>
            <ul>
              {pages.skipped.map(({ account, providerCallId, reason }) => (
                <li key={`${account.id} ${providerCallId} ${reason}`}>
                  {account.name}, {providerCallId || 'without an id'}: {reason}
                </li>
              ))}
            </ul>
          </details>
        )}
        {error && (
          <p className="error" role="alert">
            The calls cannot be read: {toSentence(error)}
          </p>
        )}
        {hasMore && isFull && (
          <p className="hint">The list ends at {longest} calls. Filters show older ones.</p>
        )}
        {hasMore && isRead && isReading && <p className="hint">Reading older calls…</p>}
        {(error || (hasMore && isStuck && !isFull)) && !isReading && (
          <button type="button" onClick={readMore}>
            {error ? 'Try again' : 'Look for older calls'}
          </button>
        )}
      </div>
    </section>
  );
}

/** The arrow keys go from one call to the next. */
function moveByArrows(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody a')];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function toFilterErrors(error: CombinedError | undefined): Record<string, string> {
  const named = error?.graphQLErrors.map(({ message, extensions }) => {
    const [argument, name] = Array.isArray(extensions.field) ? extensions.field.map(String) : [];
    return argument === 'filter' && name !== undefined ? { [name]: message } : {};
  });
  return Object.assign({}, ...(named ?? []));
}

function toSentence({ networkError, graphQLErrors }: CombinedError): string {
  return graphQLErrors[0]?.message ?? `the server did not answer (${networkError?.message}).`;
}
