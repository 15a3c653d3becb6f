import { LONG_TALK_MS, MEDIA_MS, outcomeOf, QUEUE_MS, REFUSAL_MS, RING_MS, TALK_MS } from '../../choices.ts';
import type { Entry, Step } from '../../roster.ts';
import { foldStatus, isOver, type RestcommCall, secondsBetween } from '../call.ts';
import { type Setting, toStored } from './setting.ts';

/** The life of a leg dialled by the API. Source: Restcomm-Connect Call.java, the writers of its record. */
export function lifeOf(
  setting: Setting,
  created: number,
  to: string,
  timeout: number,
): readonly Step<RestcommCall>[] {
  const step = (at: number, members: (call: RestcommCall) => Partial<RestcommCall>): Step<RestcommCall> => ({
    at,
    apply: (call) => Object.assign(call, members(call), { date_updated: toStored(at, setting.database) }),
  });
  const outcome = outcomeOf(to);
  const invited = created + QUEUE_MS;
  const refused = invited + REFUSAL_MS;
  const silent = invited + timeout * 1000;
  const picked = invited + RING_MS;
  const ringing = step(invited, () => ({ status: 'RINGING' }));
  const rang = (call: RestcommCall, at: number) => secondsBetween(call.start_time ?? created, at);
  if (outcome === 'unanswered' || (silent < picked && (outcome === 'answered' || outcome === 'long'))) {
    return [ringing, hangupAt(setting, silent)];
  }
  if (outcome === 'busy' || outcome === 'rejected') {
    return [
      ringing,
      step(refused, (call) => ({ status: 'BUSY', duration: 0, ring_duration: rang(call, refused) })),
    ];
  }
  if (outcome === 'failed' || outcome === 'not-found')
    return [ringing, step(refused, () => ({ status: 'FAILED' }))];
  const talk = outcome === 'long' ? LONG_TALK_MS : TALK_MS;
  return [
    ringing,
    step(picked, (call) => ({
      ring_duration: rang(call, picked),
      start_time: toStored(picked, setting.database),
    })),
    step(picked + MEDIA_MS, (call) => ({ status: 'in-progress', answered_by: call.to })),
    hangupAt(setting, picked + talk),
  ];
}

/** The end of a call by hang-up, whoever hangs up: canceled before it was answered, else completed. */
export function hangupAt(setting: Setting, at: number): Step<RestcommCall> {
  return {
    at,
    apply(call) {
      const stored = toStored(at, setting.database);
      call.status = foldStatus(call.status) === 'in-progress' ? 'completed' : 'canceled';
      call.end_time = stored;
      call.duration = secondsBetween(call.start_time ?? stored, stored);
      call.date_updated = stored;
    },
  };
}

/** Hangs up now. */
export function hangUp(setting: Setting, entry: Entry<RestcommCall>): void {
  hangupAt(setting, setting.clock.now()).apply(entry.call);
  setting.roster.replan(entry, []);
}

/** The other legs of a call that are still there: those it is the parent of, and its own parent. */
export function peersOf(setting: Setting, call: RestcommCall): readonly Entry<RestcommCall>[] {
  const isPeer = (other: RestcommCall) =>
    other.parent_call_sid === call.sid || call.parent_call_sid === other.sid;
  return setting.roster.inOrder().filter((entry) => isPeer(entry.call) && !isOver(entry.call.status));
}

/** The script of a call begins anew: it talks on. */
export function restart(setting: Setting, entry: Entry<RestcommCall>): void {
  setting.roster.replan(entry, [hangupAt(setting, setting.clock.now() + TALK_MS)]);
}
