import { type FormEvent, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from './generated/index.ts';
import { createKeyring } from './idempotency-key.ts';
import { LabelledInput } from './labelled-input.tsx';
import { OperationError, readUserErrors } from './operation-error.tsx';
import type { ListedAccount } from './use-accounts.ts';

const CreateCallDocument = graphql(`
  mutation CreateCall($input: CreateCallInput!) {
    createCall(input: $input) {
      call {
        id
        createdAt
        ...CallRow
        ...CallFacts
      }
      userErrors {
        ...UserErrorMessage
      }
    }
  }
`);

interface PlaceCallProps {
  readonly accounts: readonly ListedAccount[];
  readonly isSandbox: boolean;
  readonly onPlaced: (id: string) => void;
}

const methods = { answerMethod: 'POST', fallbackMethod: 'POST', statusMethod: 'POST' } as const;

/** Places a call. */
export function PlaceCall({ accounts, isSandbox, onPlaced }: PlaceCallProps) {
  const [{ data, error, fetching }, create] = useMutation(CreateCallDocument);
  const [keyOf] = useState(() => createKeyring());
  const isSending = useRef(false);
  const able = accounts.filter(({ capabilities }) => capabilities.includes('CREATE_CALL'));
  const userErrors = data?.createCall.userErrors;
  const faults = readUserErrors(userErrors);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The button is disabled with the next rendering only, after a second click.
    if (isSending.current) return;
    isSending.current = true;
    const form = event.currentTarget;
    const input = toInput(new FormData(form));
    const result = await create({
      input: { ...input, ...methods, idempotencyKey: keyOf(JSON.stringify(input)) },
    });
    isSending.current = false;
    const payload = result.data?.createCall;
    if (payload?.call) return onPlaced(payload.call.id);
    const field = readUserErrors(payload?.userErrors)[0]?.field?.at(-1);
    const control = field === undefined ? null : form.elements.namedItem(field);
    if (control instanceof HTMLElement) control.focus();
  };
  const errorOf = (name: string) => faults.find(({ field }) => field?.at(-1) === name)?.message;
  const unnamed = userErrors?.filter((_, index) => !isShown(faults[index]?.field));
  const example = (text: string) => (isSandbox ? text : undefined);
  return (
    <form className="form" onSubmit={(event) => void send(event)}>
      <label className="field">
        Account
        <select name="accountId" required>
          {able.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <LabelledInput
        label="From"
        name="from"
        required
        defaultValue={example('+19195550100')}
        error={errorOf('from')}
      />
      <LabelledInput
        label="To"
        name="to"
        required
        defaultValue={example('+19195550123')}
        error={errorOf('to')}
      />
      <LabelledInput
        label="Address of the document, once answered"
        name="answerUrl"
        type="url"
        required
        defaultValue={example('https://example.com/answer')}
        error={errorOf('answerUrl')}
      />
      <LabelledInput
        label="Ring for (seconds; optional)"
        name="ringTimeout"
        type="number"
        error={errorOf('ringTimeout')}
      />
      <OperationError error={error} userErrors={unnamed} />
      {(error?.networkError || faults.some(({ code }) => code === 'OUTCOME_UNKNOWN')) && (
        <p className="hint">
          You may send the unchanged form again: a call that was placed is found, and none is placed twice.
        </p>
      )}
      <div className="buttons">
        <button type="submit" className="primary" disabled={fetching || able.length === 0}>
          {fetching ? 'Placing…' : 'Place the call'}
        </button>
      </div>
      <p className="hint">
        {isSandbox
          ? 'No real call is placed. The last digits choose what happens: 486 is busy, 408 not answered, 404 fails.'
          : 'This places a real call, which costs money.'}
      </p>
    </form>
  );
}

const fields = ['from', 'to', 'answerUrl', 'ringTimeout'];

/** Whether an error stands at a field of the form. */
function isShown(field: readonly string[] | null | undefined): boolean {
  return fields.includes(field?.at(-1) ?? '');
}

function toInput(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const seconds = text('ringTimeout');
  return {
    accountId: text('accountId'),
    from: text('from'),
    to: text('to'),
    answerUrl: text('answerUrl'),
    ...(seconds !== '' && { ringTimeout: Number(seconds) }),
  };
}
