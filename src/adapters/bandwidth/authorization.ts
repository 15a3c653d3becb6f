import type { Account } from '../../calls/account.ts';
import type { Limits } from '../../calls/calls-adapter.ts';
import { type Authorization, basicAuthorization } from '../kit/rest/authorization.ts';
import { ClientCredentials } from '../kit/rest/client-credentials.ts';
import type { Settings } from './settings.ts';

const endOfBasic =
  'Bandwidth ends authentication by user name and password on 2026-12-02: configure a client id and secret.';

/** OAuth 2 client credentials (Bandwidth spec, security scheme OAuth2), or a user name and password. */
export function createAuthorization(
  { auth, tokenUrl }: Settings,
  account: Account,
  limits: Limits,
  now: () => number,
): Authorization {
  if ('clientId' in auth) return new ClientCredentials({ ...auth, tokenUrl, account, limits, now });
  return basicAuthorization(auth, endOfBasic);
}
