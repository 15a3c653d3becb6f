import type { Account } from '../../../calls/account.ts';
import { type FailureOptions, ProviderError } from '../../../calls/failure.ts';
import { readRetryAfter } from '../../../upstream/headers/retry-after.ts';
import type { HttpResponse } from '../../../upstream/response-reader.ts';
import type { Authorization } from './authorization.ts';
import { misbehaved, outcomeUnknown } from './provider-errors.ts';

/** What a request is for. The first two are reads, the others writes. */
export type RequestKind = 'get' | 'list' | 'create' | 'redirect' | 'end' | 'mute' | 'bxml';

export const reads: readonly RequestKind[] = ['get', 'list'];

/** The changes of a call that exists. */
export const changes: readonly RequestKind[] = ['redirect', 'end', 'mute', 'bxml'];

/** Every status by which a server says that it failed. */
export const serverErrors: readonly number[] = Array.from({ length: 100 }, (_, i) => 500 + i);

type Path = readonly string[];

/** A row of a table: what a status means that is no success. The first row that fits decides. */
export interface Verdict {
  readonly status: number | readonly number[];
  /** Of which requests; of all of them when absent. */
  readonly on?: readonly RequestKind[];
  /** Only of a request whose own content may be what the server fails over. */
  readonly isDoubtful?: true;
  /** What the error body has to say in addition. */
  readonly type?: string;
  readonly text?: RegExp;
  readonly code: ProviderError['code'];
  /** For the client; follows the name of the account. */
  readonly message: string;
  /** The argument at fault, or how to find it in the text of the error body. */
  readonly field?: Path | ((kind: RequestKind, text: string) => Path | undefined);
}

/** The parts of an error body that are read. None of them is shown to a client, but for an id. */
export interface ErrorBody {
  readonly type?: string;
  readonly text: string;
  readonly id?: string;
}

/** How a provider refuses: its table, and how its error bodies are read (by default as plain text). */
export interface Refusals {
  readonly verdicts: readonly Verdict[];
  readonly readError?: (text: string) => ErrorBody;
}

/** For one account, with what gives advice where the credentials are refused. */
interface AccountRefusals extends Refusals {
  readonly account: Account;
  readonly authorization?: Pick<Authorization, 'advice'>;
}

/** The longest `Retry-After` that is passed on, in seconds: a day. No provider documents a bound of it. */
const longestWait = 86_400;

/** Codes that tell a client to come back later. */
const passing: ReadonlySet<ProviderError['code']> = new Set(['RATE_LIMITED', 'PROVIDER_UNAVAILABLE']);

/**
 * What an answer means that is no success, by the provider's table. A status that is not in the table says nothing:
 * a read cannot be read, and a write is OUTCOME_UNKNOWN, since a proxy may have answered after it passed the request
 * on. Texts of the provider go neither to the client nor to the log: they may repeat what was sent.
 */
export function toVerdict(
  answer: HttpResponse,
  request: { readonly kind: RequestKind; readonly isDoubtful?: boolean },
  { verdicts, readError, account, authorization }: AccountRefusals,
): ProviderError {
  const { status, text, headers } = answer;
  const { kind, isDoubtful = false } = request;
  const error = readError?.(text) ?? { text };
  const told = toOptions(status, error);
  const row = verdicts.find(
    (each) =>
      [each.status].flat().includes(status) &&
      (each.on?.includes(kind) ?? true) &&
      (each.isDoubtful ?? isDoubtful) === isDoubtful &&
      (each.type === undefined || each.type === error.type) &&
      (each.text?.test(error.text) ?? true),
  );
  const isRead = reads.includes(kind);
  if (row === undefined) return isRead ? misbehaved(account, told) : outcomeUnknown(account, told);
  const { code, field } = row;
  const found = typeof field === 'function' ? field(kind, error.text) : field;
  const isFound = typeof field === 'function' && found !== undefined;
  const message = isFound ? `does not accept the value of \`${found.at(-1)}\`` : row.message;
  const wait = passing.has(code) ? readRetryAfter(headers['retry-after']) : undefined;
  const retryAfter = wait && Math.min(wait, longestWait);
  const isRefused = code === 'PROVIDER_UNAUTHENTICATED';
  const advice = (isRefused && authorization?.advice(isRead ? 'read' : 'write')) || '';
  const sentences = `${account.name} ${message}. ${advice}`.trimEnd();
  return new ProviderError(code, sentences, { ...told, field: found, retryAfter });
}

/** For the log the status, the type and the id; for the client the id, to quote to the provider's support. */
function toOptions(status: number, { type, id }: ErrorBody): FailureOptions {
  const cause = [`answered ${status}`, type, id].filter(Boolean).join(', ');
  return { cause, providerErrorId: toProviderErrorId(id) };
}

/**
 * A provider's id of an error, for clients to quote to its support; undefined for what is none. It comes out of
 * an answer, so nothing but an id gets through: no sentence, no address and no telephone number.
 */
export function toProviderErrorId(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[\w.:-]{1,128}$/.test(value)) return undefined;
  return /^[\d.:-]+$/.test(value) ? undefined : value;
}
