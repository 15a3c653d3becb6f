import { pass } from '../../../voice/media.ts';
import { HungUp, type Running } from '../../../voice/run.ts';
import { isOver } from '../../call.ts';
import type { Leg } from './legs.ts';
import { addressOf, type Session } from './session.ts';

/** How long a caller waits for a party that is asked something, in milliseconds. */
const SCREENING_MS = 60_000;

/**
 * Executes the document of a destination's `url` for the party that has answered, while the caller waits. True at its
 * end: they are connected. False with Hangup, Dial, 404 and, after a minute, any other failure: the caller is hung up
 * too. Source: Restcomm-Connect SubVoiceInterpreter.
 */
export function* screen(session: Session, leg: Leg): Running<boolean> {
  const { context, call } = session;
  const script = addressOf(session, leg.noun, 'url', 'method');
  if (script === undefined || !context.webhooks.mayReach(script.url, 'script')) return true;
  leg.session.at = session.at;
  const since = session.at;
  try {
    const request = { script, pairs: [], event: 'script' };
    const ending = yield* session.interpreter.runDocuments(leg.session, request);
    session.at = leg.session.at;
    if (ending === 'end') return !isOver(leg.call.status);
    if (ending === 'hangup') leg.session.note('hung up');
    if (ending !== 'hangup' && ending !== 'not-found') {
      yield* pass(session, since + SCREENING_MS - session.at);
    }
    return false;
  } catch (error) {
    if (!(error instanceof HungUp) || isOver(call.status)) throw error;
    session.at = leg.session.at;
    return false;
  }
}
