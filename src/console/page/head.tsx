import { type Address, noFilter, toFragment } from './address.ts';
import type { StreamState } from './event-stream.ts';
import type { ServerFacts } from './session.ts';

interface HeadProps {
  readonly server: ServerFacts;
  readonly address?: Address;
  readonly live?: StreamState;
}

/** Name, whether calls are real, the ways to the panels, and whether the page is up to date. */
export function Head({ server, address, live }: HeadProps) {
  const filter = address?.filter ?? noFilter;
  const kind = address?.panel?.kind;
  return (
    <header className="head">
      <h1>Calls</h1>
      <span className={server.sandbox ? 'badge sandbox' : 'badge real'}>
        {server.sandbox ? 'Sandbox: no real calls' : 'Real calls, real money'}
      </span>
      {live && <LiveMark live={live} />}
      {address && (
        <nav aria-label="Panels">
          <a
            href={toFragment({ filter, panel: { kind: 'accounts' } })}
            aria-current={kind === 'accounts' ? 'page' : undefined}
          >
            Accounts
          </a>
          <a
            className="button primary"
            href={toFragment({ filter, panel: { kind: 'place' } })}
            aria-current={kind === 'place' ? 'page' : undefined}
          >
            Place a call
          </a>
        </nav>
      )}
    </header>
  );
}

const phaseWords = {
  connecting: 'Connecting…',
  open: 'Live',
  reopened: 'Live',
  cut: 'Reconnecting…',
} as const;

function LiveMark({ live }: { readonly live: StreamState }) {
  return (
    <span role="status" className={`live-mark ${live.phase}`}>
      {phaseWords[live.phase]}
    </span>
  );
}
