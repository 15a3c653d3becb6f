import { TALK_MS } from '../../../assumptions.ts';
import type { Markup } from '../../../voice/read-markup.ts';
import { HungUp, type Running } from '../../../voice/run.ts';
import { attributeOf, integerOf, lastTextOf } from './read-rcml.ts';
import { addressOf, type Outcome, type Session } from './session.ts';

/**
 * Joins a conference until the far end hangs up or the time limit is over. Members are not told of each other: music,
 * beeps and moderators are not emulated. Source: Restcomm-Connect VoiceInterpreter.Conferencing.
 */
export function* conference(session: Session, verb: Markup, room: Markup): Running<Outcome> {
  const isPlanned = session.entry.plan.length > 0;
  const limit = session.at + integerOf(verb, 'timeLimit', 14_400) * 1000;
  const hangup = isPlanned ? Number.POSITIVE_INFINITY : session.at + TALK_MS;
  if (attributeOf(room, 'startConferenceOnEnter') === 'false') {
    session.note('not emulated: startConferenceOnEnter="false"');
  }
  session.note(`joined conference ${lastTextOf(room)}`);
  session.at = yield { until: Math.min(limit, hangup) };
  if (hangup <= limit) {
    session.farEndHangsUp();
    throw new HungUp(session.at);
  }
  session.note(`left conference ${lastTextOf(room)}`);
  const script = addressOf(session, verb, 'action', 'method');
  return script && { script, pairs: [], event: 'script' };
}
