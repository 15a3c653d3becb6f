import { readBasic } from '../basic-credentials.ts';
import type { Received } from '../journal.ts';
import type { Reply } from '../send-reply.ts';
import type { Tokens } from './auth.ts';
import type { CarrierContext } from './carrier-context.ts';

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

/**
 * The token endpoint: client credentials by HTTP Basic, answered with a bearer token and its lifetime in seconds.
 * Source: Bandwidth spec, OAuth2 security scheme; errors after RFC 6749 section 5.2.
 */
export function issueToken(context: CarrierContext, tokens: Tokens, request: Received): Reply {
  if (request.method !== 'POST') return json(405, { error: 'invalid_request' }, { Allow: 'POST' });
  const { clientId, clientSecret, tokenLifetime } = context.options;
  const basic = readBasic(request.headers.authorization?.replace(/^basic /i, 'Basic '));
  if (basic.kind !== 'pair' || basic.username !== clientId || basic.password !== clientSecret) {
    return json(401, { error: 'invalid_client' }, { 'WWW-Authenticate': 'Basic realm="oauth2"' });
  }
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return json(400, { error: 'invalid_request' });
  }
  const grant = new URLSearchParams(request.body).get('grant_type');
  if (grant === null) return json(400, { error: 'invalid_request' });
  if (grant !== 'client_credentials') return json(400, { error: 'unsupported_grant_type' });
  const token = tokens.issue(context.clock.now(), tokenLifetime);
  return json(200, { access_token: token, token_type: 'Bearer', expires_in: tokenLifetime });
}
