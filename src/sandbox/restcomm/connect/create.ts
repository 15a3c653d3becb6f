import { CONNECT_TIMEOUT_SECONDS } from '../../assumptions.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import { blankCall, type RestcommCall } from '../call.ts';
import { type Destination, isUri, readDestination, userOf } from '../destination.ts';
import { readInteger } from '../list-query.ts';
import { toXmlList } from '../page.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { type Form, json, message, page, text, typeOf, xml } from '../replies.ts';
import { isPlainSid } from '../sid.ts';
import { toXml } from '../xml.ts';
import type { ConnectAccount } from './accounts.ts';
import { type CarrierContext, drawCallSid, toStored } from './carrier-context.ts';
import { toLeg } from './leg.ts';
import { lifecycleOf } from './lifecycle.ts';

/** The Java class that XStream names the root of a single created call after. */
const ROOT = 'org.restcomm.connect.dao.entities.CallDetailRecord';

/** Checks the account sid of a create, which Connect does before anything else. Source: Restcomm-Connect #1568. */
export function refuseAccountSid(account: string, form: Form): Reply | undefined {
  return isPlainSid(account) ? undefined : message(500, form, `${account} is an INVALID_SID sid value.`);
}

/** `POST /Accounts/{sid}/Calls`. Source: Restcomm-Connect CallsEndpoint.putCall and its order of checks. */
export function createCall(
  context: CarrierContext,
  account: ConnectAccount,
  request: Received,
  form: Form,
): Reply {
  const parameters = new URLSearchParams(request.body);
  for (const name of ['From', 'To', 'Url']) {
    if (!parameters.has(name)) return text(400, form, `${name} can not be null.`);
  }
  const timeout = readInteger(parameters.get('Timeout') ?? String(CONNECT_TIMEOUT_SECONDS));
  if (timeout === undefined) return page(500, 'java.lang.NumberFormatException');
  if (!isUri(parameters.get('Url') ?? '')) return page(500, 'java.lang.IllegalArgumentException');
  const destination = readDestination(parameters.get('To') ?? '');
  const legs = destination.kind === 'client' ? (context.clients[destination.user] ?? 0) : 1;
  if (legs === 0) {
    return text(500, form, `The SIP Client client:${destination.user} is not registered or does not exist`);
  }
  if (destination.kind === 'number' && !context.outboundProxy) {
    const words = 'The Active Outbound Proxy is null. Please check configuration';
    return text(500, form, `Cannot create call to: ${destination.user}. ${words}`);
  }
  if (!isUri(parameters.get('FallbackUrl') ?? '/'))
    return text(500, form, 'Illegal character in FallbackUrl');

  const from = (parameters.get('From') ?? '').trim();
  const calls = Array.from({ length: legs }, () => {
    const call = place(context, account.sid, from, destination, timeout);
    context.legs.set(call, toLeg(parameters));
    return call;
  });
  return form === 'json' ? toJsonAnswer(context, calls) : toXmlAnswer(context, calls);
}

function place(
  context: CarrierContext,
  accountSid: string,
  from: string,
  to: Destination,
  timeout: number,
): RestcommCall {
  const now = context.clock.now();
  const stored = toStored(now, context.database);
  const call: RestcommCall = {
    ...blankCall(drawCallSid(context), stored),
    instance_id: context.instanceId,
    account_sid: accountSid,
    to: to.user,
    from: userOf(from) || 'CALLS REST API',
    status: 'QUEUED',
    start_time: stored,
    price: '0.00',
    direction: 'outbound-api',
    caller_name: from.includes('@') ? null : from,
  };
  context.table.insert(call, { createdAt: stored, plan: lifecycleOf(context, call, now, timeout, to.user) });
  return call;
}

/** One object, or an array where a client has several registrations. Source: Restcomm-Connect #1033. */
function toJsonAnswer(context: CarrierContext, calls: readonly RestcommCall[]): Reply {
  const records = calls.map((call) => toJsonCall(call, context.dialect));
  return json(records.length === 1 ? records[0] : records);
}

/** One call under the Java class name; several under the metadata of whatever list came last, or 500 without one. */
function toXmlAnswer(context: CarrierContext, calls: readonly RestcommCall[]): Reply {
  const records = calls.map((call) => toXmlCall(call, context.dialect));
  const [only] = records;
  if (records.length === 1 && only !== undefined) return xml(only, ROOT);
  const last = context.lastList?.position;
  if (last === undefined || last.page !== Math.trunc(last.total / last.size)) {
    return page(500, 'java.lang.NullPointerException');
  }
  const list = { name: 'RestcommResponse', children: [toXmlList(last, calls, records)] };
  return { status: 200, headers: typeOf('xml'), body: toXml(list) };
}
