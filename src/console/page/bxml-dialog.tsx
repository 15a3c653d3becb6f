import { type FormEvent, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { Dialog } from './dialog.tsx';
import { graphql } from './generated/index.ts';
import { OperationError, readUserErrors } from './operation-error.tsx';
import { toOffset, toTextPlace } from './text-place.ts';

const UpdateBxmlDocument = graphql(`
  mutation UpdateBxml($id: ID!, $bxml: String!) {
    updateCallBxml(input: { id: $id, bxml: $bxml }) {
      userErrors {
        ...UserErrorMessage
      }
    }
  }
`);

const example = `<?xml version="1.0" encoding="UTF-8"?>
<Bxml>
  <SpeakSentence>One moment, please.</SpeakSentence>
</Bxml>
`;

interface BxmlDialogProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onDone: (text: string) => void;
}

/** Replaces the BXML that a call runs. The first error in the text is shown, and marked in it. */
export function BxmlDialog({ id, onClose, onDone }: BxmlDialogProps) {
  const [bxml, setBxml] = useState(example);
  const [{ data, error, fetching }, update] = useMutation(UpdateBxmlDocument);
  const editor = useRef<HTMLTextAreaElement>(null);
  const userErrors = data?.updateCallBxml.userErrors;
  const fault = readUserErrors(userErrors).map(({ message }) => toTextPlace(message))[0];
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const result = await update({ id, bxml });
    const told = result.data?.updateCallBxml.userErrors;
    if (told?.length === 0) onDone('The call runs the new BXML.');
    const place = readUserErrors(told).map(({ message }) => toTextPlace(message))[0];
    if (place !== undefined) select(place);
  };
  const select = (place: NonNullable<typeof fault>) => {
    const at = toOffset(bxml, place);
    editor.current?.focus();
    editor.current?.setSelectionRange(at, at + 1);
  };
  return (
    <Dialog title="Replace the BXML" onClose={onClose}>
      <form className="form" onSubmit={(event) => void send(event)}>
        <label className="field">
          BXML
          <textarea
            ref={editor}
            rows={12}
            spellCheck={false}
            autoCapitalize="off"
            required
            value={bxml}
            aria-invalid={fault !== undefined}
            onChange={(event) => setBxml(event.target.value)}
          />
        </label>
        <OperationError error={error} userErrors={userErrors} />
        {fault && (
          <p className="place">
            <button type="button" className="quiet" onClick={() => select(fault)}>
              Go to line {fault.line}, column {fault.column}
            </button>
          </p>
        )}
        <div className="buttons">
          <button type="submit" className="primary" disabled={fetching}>
            Replace
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </form>
    </Dialog>
  );
}
