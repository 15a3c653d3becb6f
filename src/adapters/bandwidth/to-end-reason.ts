import type { Call } from '../../calls/call.ts';
import { meaningOf, spelled } from '../kit/meaning-of.ts';

type EndReason = NonNullable<Call['endReason']>;

const reasons: ReadonlyMap<string, EndReason> = new Map([
  ['hangup', 'HANGUP'],
  ['busy', 'BUSY'],
  ['timeout', 'NO_ANSWER'],
  ['cancel', 'CANCELED'],
  ['rejected', 'REJECTED'],
  ['callback-error', 'APPLICATION_ERROR'],
  ['invalid-bxml', 'APPLICATION_ERROR'],
  ['application-error', 'APPLICATION_ERROR'],
  ['account-limit', 'LIMIT_EXCEEDED'],
  ['node-capacity-exceeded', 'LIMIT_EXCEEDED'],
  ['error', 'PROVIDER_ERROR'],
  ['unknown', 'UNKNOWN'],
]);

const reasonsBySpelling = spelled(reasons);

/** Why an ended call ended, from `disconnectCause`; the set is open (Bandwidth spec, callState). */
export function toEndReason(cause: string | null): EndReason {
  return meaningOf(reasonsBySpelling, cause) ?? 'UNKNOWN';
}

/**
 * The one cause that stands for a reason, to filter a list by; undefined where several do, or none, or
 * where calls without a cause have it too.
 */
export function toCause(reason: EndReason): string | undefined {
  if (reason === 'UNKNOWN') return undefined;
  const causes = [...reasons].filter(([, other]) => other === reason);
  return causes.length === 1 ? causes[0]?.[0] : undefined;
}
