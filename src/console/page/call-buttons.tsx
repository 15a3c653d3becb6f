import { useState } from 'react';
import { useMutation } from 'urql';
import { BxmlDialog } from './bxml-dialog.tsx';
import { allowedActions, type CallAction } from './call-actions.ts';
import { Dialog } from './dialog.tsx';
import type { CallChange } from './generated/graphql.ts';
import { type FragmentType, graphql, readFragment } from './generated/index.ts';
import { OperationError } from './operation-error.tsx';
import { RedirectDialog } from './redirect-dialog.tsx';
import { UpdateCallDocument } from './update-call.ts';

const CallButtonsFragment = graphql(`
  fragment CallButtons on Call {
    id
    status
    from
    to
    direction
    provider
    account {
      id
      capabilities
    }
  }
`);

const labels: Readonly<Record<CallAction, string>> = {
  mute: 'Mute',
  unmute: 'Unmute',
  redirect: 'Redirect…',
  bxml: 'BXML…',
  cancel: 'Cancel…',
  'hang-up': 'Hang up…',
};

/** What a person may do with the call: no more than its account can, and its state allows. */
export function CallButtons(props: { readonly call: FragmentType<typeof CallButtonsFragment> }) {
  const call = readFragment(CallButtonsFragment, props.call);
  const [open, setOpen] = useState<CallAction>();
  const [done, setDone] = useState('');
  const [{ data, error, fetching }, update] = useMutation(UpdateCallDocument);
  const actions = allowedActions(call);
  const close = () => setOpen(undefined);
  const finish = (text: string) => {
    setDone(text);
    close();
  };
  const change = async (what: CallChange, text: string) => {
    setDone('');
    close();
    const result = await update({ id: call.id, change: what });
    if (result.data?.updateCall.userErrors.length === 0) setDone(text);
  };
  const press = (action: CallAction) => {
    if (action === 'mute') return change({ muted: true }, 'The call is muted.');
    if (action === 'unmute') return change({ muted: false }, 'The call is no longer muted.');
    setDone('');
    return setOpen(action);
  };
  const parties = `${call.from} to ${call.to}`;
  return (
    <div className="actions">
      {actions.length > 0 && (
        <fieldset className="buttons" aria-label="Change the call">
          {actions.map((action) => (
            <button
              key={action}
              type="button"
              className={action === 'hang-up' ? 'danger' : undefined}
              disabled={fetching}
              onClick={() => void press(action)}
            >
              {labels[action]}
            </button>
          ))}
        </fieldset>
      )}
      <p role="status" className="done">
        {fetching ? 'Sending…' : done}
      </p>
      {!fetching && done === '' && <OperationError error={error} userErrors={data?.updateCall.userErrors} />}
      {open === 'hang-up' && (
        <Dialog title="Hang up?" onClose={close}>
          <p>{parties}</p>
          <div className="buttons">
            <button
              type="button"
              className="danger"
              onClick={() => void change({ end: 'HANG_UP' }, 'The provider ends the call.')}
            >
              Hang up
            </button>
            <button type="button" onClick={close}>
              Let it go on
            </button>
          </div>
        </Dialog>
      )}
      {open === 'cancel' && (
        <Dialog title="Cancel before it is answered?" onClose={close}>
          <p>{parties}</p>
          <p className="hint">A call that is answered meanwhile goes on.</p>
          <div className="buttons">
            <button
              type="button"
              className="danger"
              onClick={() => void change({ end: 'CANCEL' }, 'The provider cancels the call.')}
            >
              Cancel the call
            </button>
            <button type="button" onClick={close}>
              Let it ring
            </button>
          </div>
        </Dialog>
      )}
      {open === 'redirect' && <RedirectDialog id={call.id} onClose={close} onDone={finish} />}
      {open === 'bxml' && (
        <BxmlDialog id={call.id} accountId={call.account.id} onClose={close} onDone={finish} />
      )}
    </div>
  );
}
