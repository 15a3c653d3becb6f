import type { Received } from '../../journal.ts';
import type { Reply } from '../../reply.ts';
import type { Entry } from '../../roster.ts';
import { empty, type Form, json, text, xml } from '../answers.ts';
import { foldStatus, isOver, type RestcommCall } from '../call.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { isConnectCallSid } from '../sid.ts';
import type { ConnectAccount } from './accounts.ts';
import { hangUp, peersOf, restart } from './life.ts';
import type { Setting } from './setting.ts';

/** States in which Status=canceled still hangs up. */
const CANCELABLE = new Set(['queued', 'ringing', 'wait-for-answer']);

/** A modification past its authorisation. */
export interface Modification {
  readonly request: Received;
  readonly form: Form;
  readonly caller: ConnectAccount;
  readonly account: ConnectAccount;
  readonly sid: string;
}

/**
 * `POST /Accounts/{sid}/Calls/{sid}`: answers the call as it was before the change. An unknown call is 406, one that
 * is over 410, another account's 400. Source: Restcomm-Connect CallsEndpoint.updateCall and its order of checks.
 */
export function modifyCall(setting: Setting, { request, form, caller, account, sid }: Modification): Reply {
  if (!isConnectCallSid(sid)) return empty(400);
  const entry = setting.roster.get(sid);
  if (entry === undefined) return empty(406);
  const { call } = entry;
  // An active account without parent may modify every account's calls.
  if (call.account_sid !== account.sid && caller.parentSid !== undefined) return empty(400);
  if (isOver(call.status)) return text(410, form, 'Call is already completed.');
  if (call.call_path === null) return text(500, form, 'Futures timed out after [10 seconds]');
  const before = { ...call };
  const parameters = new URLSearchParams(request.body);

  applyStatus(setting, entry, parameters.get('Status'));
  // Mute is false when it is left out, so every change that does not ask for it unmutes.
  if (foldStatus(call.status) === 'in-progress')
    call.muted = parameters.get('Mute')?.toLowerCase() === 'true';
  const url = parameters.get('Url');
  if (url !== null) {
    const wrong = whatIsWrong(url);
    if (wrong !== undefined) return text(500, form, wrong);
    redirect(setting, entry, parameters.get('MoveConnectedCallLeg')?.toLowerCase() === 'true');
  }
  setting.roster.replan(entry, entry.plan);
  return form === 'json'
    ? json(toJsonCall(before, setting.dialect))
    : xml(toXmlCall(before, setting.dialect));
}

/** canceled hangs up what has not been answered, completed anything; every other word is ignored. */
function applyStatus(setting: Setting, entry: Entry<RestcommCall>, status: string | null): void {
  const asked = status?.toLowerCase();
  const cancels = asked === 'canceled' && CANCELABLE.has(foldStatus(entry.call.status));
  if (cancels || asked === 'completed') hangUp(setting, entry);
}

/** Another script for this leg, and for the other one too or its end. A call that is over by now keeps its end. */
function redirect(setting: Setting, entry: Entry<RestcommCall>, movesBoth: boolean): void {
  if (isOver(entry.call.status)) return;
  for (const peer of peersOf(setting, entry.call)) {
    if (movesBoth) restart(setting, peer);
    else hangUp(setting, peer);
  }
  restart(setting, entry);
}

/** What java.net.URL says about an address it does not take. */
function whatIsWrong(url: string): string | undefined {
  const protocol = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase();
  if (protocol === undefined) return `no protocol: ${url}`;
  return ['http', 'https', 'ftp', 'file', 'jar'].includes(protocol)
    ? undefined
    : `unknown protocol: ${protocol}`;
}
