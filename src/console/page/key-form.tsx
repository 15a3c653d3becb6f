import type { FormEvent } from 'react';

interface KeyFormProps {
  readonly isRefused: boolean;
  readonly onKey: (key: string) => void;
}

/** Asks for the API key. */
export function KeyForm({ isRefused, onKey }: KeyFormProps) {
  const use = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key') ?? '').trim();
    if (key !== '') onKey(key);
  };
  return (
    <main className="gate">
      <form className="card form" onSubmit={use}>
        <h2>This server asks for a key</h2>
        <label className="field">
          API key or token
          <input
            name="key"
            type="password"
            autoComplete="off"
            spellCheck={false}
            required
            aria-invalid={isRefused}
            aria-describedby="key-hint"
          />
        </label>
        {isRefused && (
          <p className="error" role="alert">
            The server does not accept this key.
          </p>
        )}
        <p className="hint" id="key-hint">
          It is kept in memory only, and forgotten when this page closes.
        </p>
        <button type="submit" className="primary">
          Show calls
        </button>
      </form>
    </main>
  );
}
