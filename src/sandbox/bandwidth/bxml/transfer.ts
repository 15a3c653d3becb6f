import { TALK_MS } from '../../assumptions.ts';
import { pass } from '../../voice/media.ts';
import { elementsOf, type Markup, textOf } from '../../voice/read-markup.ts';
import { HungUp, type Running } from '../../voice/run.ts';
import { answer, type Ending, end, remoteOf } from '../states.ts';
import { isOpen, type Leg, placeLegs, whenEnded } from './legs.ts';
import { invalidBxml, millisecondsOf, type Outcome, type Session, targetOf } from './session.ts';

/**
 * Dials one or several parties at once, of whom the first to answer is connected until one side hangs up. The call goes
 * on afterwards, with the transferCompleteUrl or with the next verb. Source: Bandwidth docs, transfer.
 */
export function* transfer(session: Session, verb: Markup): Running<Outcome> {
  const children = elementsOf(verb);
  if (children.length < 1 || children.length > 8 || children.some(({ name }) => !PARTIES.has(name))) {
    return invalidBxml(session.context, 'Transfer needs one to eight parties');
  }
  const callerId = verb.attributes.transferCallerId ?? remoteOf(session.call);
  const { leg, ending } = yield* dial(session, children, callerId, millisecondsOf(verb, 'callTimeout', 30));
  const target = targetOf(session, verb, 'transferComplete');
  if (target === undefined) return undefined;
  const { cause, message: errorMessage, errorId } = ending;
  const members = { transferCallerId: callerId, transferTo: leg.number, cause, errorMessage, errorId };
  return { target, event: { eventType: 'transferComplete', ...members } };
}

const PARTIES = new Set(['PhoneNumber', 'SipUri']);

/**
 * Connects an inbound call that has not been answered to another party; nothing is left to do afterwards. An answered
 * call is left alone. Source: Bandwidth docs, forward.
 */
export function* forward(session: Session, verb: Markup): Running<Outcome> {
  const { call } = session;
  const { to = '', from = call.to } = verb.attributes;
  if (call.state !== 'initiated' || to === '') {
    session.note('fell silent: only a call that rings can be forwarded');
    return 'alone';
  }
  const party = { name: 'PhoneNumber', attributes: {}, children: [to] };
  const timeout = millisecondsOf(verb, 'callTimeout', 30);
  const { ending } = yield* dial(session, [party], from, timeout, () => answer(call, session.at));
  return { ending };
}

/** Dials, and connects until the end. Returns the leg that answered, or the last of those that did not, and its end. */
function* dial(
  session: Session,
  parties: readonly Markup[],
  callerId: string,
  timeout: number,
  onAnswer = () => {},
): Running<{ readonly leg: Leg; readonly ending: Ending }> {
  session.note(`dialled ${parties.map(textOf).join(', ')}`);
  const legs = placeLegs(session, parties, callerId, timeout);
  const close = (leg: Leg, ending: Ending) => {
    if (isOpen(leg)) end(session.context, leg.call, session.at, ending);
  };
  let last = legs[0] as Leg;
  try {
    for (const leg of [...legs].sort((a, b) => a.due - b.due)) {
      yield* pass(session, leg.due - session.at);
      last = leg;
      if (!isOpen(leg)) continue;
      if (leg.refusal !== undefined) {
        close(leg, leg.refusal);
        continue;
      }
      answer(leg.call, session.at);
      onAnswer();
      for (const other of legs) if (other !== leg) close(other, { cause: 'cancel' });
      yield* screen(session, leg);
      if (isOpen(leg)) {
        session.note(`connected to ${leg.number}`);
        const hangup = leg.due + (leg.session.callee.hangsUpAfter ?? TALK_MS);
        session.at = yield {
          until: Math.max(hangup, session.at),
          listen: (wake) => whenEnded(leg.listeners, wake),
        };
        leg.session.at = session.at;
        if (isOpen(leg)) leg.session.farEndHangsUp();
      }
      return { leg, ending: { cause: 'hangup' } };
    }
    const ending = last.refusal ?? { cause: last.call.disconnectCause ?? 'unknown' };
    session.note(`not connected: ${ending.cause === 'error' ? 'failed' : ending.cause}`);
    return { leg: last, ending };
  } catch (error) {
    if (error instanceof HungUp) session.at = Math.max(session.at, error.at);
    throw error;
  } finally {
    for (const leg of legs) close(leg, { cause: leg.call.answerTime === null ? 'cancel' : 'hangup' });
  }
}

/** Executes the BXML of the transferAnswerUrl for a party that has answered, while the caller waits. */
function* screen(session: Session, leg: Leg): Running<void> {
  const target = targetOf(session, leg.party, 'transferAnswer');
  if (target === undefined || !session.context.webhooks.mayReach(target.url, 'transferAnswer')) return;
  leg.session.at = session.at;
  try {
    const event = { eventType: 'transferAnswer' };
    const ending = yield* session.interpreter.runDocuments(leg.session, { target, event });
    session.at = leg.session.at;
    if (ending === 'end' && isOpen(leg)) return;
    if (ending !== 'end') leg.session.note('hung up');
    if (ending !== 'end' && isOpen(leg)) end(session.context, leg.call, session.at, ending);
  } catch (error) {
    if (!(error instanceof HungUp) || session.call.state === 'disconnected') throw error;
    session.at = leg.session.at;
  }
}
