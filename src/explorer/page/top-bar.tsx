import { type FormEvent, useState, useSyncExternalStore } from 'react';
import type { Session } from './session.ts';

interface TopBarProps {
  readonly session: Session;
  /** Called after the key has changed, so that refused requests can be repeated. */
  readonly onKey: () => void;
}

/** Shows the name, whether calls are real, the field for the API key, and the figures of the last response. */
export function TopBar({ session, onKey }: TopBarProps) {
  const { sandbox, needsKey } = session.server;
  return (
    <header className="top-bar">
      <strong>
        calls-<em>graphql</em>
      </strong>
      <span className={sandbox ? 'badge sandbox' : 'badge real'} title={badgeTitle(sandbox)}>
        {sandbox ? 'Sandbox' : 'Real provider'}
      </span>
      {needsKey && <KeyField session={session} onKey={onKey} />}
      <Figures session={session} />
    </header>
  );
}

function badgeTitle(sandbox: boolean): string {
  return sandbox
    ? 'All carriers are emulated: no real call is placed.'
    : 'Operations reach real carriers: a call that is placed is real, and costs money.';
}

function KeyField({ session, onKey }: TopBarProps) {
  const [isSet, setIsSet] = useState(false);
  const use = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const apiKey = String(new FormData(event.currentTarget).get('key') ?? '').trim();
    if (apiKey === session.apiKey) return;
    session.apiKey = apiKey;
    setIsSet(apiKey !== '');
    onKey();
  };
  return (
    <form onSubmit={use} onBlur={use}>
      <label>
        API key or token
        <input
          name="key"
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="sent with every tab"
          aria-describedby="key-hint"
        />
      </label>
      <small id="key-hint">
        {isSet ? 'In use; forgotten when this page closes.' : 'Needed here. Kept in memory only.'}
      </small>
    </form>
  );
}

function Figures({ session }: { readonly session: Session }) {
  const figures = useSyncExternalStore(session.subscribe, () => session.figures);
  if (figures === undefined) return null;
  const { status, milliseconds, bytes } = figures;
  const size = bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`;
  return <output aria-label="Last answer">{`${status} · ${milliseconds} ms · ${size}`}</output>;
}
