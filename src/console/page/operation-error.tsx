import type { CombinedError } from 'urql';
import { type FragmentType, graphql, readFragment } from './generated/index.ts';
import { errorWords, toWords } from './words.ts';

const UserErrorFragment = graphql(`
  fragment UserErrorMessage on UserError {
    code
    message
    field
    retryAfter
    providerErrorId
  }
`);

export type UserErrors = readonly FragmentType<typeof UserErrorFragment>[];

/** Reads the errors of a payload. */
export function readUserErrors(errors: UserErrors | undefined) {
  return readFragment(UserErrorFragment, errors ?? []);
}

interface OperationErrorProps {
  /** Why there is no payload: rights, limits, the network. */
  readonly error?: CombinedError | undefined;
  readonly userErrors?: UserErrors | undefined;
}

/** Why a change was not made. */
export function OperationError({ error, userErrors }: OperationErrorProps) {
  const told = readUserErrors(userErrors);
  if (error === undefined && told.length === 0) return null;
  return (
    <div className="errors" role="alert">
      {error && <p className="error">{toMessage(error)}</p>}
      {told.map(({ code, message, retryAfter, providerErrorId }) => (
        <p key={message} className="error">
          <strong>{errorWords[code] ?? toWords(code)}.</strong> {message}
          {retryAfter !== null && ` Try again in ${retryAfter} s.`}
          {providerErrorId !== null && ` The provider's id of the error: ${providerErrorId}`}
        </p>
      ))}
    </div>
  );
}

function toMessage({ networkError, graphQLErrors }: CombinedError): string {
  if (networkError === undefined) return graphQLErrors.map(({ message }) => message).join(' ');
  return 'The server did not answer, so this may or may not have been done. Look at the call before you try again.';
}
