import type { CallStatus } from './generated/graphql.ts';
import { statusWords } from './words.ts';

/** The status as colour and word. */
export function StatusMark({ status }: { readonly status: CallStatus }) {
  return <span className={`status ${status.toLowerCase().replaceAll('_', '-')}`}>{statusWords[status]}</span>;
}
