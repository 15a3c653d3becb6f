import type { JunkMetadata } from '../../faults.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../reply.ts';
import { empty, type Form, json, page, xml } from '../answers.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { isPlainSid } from '../sid.ts';
import { refuseCaller } from './auth.ts';
import { createCall } from './create.ts';
import { listCalls } from './list.ts';
import type { Setting } from './setting.ts';

/** The suffix alone decides the form; `/Calls.json/{sid}` does not exist. Source: RestComm/sbc Calls*Endpoint.java */
const PATH = /^\/restcomm-sbc\/2012-04-24\/Calls(?:(\.json)?|\/([^/]+?)(\.json)?)\/?$/;

/** Where a request goes: who asks, what is there, whether it can be done. */
export function route(setting: Setting, request: Received, junk: JunkMetadata | undefined): Reply {
  setting.roster.settle(setting.clock.now());
  if (!request.path.startsWith('/restcomm-sbc/')) return page(404, 'Not Found');
  const refused = refuseCaller(setting, request);
  if (refused !== undefined) return refused;
  const place = PATH.exec(request.path);
  if (place === null) return page(404, 'Not Found');
  const form: Form = (place[1] ?? place[3]) === undefined ? 'xml' : 'json';
  const sid = place[2];
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (sid === undefined && setting.create && request.method === 'POST')
    return createCall(setting, request, form);
  if (!isRead) return empty(405, { Allow: 'GET, HEAD, OPTIONS' });
  return sid === undefined ? listCalls(setting, request, form, junk) : getCall(setting, sid, form);
}

/** `GET /Calls/{sid}`: 404 until the sweep after the call's end has written it. */
function getCall(setting: Setting, sid: string, form: Form): Reply {
  if (!isPlainSid(sid)) return page(500, `${sid} is an INVALID_SID sid value.`);
  const entry = setting.roster.get(sid);
  if (entry === undefined || entry.visibleFrom > setting.clock.now()) return empty(404);
  const { dialect } = setting;
  return form === 'json' ? json(toJsonCall(entry.call, dialect)) : xml(toXmlCall(entry.call, dialect));
}
