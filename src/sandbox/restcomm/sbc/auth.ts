import { createHash } from 'node:crypto';
import { readBasic } from '../../basic-credentials.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import { empty, page } from '../replies.ts';
import type { CarrierContext } from './carrier-context.ts';

/**
 * Two checks in a row: Shiro's filter, which takes the scheme in any case and the friendly name too, and the
 * endpoint's, which does not and fails with 500. Source: RestComm/sbc shiro.ini, SecuredEndpoint.java.
 */
export function refuseCaller(context: CarrierContext, request: Received): Reply | undefined {
  const authorization = request.headers.authorization;
  const basic = readBasic(authorization?.replace(/^basic /i, 'Basic '));
  const digest = createHash('md5')
    .update(basic.kind === 'pair' ? basic.password : '')
    .digest('hex');
  const isRight =
    basic.kind === 'pair' && (basic.password === context.password || digest === context.password);
  const byName = basic.kind === 'pair' && basic.username === context.friendlyName;
  const byKey =
    basic.kind === 'pair' && (basic.username === context.username || basic.username === context.email);
  if (!isRight || !(byKey || byName)) return empty(401, { 'WWW-Authenticate': 'BASIC realm="application"' });
  if (byName || !authorization?.startsWith('Basic '))
    return page(500, 'org.apache.shiro.authz.AuthorizationException');
  return undefined;
}
