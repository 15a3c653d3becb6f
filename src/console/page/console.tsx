import { useEffect, useReducer, useState, useSyncExternalStore } from 'react';
import { Provider, useSubscription } from 'urql';
import { Accounts } from './accounts.tsx';
import { AccountBanners, ConnectionBanner } from './banners.tsx';
import { CallList } from './call-list.tsx';
import { CallPanel } from './call-panel.tsx';
import { createClient } from './create-client.ts';
import { EventStream } from './event-stream.ts';
import { FreshCalls } from './fresh-calls.ts';
import { graphql } from './generated/index.ts';
import { Head } from './head.tsx';
import { KeyForm } from './key-form.tsx';
import { Panel } from './panel.tsx';
import { PlaceCall } from './place-call.tsx';
import type { Session } from './session.ts';
import { useAccounts } from './use-accounts.ts';
import { go, useAddress } from './use-address.ts';

/** The whole page. */
export function Console({ session }: { readonly session: Session }) {
  const state = useSyncExternalStore(session.subscribe, () => session.state);
  if (state === 'open') return <LiveConsole session={session} />;
  return (
    <>
      <Head server={session.server} />
      <KeyForm isRefused={state === 'key-refused'} onKey={(key) => (session.apiKey = key)} />
    </>
  );
}

/** When events are lost, a new client with an empty cache reads everything again. */
function LiveConsole({ session }: { readonly session: Session }) {
  const [stream] = useState(() => new EventStream(session));
  const createReader = () => {
    const fresh = new FreshCalls();
    return { fresh, client: createClient(session, stream, fresh) };
  };
  const [{ client, fresh }, renew] = useReducer(createReader, undefined, createReader);
  useEffect(() => stream.onGap(renew), [stream]);
  return (
    <Provider value={client}>
      <Events />
      <Board session={session} stream={stream} fresh={fresh} onReload={renew} />
    </Provider>
  );
}

const CallEventsDocument = graphql(`
  subscription CallEvents($after: String) {
    callEvents(after: $after) {
      cursor
      kind
      call {
        id
        createdAt
        ...CallRow
        ...CallFacts
      }
      ...TimelineEvent
    }
  }
`);

/** Keeps the stream of events open; the cache takes what it brings. */
function Events() {
  useSubscription({ query: CallEventsDocument });
  return null;
}

interface BoardProps {
  readonly session: Session;
  readonly stream: EventStream;
  readonly fresh: FreshCalls;
  readonly onReload: () => void;
}

function Board({ session, stream, fresh, onReload }: BoardProps) {
  const address = useAddress();
  const live = useSyncExternalStore(stream.subscribe, stream.getState);
  const accounts = useAccounts(onReload);
  const { filter, panel } = address;
  const close = () => go({ filter, panel: undefined });
  return (
    <>
      <Head server={session.server} address={address} live={live} />
      <ConnectionBanner stream={live} />
      <AccountBanners accounts={accounts} />
      <main className={panel === undefined ? 'board' : 'board with-panel'}>
        <CallList
          address={address}
          accounts={accounts}
          fresh={fresh}
          isPaused={live.phase === 'connecting'}
          onReload={onReload}
        />
        {panel?.kind === 'call' && <CallPanel key={panel.id} id={panel.id} filter={filter} onClose={close} />}
        {panel?.kind === 'accounts' && (
          <Panel title="Accounts" filter={filter} onClose={close}>
            <Accounts accounts={accounts} />
          </Panel>
        )}
        {panel?.kind === 'place' && (
          <Panel title="Place a call" filter={filter} onClose={close}>
            <PlaceCall
              accounts={accounts}
              isSandbox={session.server.sandbox}
              onPlaced={(id) => go({ filter, panel: { kind: 'call', id } }, true)}
            />
          </Panel>
        )}
      </main>
    </>
  );
}
