import type { Account } from '../../calls/account.ts';
import type { Limits } from '../../calls/calls-adapter.ts';
import { type Auth, BasicAuth } from './auth.ts';
import { TokenSource } from './oauth-token.ts';
import type { Settings } from './settings.ts';

/** The kind of authentication that the settings hold credentials for. */
export function createAuth(settings: Settings, account: Account, limits: Limits, now: () => number): Auth {
  const { auth, tokenUrl } = settings;
  if ('clientId' in auth) return new TokenSource(tokenUrl, auth, account, limits, now);
  return new BasicAuth(auth.username, auth.password);
}
