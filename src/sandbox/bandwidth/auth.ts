import { randomUUID } from 'node:crypto';
import { readBasic } from '../basic-credentials.ts';
import type { Received } from '../journal.ts';
import type { Reply } from '../send-reply.ts';
import type { CarrierContext } from './carrier-context.ts';
import { refuse } from './errors.ts';

/** The valid access tokens with their expiry, in milliseconds of the carrier's clock. */
export interface Tokens {
  issue(now: number, lifetime: number): string;
  isGood(token: string, now: number): boolean;
  /** Revokes all tokens, as a changed client secret does. */
  revoke(): void;
}

/** Creates an empty set of tokens. Tokens are random and do not depend on the seed. */
export function createTokens(): Tokens {
  const expiries = new Map<string, number>();
  return {
    issue(now, lifetime) {
      const token = `sandbox-${randomUUID()}`;
      expiries.set(token, now + lifetime * 1000);
      return token;
    },
    isGood: (token, now) => (expiries.get(token) ?? Number.NEGATIVE_INFINITY) > now,
    revoke: () => expiries.clear(),
  };
}

const INVALID = 'The credentials provided were invalid';

/**
 * Authenticates and authorizes a request: returns 401 or 403, undefined if it is allowed. Accepts OAuth 2 bearer tokens
 * and HTTP Basic, which the spec lists as alternatives.
 */
export function refuseCaller(context: CarrierContext, tokens: Tokens, request: Received): Reply | undefined {
  const { options } = context;
  const authorization = request.headers.authorization;
  if (authorization === undefined) return refuse(401, 'Unauthorized');
  const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (bearer !== undefined) {
    return tokens.isGood(bearer, context.clock.now())
      ? refuseAccount(context, request)
      : refuse(401, INVALID);
  }
  const basic = readBasic(authorization.replace(/^basic /i, 'Basic '));
  if (basic.kind === 'absent') return refuse(401, 'Unauthorized');
  if (basic.kind === 'undecodable') return refuse(401, 'Failed to decode basic authentication token');
  if (basic.kind === 'no-colon') return refuse(401, 'Invalid basic authentication token');
  if (basic.username === options.forbiddenUsername && basic.password === options.forbiddenPassword) {
    return refuse(403, 'Access is denied');
  }
  if (basic.username !== options.username || basic.password !== options.password) return refuse(401, INVALID);
  return refuseAccount(context, request);
}

function refuseAccount(context: CarrierContext, request: Received): Reply | undefined {
  const account = /^\/api\/v2\/accounts\/([^/]*)/.exec(request.path)?.[1];
  if (account === undefined || account === context.options.accountId) return undefined;
  return refuse(403, 'Access is denied');
}
