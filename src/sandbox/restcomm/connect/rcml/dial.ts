import { TALK_MS } from '../../../assumptions.ts';
import { pass } from '../../../voice/media.ts';
import type { Markup } from '../../../voice/read-markup.ts';
import { HungUp, type Running } from '../../../voice/run.ts';
import { foldStatus, isOver, secondsBetween } from '../../call.ts';
import { legOf, scriptPairs } from '../status-callbacks.ts';
import { type Pairs, toRequest } from '../to-request.ts';
import { conference } from './conference.ts';
import { answerLeg, endLeg, type Leg, nounsOf, placeLeg } from './legs.ts';
import { attributeOf, integerOf, lastTextOf } from './read-rcml.ts';
import { screen } from './screen.ts';
import { addressOf, fallSilent, type Outcome, type Session } from './session.ts';

/**
 * Dials one or several destinations at once, of whom the first to answer is connected. When it hangs up, the caller is
 * hung up too, and the answer of the action is ignored; it is executed only if nobody was connected. Source:
 * Restcomm-Connect VoiceInterpreter.FinishDialing.
 */
export function* dial(session: Session, verb: Markup): Running<Outcome> {
  const nouns = nounsOf(verb);
  if (nouns.length === 0) return undefined;
  const room = nouns.find(({ name }) => name === 'Conference');
  if (room !== undefined) return yield* conference(session, verb, room);
  if (nouns.some(({ name }) => !NOUNS.has(name))) return fallSilent(session, '<Dial> has an unknown noun');
  session.note(`dialled ${nouns.map((noun) => lastTextOf(noun).replace(/\?.*$/s, '')).join(', ')}`);
  const { from, to, direction } = session.call;
  const callerId = attributeOf(verb, 'callerId') ?? (direction === 'inbound' ? from : to);
  const timeout = integerOf(verb, 'timeout', 30) * 1000;
  const legs = nouns.flatMap((noun) => placeLeg(session, noun, callerId, timeout) ?? []);
  const script = addressOf(session, verb, 'action', 'method');
  const report = (leg?: Leg) => {
    if (script === undefined || !session.context.webhooks.mayReach(script.url, 'script')) return;
    const { context, call } = session;
    const pairs = [...scriptPairs(context, call), ...session.outbound, ...toPairs(leg)];
    const about = { event: 'script', callId: call.sid, timeout: context.responseTimeout };
    const request = toRequest(script, pairs, about);
    if (request !== undefined) context.webhooks.send(request);
  };
  if (legs.length === 0) {
    session.note('not connected: failed');
    report();
    session.before = 'unplaced Dial';
    return undefined;
  }
  let last = legs[0] as Leg;
  try {
    for (const leg of [...legs].sort((a, b) => a.due - b.due)) {
      yield* pass(session, leg.due - session.at);
      last = leg;
      if (isOver(leg.call.status)) continue;
      if (leg.refusal === undefined) return yield* connect(session, verb, legs, leg, report);
      endLeg(leg, session.at, leg.refusal);
    }
  } catch (error) {
    if (error instanceof HungUp) {
      session.at = Math.max(session.at, error.at);
      closeAll(session, legs);
      report(last);
    }
    throw error;
  } finally {
    closeAll(session, legs);
  }
  const status = statusOf(last);
  session.note(`not connected: ${status === 'canceled' ? 'timeout' : status}`);
  if (script !== undefined) return { script, pairs: toPairs(last), event: 'script' };
  if (status !== 'canceled') session.before = 'failed Dial';
  return undefined;
}

const NOUNS = new Set(['Number', 'Client', 'Sip', 'Uri']);

/** Connects the caller to a leg that has answered, until one of them hangs up. */
function* connect(
  session: Session,
  verb: Markup,
  legs: readonly Leg[],
  leg: Leg,
  report: (leg: Leg) => void,
): Running<Outcome> {
  const { context } = session;
  answerLeg(leg, session.at);
  const answered = session.at;
  session.outbound = [['OutboundCallSid', leg.call.sid]];
  closeAll(session, legs, leg);
  if (yield* screen(session, leg)) {
    session.note(`connected to ${leg.call.to}`);
    if (attributeOf(verb, 'record') === 'true') session.note('started recording');
    const talk = answered + (leg.session.callee.hangsUpAfter ?? TALK_MS);
    const limit = session.at + integerOf(verb, 'timeLimit', 14_400) * 1000;
    const { listeners } = legOf(context, leg.call);
    session.at = yield {
      until: Math.max(session.at, Math.min(talk, limit)),
      listen(wake) {
        listeners.add(wake);
        return () => listeners.delete(wake);
      },
    };
    leg.session.at = session.at;
    if (!isOver(leg.call.status)) leg.session.farEndHangsUp();
  }
  closeAll(session, legs);
  report(leg);
  return 'hangup';
}

function closeAll(session: Session, legs: readonly Leg[], but?: Leg): void {
  for (const leg of legs) if (leg !== but && !isOver(leg.call.status)) endLeg(leg, session.at);
}

/** The text form of DialCallStatus: canceled stands for no answer too. */
function statusOf({ call }: Leg): string {
  return foldStatus(call.status);
}

function toPairs(leg: Leg | undefined): Pairs {
  const call = leg?.call;
  const status = leg === undefined ? 'failed' : statusOf(leg);
  const rang = call === undefined ? [] : [['DialRingDuration', String(call.ring_duration ?? 0)] as const];
  const duration = call?.end_time ? secondsBetween(call.start_time ?? call.end_time, call.end_time) : 0;
  return [
    ...rang,
    ['DialCallSid', call?.sid ?? 'null'],
    ['DialCallStatus', status],
    ['DialCallDuration', String(status === 'completed' ? duration : 0)],
    ['RecordingUrl', null],
    ['PublicRecordingUrl', null],
  ];
}
