import { CONNECT_LIMIT_BYTES } from '../../assumptions.ts';
import type { JunkMetadata } from '../../faults.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { empty, type Form, json, page, typeOf, xml } from '../replies.ts';
import { isConnectCallSid } from '../sid.ts';
import { authenticate, type ConnectAccount, findAccount, mayActFor } from './accounts.ts';
import { type CarrierContext, settle } from './carrier-context.ts';
import { createCall, refuseAccountSid } from './create.ts';
import { listCalls } from './list.ts';
import { modifyCall } from './modify.ts';
import { negotiate } from './negotiate.ts';

const PATH =
  /^\/2012-04-24\/Accounts\/([^/]+)\/Calls(?:\.json)?(?:\/([^/]+?)(?:\.json)?(?:\/(Recordings)(?:\.json)?)?)?\/?$/;
const WADL = '<application xmlns="http://wadl.dev.java.net/2009/02"/>';

/** Routes a request. Checks in this order: credentials, length, path, format, account. */
export function route(context: CarrierContext, request: Received, junk: JunkMetadata | undefined): Reply {
  settle(context);
  if (!request.path.startsWith('/restcomm/')) return page(404, 'The requested resource is not available.');
  const caller = authenticate(context.accounts, request);
  if ('body' in caller) return caller;
  if (Number(request.headers['content-length'] ?? 0) > CONNECT_LIMIT_BYTES) {
    return { ...empty(413), reason: `Length larger than ${CONNECT_LIMIT_BYTES}` };
  }
  const place = PATH.exec(request.path.slice('/restcomm'.length));
  if (place === null) return page(404, 'The requested resource is not available.');
  const refused = refuseMethod(request, place[3] !== undefined) ?? refuseMedia(request);
  if (refused !== undefined) return refused;
  const form = negotiate(request);
  if (form === undefined) return empty(406);
  const target: Target = { context, request, junk, form, caller, account: decode(place[1] ?? '') };
  if (place[3] !== undefined) return listRecordings(form);
  return place[2] === undefined ? routeCalls(target) : routeCall(target, decode(place[2]));
}

interface Target {
  readonly context: CarrierContext;
  readonly request: Received;
  readonly junk: JunkMetadata | undefined;
  readonly form: Form;
  readonly caller: ConnectAccount;
  readonly account: string;
}

function routeCalls(target: Target): Reply {
  const { context, request, form } = target;
  if (request.method === 'POST') {
    const refused = refuseAccountSid(target.account, form);
    if (refused !== undefined) return refused;
  }
  const account = permit(target);
  if ('body' in account) return account;
  if (request.method === 'POST') return createCall(context, account, request, form);
  return listCalls(context, target);
}

function routeCall(target: Target, sid: string): Reply {
  const { context, request, form, caller } = target;
  const account = permit(target);
  if ('body' in account) return account;
  if (request.method === 'POST') return modifyCall(context, { request, form, caller, account, sid });
  if (!isConnectCallSid(sid)) return page(500, `${sid} is an INVALID_SID sid value.`);
  const call = context.table.get(sid)?.call;
  if (call === undefined) return empty(404, typeOf(form));
  if (call.account_sid !== account.sid) return empty(403);
  return form === 'json' ? json(toJsonCall(call, context.dialect)) : xml(toXmlCall(call, context.dialect));
}

/** Returns the account of the path, or the error: 500 for an unknown account, 403 without permission. */
function permit({ context, account, caller }: Target): ConnectAccount | Reply {
  const found = findAccount(context.accounts, account);
  if (found === undefined) return page(500, 'java.lang.NullPointerException');
  return mayActFor(context.accounts, caller, found) ? found : empty(403);
}

/** Jersey's responses to OPTIONS and to methods that are not allowed. */
function refuseMethod(request: Received, isRecordings: boolean): Reply | undefined {
  const methods = isRecordings ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'POST'];
  if (methods.includes(request.method)) return undefined;
  const allow = { Allow: ['OPTIONS', ...methods].join(',') };
  if (request.method !== 'OPTIONS') return empty(405, allow);
  return { status: 200, headers: { 'Content-Type': 'application/vnd.sun.wadl+xml', ...allow }, body: WADL };
}

/** Requires a form: 415 for a missing or other type. JSON passes this check and then causes an error. */
function refuseMedia(request: Received): Reply | undefined {
  if (request.method !== 'POST') return undefined;
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return undefined;
  return type === 'application/json' ? page(500, 'java.lang.IllegalStateException') : empty(415);
}

function listRecordings(form: Form): Reply {
  return form === 'json' ? json([]) : xml({ name: 'Recordings' });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment).replace(/\.json$/, '');
  } catch {
    return segment;
  }
}
