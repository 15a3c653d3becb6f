import type { JunkMetadata } from '../../faults.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { empty, type Form, json, page, xml } from '../replies.ts';
import { isPlainSid } from '../sid.ts';
import { refuseCaller } from './auth.ts';
import { type CarrierContext, settle } from './carrier-context.ts';
import { createCall } from './create.ts';
import { listCalls } from './list.ts';

/** The suffix alone decides the form; `/Calls.json/{sid}` does not exist. Source: RestComm/sbc Calls*Endpoint.java */
const PATH = /^\/restcomm-sbc\/2012-04-24\/Calls(?:(\.json)?|\/([^/]+?)(\.json)?)\/?$/;

/** Routes a request. Checks in this order: credentials, path, method. */
export function route(context: CarrierContext, request: Received, junk: JunkMetadata | undefined): Reply {
  settle(context);
  if (!request.path.startsWith('/restcomm-sbc/')) return page(404, 'Not Found');
  const refused = refuseCaller(context, request);
  if (refused !== undefined) return refused;
  const place = PATH.exec(request.path);
  if (place === null) return page(404, 'Not Found');
  const form: Form = (place[1] ?? place[3]) === undefined ? 'xml' : 'json';
  const sid = place[2];
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (sid === undefined && context.create && request.method === 'POST')
    return createCall(context, request, form);
  if (!isRead) return empty(405, { Allow: 'GET, HEAD, OPTIONS' });
  return sid === undefined ? listCalls(context, request, form, junk) : getCall(context, sid, form);
}

/** `GET /Calls/{sid}`: 404 until the sweep after the call's end has written it. */
function getCall(context: CarrierContext, sid: string, form: Form): Reply {
  if (!isPlainSid(sid)) return page(500, `${sid} is an INVALID_SID sid value.`);
  const entry = context.table.get(sid);
  if (entry === undefined || entry.visibleFrom > context.clock.now()) return empty(404);
  const { dialect } = context;
  return form === 'json' ? json(toJsonCall(entry.call, dialect)) : xml(toXmlCall(entry.call, dialect));
}
