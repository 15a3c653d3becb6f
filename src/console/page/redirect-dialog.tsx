import type { FormEvent } from 'react';
import { useMutation } from 'urql';
import { Dialog } from './dialog.tsx';
import { OperationError } from './operation-error.tsx';
import { UpdateCallDocument } from './update-call.ts';

interface RedirectDialogProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onDone: (text: string) => void;
}

/** Makes a call run the document at another address. */
export function RedirectDialog({ id, onClose, onDone }: RedirectDialogProps) {
  const [{ data, error, fetching }, update] = useMutation(UpdateCallDocument);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = String(new FormData(event.currentTarget).get('url') ?? '');
    const result = await update({
      id,
      change: { redirect: { url, method: 'POST', fallbackMethod: 'POST' } },
    });
    if (result.data?.updateCall.userErrors.length === 0) onDone('The call runs the new document.');
  };
  return (
    <Dialog title="Redirect the call" onClose={onClose}>
      <form className="form" onSubmit={(event) => void send(event)}>
        <label className="field">
          Address of the document
          <input name="url" type="url" required placeholder="https://example.com/answer" />
        </label>
        <OperationError error={error} userErrors={data?.updateCall.userErrors} />
        <div className="buttons">
          <button type="submit" className="primary" disabled={fetching}>
            Redirect
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </form>
    </Dialog>
  );
}
