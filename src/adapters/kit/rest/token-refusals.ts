import { type Refusals, serverErrors, type Verdict } from './verdicts.ts';

const all = Array.from({ length: 500 }, (_, i) => 100 + i);

/**
 * What a token endpoint answers without a token. What needed the token was not sent. RFC 6749, section 5.2, has 400 and
 * 401 for credentials that are refused.
 */
const verdicts: readonly Verdict[] = [
  refused([400, 401], 'PROVIDER_UNAUTHENTICATED', 'refuses the client id and secret'),
  refused(403, 'PROVIDER_FORBIDDEN', 'does not grant access'),
  refused(429, 'RATE_LIMITED', 'is asked too often'),
  refused(serverErrors, 'PROVIDER_UNAVAILABLE', 'is out of order'),
  refused(all, 'PROVIDER_MISBEHAVED', 'gave an answer that cannot be read'),
];

export const tokenRefusals: Refusals = { verdicts };

function refused(status: Verdict['status'], code: Verdict['code'], why: string): Verdict {
  return { status, code, message: `was not asked, so nothing was done: its token endpoint ${why}` };
}
