import { CONNECT_TIMEOUT_SECONDS } from '../../assumptions.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import { blankCall, type RestcommCall } from '../call.ts';
import { isUri, readDestination, userOf } from '../destination.ts';
import { readInteger } from '../list-query.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { empty, type Form, json, page, text, xml } from '../replies.ts';
import { drawSid } from '../sid.ts';
import type { CarrierContext } from './carrier-context.ts';
import { lifecycleOf } from './lifecycle.ts';

/** `POST /Calls`, which is documented but not implemented in real servers. The response is that of Connect. Source: RestComm/sbc calls-api. */
export function createCall(context: CarrierContext, request: Received, form: Form): Reply {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return empty(415);
  const parameters = new URLSearchParams(request.body);
  for (const name of ['From', 'To', 'Url']) {
    if (!parameters.has(name)) return text(400, form, `${name} can not be null.`);
  }
  const timeout = readInteger(parameters.get('Timeout') ?? String(CONNECT_TIMEOUT_SECONDS));
  if (timeout === undefined) return page(500, 'java.lang.NumberFormatException');
  if (!isUri(parameters.get('Url') ?? '')) return page(500, 'java.lang.IllegalArgumentException');
  const now = context.clock.now();
  const from = (parameters.get('From') ?? '').trim();
  const { user } = readDestination(parameters.get('To') ?? '');
  const call: RestcommCall = {
    ...blankCall(drawSid(context.random, 'RN'), now),
    parent_call_sid: drawSid(context.random, 'RN'),
    to: user,
    from: userOf(from) || 'Unknown',
    status: 'QUEUED',
    start_time: now,
    end_time: now,
    price: '0',
    direction: 'outbound',
    caller_name: from || 'Unknown',
  };
  context.table.insert(call, { createdAt: now, plan: lifecycleOf(now, user, timeout) });
  return form === 'json' ? json(toJsonCall(call, context.dialect)) : xml(toXmlCall(call, context.dialect));
}
