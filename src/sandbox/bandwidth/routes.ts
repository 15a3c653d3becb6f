import type { Received } from '../journal.ts';
import type { Reply } from '../reply.ts';
import { refuseCaller, type Tokens } from './auth.ts';
import { createCall } from './create.ts';
import { refuse, refuseMediaType, refuseMethod, refuseUnknown } from './errors.ts';
import { isHeld } from './held.ts';
import { settle } from './life.ts';
import { listCalls } from './list.ts';
import { readPath } from './path.ts';
import type { Setting } from './setting.ts';
import { issueToken } from './tokens.ts';
import { updateCall, updateCallBxml } from './update.ts';

/** Where a request goes: first who asks, then what is there, then the operation. */
export function route(setting: Setting, tokens: Tokens, request: Received): Reply {
  settle(setting);
  if (request.path === '/api/v1/oauth2/token') return issueToken(setting, tokens, request);
  const refused = refuseCaller(setting, tokens, request);
  if (refused !== undefined) return refused;
  const place = readPath(request.path);
  if (place === undefined) return refuse(404, 'Not Found');
  const { callId, isBxml } = place;
  if (callId === undefined) return routeCalls(setting, request);
  return isBxml ? routeBxml(setting, request, callId) : routeCall(setting, request, callId);
}

function routeCalls(setting: Setting, request: Received): Reply {
  if (isRead(request)) return listCalls(setting, request);
  if (request.method !== 'POST') return refuseMethod('GET,POST');
  return isOfType(request, 'application/json')
    ? createCall(setting, request)
    : refuseMediaType(request.headers['content-type']);
}

function routeCall(setting: Setting, request: Received, callId: string): Reply {
  if (isRead(request)) return getCall(setting, callId);
  if (request.method !== 'POST') return refuseMethod('GET,POST');
  return isOfType(request, 'application/json')
    ? updateCall(setting, request, callId)
    : refuseMediaType(request.headers['content-type']);
}

function routeBxml(setting: Setting, request: Received, callId: string): Reply {
  if (request.method !== 'PUT') return refuseMethod('PUT');
  return isOfType(request, 'application/xml')
    ? updateCallBxml(setting, request, callId)
    : refuseMediaType(request.headers['content-type']);
}

/** `GET /accounts/{accountId}/calls/{callId}`. Source: Bandwidth spec, getCallState. */
function getCall(setting: Setting, callId: string): Reply {
  const entry = setting.roster.get(callId);
  if (entry === undefined || !isHeld(setting, entry, setting.clock.now())) return refuseUnknown(callId);
  const body = setting.options.getAsArray ? [entry.call] : entry.call;
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

const isRead = (request: Received) => request.method === 'GET' || request.method === 'HEAD';

function isOfType(request: Received, type: string): boolean {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === type;
}
