import type { Received } from '../journal.ts';
import type { Reply } from '../send-reply.ts';
import { refuseCaller, type Tokens } from './auth.ts';
import type { CarrierContext } from './carrier-context.ts';
import { createCall } from './create.ts';
import { refuse, refuseMediaType, refuseMethod, refuseUnknown } from './errors.ts';
import { settle } from './lifecycle.ts';
import { listCalls } from './list.ts';
import { readPath } from './read-path.ts';
import { issueToken } from './tokens.ts';
import { updateCall, updateCallBxml } from './update.ts';
import { toIsVisible } from './visibility.ts';

/** Routes a request. Checks credentials first, then the path, then the operation. */
export function route(context: CarrierContext, tokens: Tokens, request: Received): Reply {
  settle(context);
  if (request.path === '/api/v1/oauth2/token') return issueToken(context, tokens, request);
  const refused = refuseCaller(context, tokens, request);
  if (refused !== undefined) return refused;
  const place = readPath(request.path);
  if (place === undefined) return refuse(404, 'Not Found');
  const { callId, isBxml } = place;
  if (callId === undefined) return routeCalls(context, request);
  return isBxml ? routeBxml(context, request, callId) : routeCall(context, request, callId);
}

function routeCalls(context: CarrierContext, request: Received): Reply {
  if (isRead(request)) return listCalls(context, request);
  if (request.method !== 'POST') return refuseMethod('GET,POST');
  return isOfType(request, 'application/json')
    ? createCall(context, request)
    : refuseMediaType(request.headers['content-type']);
}

function routeCall(context: CarrierContext, request: Received, callId: string): Reply {
  if (isRead(request)) return getCall(context, callId);
  if (request.method !== 'POST') return refuseMethod('GET,POST');
  return isOfType(request, 'application/json')
    ? updateCall(context, request, callId)
    : refuseMediaType(request.headers['content-type']);
}

function routeBxml(context: CarrierContext, request: Received, callId: string): Reply {
  if (request.method !== 'PUT') return refuseMethod('PUT');
  return isOfType(request, 'application/xml')
    ? updateCallBxml(context, request, callId)
    : refuseMediaType(request.headers['content-type']);
}

/** `GET /accounts/{accountId}/calls/{callId}`. Source: Bandwidth spec, getCallState. */
function getCall(context: CarrierContext, callId: string): Reply {
  const entry = context.table.get(callId);
  if (entry === undefined || !toIsVisible(context)(entry)) return refuseUnknown(callId);
  const body = context.options.getAsArray ? [entry.call] : entry.call;
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

const isRead = (request: Received) => request.method === 'GET' || request.method === 'HEAD';

function isOfType(request: Received, type: string): boolean {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === type;
}
