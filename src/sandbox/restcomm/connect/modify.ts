import type { Entry } from '../../call-table.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import { foldStatus, isOver, type RestcommCall } from '../call.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { empty, type Form, json, text, xml } from '../replies.ts';
import { isConnectCallSid } from '../sid.ts';
import type { ConnectAccount } from './accounts.ts';
import type { CarrierContext } from './carrier-context.ts';
import { hangUp, peersOf } from './hangup.ts';
import { toAddress, toScript } from './leg.ts';
import { restart } from './lifecycle.ts';

/**
 * `POST /Accounts/{sid}/Calls/{sid}`: responds with the call before the change. 406 for an unknown call, 410 for one
 * that has ended, 400 for one of another account. Source: Restcomm-Connect CallsEndpoint.updateCall and its order of checks.
 */
export function modifyCall(
  context: CarrierContext,
  { request, form, caller, account, sid }: Modification,
): Reply {
  if (!isConnectCallSid(sid)) return empty(400);
  const entry = context.table.get(sid);
  if (entry === undefined) return empty(406);
  const { call } = entry;
  // An active account without parent may modify every account's calls.
  if (call.account_sid !== account.sid && caller.parentSid !== undefined) return empty(400);
  if (isOver(call.status)) return text(410, form, 'Call is already completed.');
  if (call.call_path === null) return text(500, form, 'Futures timed out after [10 seconds]');
  const before = { ...call };
  const parameters = new URLSearchParams(request.body);

  applyStatus(context, entry, parameters.get('Status'));
  // Mute defaults to false, so every update without it unmutes.
  if (foldStatus(call.status) === 'in-progress')
    call.muted = parameters.get('Mute')?.toLowerCase() === 'true';
  const url = parameters.get('Url');
  if (url !== null) {
    const wrong = urlError(url);
    if (wrong !== undefined) return text(500, form, wrong);
    redirect(context, entry, parameters);
  }
  context.table.replan(entry, entry.plan);
  return form === 'json'
    ? json(toJsonCall(before, context.dialect))
    : xml(toXmlCall(before, context.dialect));
}

/** Statuses in which Status=canceled hangs up. */
const CANCELABLE = new Set(['queued', 'ringing', 'wait-for-answer']);

/** An authorized update of a call. */
export interface Modification {
  readonly request: Received;
  readonly form: Form;
  readonly caller: ConnectAccount;
  readonly account: ConnectAccount;
  readonly sid: string;
}

/** `canceled` hangs up a call that is not answered yet, `completed` any call. Other values are ignored. */
function applyStatus(context: CarrierContext, entry: Entry<RestcommCall>, status: string | null): void {
  const asked = status?.toLowerCase();
  const cancels = asked === 'canceled' && CANCELABLE.has(foldStatus(entry.call.status));
  if (cancels || asked === 'completed') hangUp(context, entry);
}

/** Redirects a call. The other legs are redirected too, or hung up. A call that has ended is not changed. */
function redirect(context: CarrierContext, entry: Entry<RestcommCall>, parameters: URLSearchParams): void {
  if (isOver(entry.call.status)) return;
  const movesBoth = parameters.get('MoveConnectedCallLeg')?.toLowerCase() === 'true';
  const script = toScript(parameters);
  const callback = toAddress(parameters, 'StatusCallback', 'StatusCallbackMethod');
  for (const peer of peersOf(context, entry.call)) {
    if (movesBoth) restart(context, peer, { script, callback, delay: RESTART_PEER_MS });
    else hangUp(context, peer);
  }
  restart(context, entry, { script, callback, delay: RESTART_MS });
}

/** Time between an update and the request for its document, in milliseconds: of the call, and of its other leg. */
const RESTART_MS = 500;
const RESTART_PEER_MS = 1_000;

/** The message of java.net.URL for an invalid URL. */
function urlError(url: string): string | undefined {
  const protocol = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase();
  if (protocol === undefined) return `no protocol: ${url}`;
  return ['http', 'https', 'ftp', 'file', 'jar'].includes(protocol)
    ? undefined
    : `unknown protocol: ${protocol}`;
}
