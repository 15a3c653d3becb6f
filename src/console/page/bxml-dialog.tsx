import { type FormEvent, useRef, useState } from 'react';
import { useClient, useMutation } from 'urql';
import { Dialog } from './dialog.tsx';
import type { CheckBxmlQuery } from './generated/graphql.ts';
import { graphql } from './generated/index.ts';
import { OperationError, readUserErrors } from './operation-error.tsx';
import { type TextPlace, toOffset, toTextPlace } from './text-place.ts';
import { toWords } from './words.ts';

const UpdateBxmlDocument = graphql(`
  mutation UpdateBxml($id: ID!, $bxml: String!, $onLoss: OnLoss!) {
    updateCallBxml(input: { id: $id, bxml: $bxml, onLoss: $onLoss }) {
      userErrors {
        ...UserErrorMessage
      }
    }
  }
`);

const CheckBxmlDocument = graphql(`
  query CheckBxml($accountId: ID!, $bxml: String!) {
    checkBxml(accountId: $accountId, bxml: $bxml) {
      findings {
        level
        rule
        message
        line
        column
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
  readonly accountId: string;
  readonly onClose: () => void;
  readonly onDone: (text: string) => void;
}

/**
 * Replaces the BXML that a call runs. What is to be said of a refused text is listed, and its first error is marked in it.
 * A text that is refused for its losses alone can be sent once more, with them.
 */
export function BxmlDialog({ id, accountId, onClose, onDone }: BxmlDialogProps) {
  const [bxml, setBxml] = useState(example);
  const [findings, setFindings] = useState<CheckBxmlQuery['checkBxml']['findings']>([]);
  const [{ data, error, fetching }, update] = useMutation(UpdateBxmlDocument);
  const client = useClient();
  const editor = useRef<HTMLTextAreaElement>(null);
  const userErrors = data?.updateCallBxml.userErrors;
  const isLossy =
    findings.some(({ level }) => level === 'LOSS') && findings.every(({ level }) => level !== 'ERROR');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const result = await update({ id, bxml, onLoss: isLossy ? 'ACCEPT' : 'REFUSE' });
    const told = result.data?.updateCallBxml.userErrors;
    if (told === undefined) return;
    if (told.length === 0) return onDone('The call runs the new BXML.');
    const report = await client.query(CheckBxmlDocument, { accountId, bxml }).toPromise();
    const found = report.data?.checkBxml.findings ?? [];
    setFindings(found);
    const [named] = readUserErrors(told).map(({ message }) => toTextPlace(message));
    const place = found.find(({ level }) => level !== 'HINT') ?? named;
    if (place !== undefined) select(place);
  };
  const select = (place: TextPlace) => {
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
            aria-invalid={findings.some(({ level }) => level === 'ERROR')}
            onChange={(event) => {
              setBxml(event.target.value);
              setFindings([]);
            }}
          />
        </label>
        <OperationError error={error} userErrors={userErrors} />
        {findings.length > 0 && (
          <ul className="findings" aria-label="Findings">
            {findings.map((finding) => (
              <li key={JSON.stringify(finding)} className={finding.level.toLowerCase()}>
                <strong>{toWords(finding.level)}.</strong> {finding.message}{' '}
                <button type="button" className="quiet" onClick={() => select(finding)}>
                  Go to line {finding.line}, column {finding.column}
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className="buttons">
          <button type="submit" className="primary" disabled={fetching}>
            {isLossy ? 'Replace with these losses' : 'Replace'}
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </form>
    </Dialog>
  );
}
