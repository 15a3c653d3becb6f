import { checkBxml } from '../markup/check-bxml.ts';
import type { Finding } from '../markup/finding.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import { ProviderError, Refusal } from './failure.ts';
import type { Document } from './new-call.ts';
import { tryTranslation } from './try-translation.ts';

/**
 * Requires that a BXML document may be sent to the provider of an account, by itself or as a translation. The message names
 * the first finding for which it is refused, with its line and column.
 *
 * @param field the path of the input that holds it
 * @param remoteParty the other party of the call, if it is known
 * @returns what the provider will do differently, which `onLoss` accepts
 * @throws Refusal INVALID_INPUT when it is not BXML; UNSUPPORTED_BY_PROVIDER when the provider cannot do it
 */
export function checkDocument(
  { account, documentLanguage }: Pick<CallsAdapter, 'account' | 'documentLanguage'>,
  { bxml, onLoss }: Document,
  field: readonly string[],
  remoteParty?: string,
): readonly Finding[] {
  requireSoundBxml(bxml, field);
  if (documentLanguage !== 'RCML') return [];
  const { findings } = tryTranslation(bxml, remoteParty);
  const impossible = findings.filter(({ level }) => level === 'ERROR');
  const losses = findings.filter(({ level }) => level === 'LOSS');
  const refuse = (message: string) => new Refusal('UNSUPPORTED_BY_PROVIDER', message, { field });
  if (impossible.length > 0) throw refuse(describeFindings(impossible, 'such places'));
  if (losses.length === 0 || onLoss === 'ACCEPT') return losses;
  throw refuse(
    `${account.name} cannot do everything as written, which \`onLoss: ACCEPT\` would take: ${describeFindings(losses, 'losses')}`,
  );
}

/** Requires that a document to be hosted has no relative addresses: they would lead to this server. @throws Refusal */
export function requireAbsoluteUrls(bxml: string, field: readonly string[]): void {
  const relative = checkBxml(bxml).filter(({ rule }) => rule === 'relative');
  refuseIfAny(relative, 'such places', field);
}

/** The error for a server without a `publicUrl`, which can host no documents for any provider. */
export function notHosted(field: readonly string[]): ProviderError {
  const message =
    'This server can host no documents: set `publicUrl` in its configuration to the address where providers reach it.';
  return new ProviderError('UNSUPPORTED_BY_PROVIDER', message, { field });
}

/**
 * Requires that a BXML document may be sent: see `checkBxml`. The message tells of the first ERROR, by line and column.
 *
 * @param field the path of the input that holds it
 * @throws Refusal INVALID_INPUT
 */
export function requireSoundBxml(bxml: string, field: readonly string[]): void {
  const errors = checkBxml(bxml).filter(({ level }) => level === 'ERROR');
  refuseIfAny(errors, 'errors', field);
}

function refuseIfAny(findings: readonly Finding[], what: string, field: readonly string[]): void {
  if (findings.length > 0) throw new Refusal('INVALID_INPUT', describeFindings(findings, what), { field });
}

/**
 * Describes the first finding with its place, and how many more there are.
 *
 * @param what the plural noun for the others, such as `errors`
 */
function describeFindings([first, ...others]: readonly Finding[], what: string): string {
  if (first === undefined) return '';
  const { message, line, column, rule } = first;
  const place = rule === 'size' ? message : message.replace(/\.$/, ` (line ${line}, column ${column}).`);
  return others.length === 0 ? place : `${place} Further ${what}: ${others.length}.`;
}
