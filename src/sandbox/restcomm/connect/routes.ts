import { CONNECT_LIMIT_BYTES } from '../../choices.ts';
import type { JunkMetadata } from '../../faults.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../reply.ts';
import { empty, type Form, json, page, typeOf, xml } from '../answers.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { isConnectCallSid } from '../sid.ts';
import { authenticate, type ConnectAccount, findAccount, mayActFor } from './accounts.ts';
import { createCall, refuseAccountSid } from './create.ts';
import { listCalls } from './list.ts';
import { modifyCall } from './modify.ts';
import { negotiate } from './negotiate.ts';
import type { Setting } from './setting.ts';

const PATH =
  /^\/2012-04-24\/Accounts\/([^/]+)\/Calls(?:\.json)?(?:\/([^/]+?)(?:\.json)?(?:\/(Recordings)(?:\.json)?)?)?\/?$/;
const WADL = '<application xmlns="http://wadl.dev.java.net/2009/02"/>';

/** Where a request goes: who asks, how long it is, what is there, in which form, for which account. */
export function route(setting: Setting, request: Received, junk: JunkMetadata | undefined): Reply {
  setting.roster.settle(setting.clock.now());
  if (!request.path.startsWith('/restcomm/')) return page(404, 'The requested resource is not available.');
  const caller = authenticate(setting.accounts, request);
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
  const target: Target = { setting, request, junk, form, caller, account: decode(place[1] ?? '') };
  if (place[3] !== undefined) return listRecordings(form);
  return place[2] === undefined ? routeCalls(target) : routeCall(target, decode(place[2]));
}

interface Target {
  readonly setting: Setting;
  readonly request: Received;
  readonly junk: JunkMetadata | undefined;
  readonly form: Form;
  readonly caller: ConnectAccount;
  readonly account: string;
}

function routeCalls(target: Target): Reply {
  const { setting, request, form } = target;
  if (request.method === 'POST') {
    const refused = refuseAccountSid(target.account, form);
    if (refused !== undefined) return refused;
  }
  const account = permit(target);
  if ('body' in account) return account;
  if (request.method === 'POST') return createCall(setting, account, request, form);
  return listCalls(setting, target);
}

function routeCall(target: Target, sid: string): Reply {
  const { setting, request, form, caller } = target;
  const account = permit(target);
  if ('body' in account) return account;
  if (request.method === 'POST') return modifyCall(setting, { request, form, caller, account, sid });
  if (!isConnectCallSid(sid)) return page(500, `${sid} is an INVALID_SID sid value.`);
  const call = setting.roster.get(sid)?.call;
  if (call === undefined) return empty(404, typeOf(form));
  if (call.account_sid !== account.sid) return empty(403);
  return form === 'json' ? json(toJsonCall(call, setting.dialect)) : xml(toXmlCall(call, setting.dialect));
}

/** The account of the path, or the refusal: 500 where there is none, 403 where the caller has no say. */
function permit({ setting, account, caller }: Target): ConnectAccount | Reply {
  const found = findAccount(setting.accounts, account);
  if (found === undefined) return page(500, 'java.lang.NullPointerException');
  return mayActFor(setting.accounts, caller, found) ? found : empty(403);
}

/** Jersey's own answers to a method that is not there, and to OPTIONS. */
function refuseMethod(request: Received, isRecordings: boolean): Reply | undefined {
  const methods = isRecordings ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'POST'];
  if (methods.includes(request.method)) return undefined;
  const allow = { Allow: ['OPTIONS', ...methods].join(',') };
  if (request.method !== 'OPTIONS') return empty(405, allow);
  return { status: 200, headers: { 'Content-Type': 'application/vnd.sun.wadl+xml', ...allow }, body: WADL };
}

/** Forms only: 415 for no or another type, save JSON, which is let in and then falls over. */
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
