import { type Markup, textOf } from '../../voice/read-markup.ts';
import type { Running } from '../../voice/run.ts';
import { toTime } from '../call.ts';
import type { CarrierContext } from '../carrier-context.ts';
import { toWebhook } from '../events.ts';
import { hooksOf } from '../hooks-of.ts';
import type { ConferenceRoom } from './conference-room.ts';
import { type Outcome, type Session, targetOf, untilFarEnd } from './session.ts';

/**
 * Joins a conference until the far end hangs up. BXML that is answered to an event of the conference is not executed.
 * Source: Bandwidth docs, conference.
 */
export function* conference(session: Session, verb: Markup): Running<Outcome> {
  const { context, call } = session;
  const name = textOf(verb);
  const room = context.conferences.get(name) ?? open(session, verb, name);
  room.members.add(call.callId);
  session.note(`joined conference ${name}`);
  const { from, to, callId } = call;
  tellMembers(context, room, 'conferenceMemberJoin', session.at, { from, to, callId });
  try {
    return yield* untilFarEnd(session);
  } finally {
    const at = context.clock.now();
    room.members.delete(call.callId);
    tellMembers(context, room, 'conferenceMemberExit', at, { from, to, callId });
    if (room.members.size === 0) {
      context.conferences.delete(name);
      tellMembers(context, room, 'conferenceCompleted', at);
    }
  }
}

function open(session: Session, verb: Markup, name: string): ConferenceRoom {
  const { context } = session;
  const { timeout, tag } = hooksOf(context, session.call);
  const target = targetOf(session, verb, 'conferenceEvent');
  const room = {
    id: `conf-${context.random.uuid()}`,
    name,
    target,
    timeout,
    tag,
    members: new Set<string>(),
  };
  context.conferences.set(name, room);
  tellMembers(context, room, 'conferenceCreated', session.at);
  return room;
}

/** Conference events have few members of a call's. Source: Bandwidth docs, conference webhooks. */
function tellMembers(
  { webhooks }: CarrierContext,
  { target, id, name, timeout, tag }: ConferenceRoom,
  eventType: string,
  at: number,
  member: { readonly callId?: string; readonly from?: string; readonly to?: string } = {},
): void {
  if (target === undefined || !webhooks.mayReach(target.url, eventType)) return;
  const event = { eventType, eventTime: toTime(at), conferenceId: id, name, ...member, tag };
  webhooks.send(toWebhook(target, event, { event: eventType, callId: member.callId ?? id, timeout }), id);
}
