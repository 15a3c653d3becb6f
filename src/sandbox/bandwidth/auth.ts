import { randomUUID } from 'node:crypto';
import { readBasic } from '../basic-credentials.ts';
import type { Received } from '../journal.ts';
import type { Reply } from '../reply.ts';
import { refuse } from './errors.ts';
import type { Setting } from './setting.ts';

/** The tokens in use: text to expiry, in milliseconds by the carrier's clock. */
export interface Tokens {
  issue(now: number, lifetime: number): string;
  isGood(token: string, now: number): boolean;
  /** Makes every token issued so far worthless, as a secret that was changed would. */
  revoke(): void;
}

/** No tokens yet. They are random, never from the seed. */
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
 * Who asks, and whether it may: 401 or 403, or nothing if all is well. OAuth 2 bearer tokens or HTTP Basic, as the
 * spec lists them as alternatives; neither looks at the path before the caller is known.
 */
export function refuseCaller(setting: Setting, tokens: Tokens, request: Received): Reply | undefined {
  const { options } = setting;
  const authorization = request.headers.authorization;
  if (authorization === undefined) return refuse(401, 'Unauthorized');
  const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (bearer !== undefined) {
    return tokens.isGood(bearer, setting.clock.now())
      ? refuseAccount(setting, request)
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
  return refuseAccount(setting, request);
}

function refuseAccount(setting: Setting, request: Received): Reply | undefined {
  const account = /^\/api\/v2\/accounts\/([^/]*)/.exec(request.path)?.[1];
  if (account === undefined || account === setting.options.accountId) return undefined;
  return refuse(403, 'Access is denied');
}
