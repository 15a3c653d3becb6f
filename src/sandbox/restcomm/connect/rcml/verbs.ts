import { play, silence } from '../../../voice/media.ts';
import type { Markup } from '../../../voice/read-markup.ts';
import type { Running } from '../../../voice/run.ts';
import { isUri } from '../../destination.ts';
import { dial } from './dial.ts';
import { gather } from './gather.ts';
import { promptOf } from './prompts.ts';
import { attributeOf, integerOf, lastTextOf } from './read-rcml.ts';
import { recordVerb } from './record.ts';
import { addressOf, fallSilent, hangUpFor, type Outcome, type Session, toAddress } from './session.ts';

/** Verbs that take time, as Restcomm-Connect's VoiceInterpreter executes them. */
const lasting: Readonly<Record<string, (session: Session, verb: Markup) => Running<Outcome>>> = {
  Say: prompt,
  Play: prompt,
  *Pause(session, verb) {
    yield* play(session, silence(Math.max(0, integerOf(verb, 'length', 1)) * 1000));
    return undefined;
  },
  Gather: gather,
  Record: recordVerb,
  Dial: dial,
};

/** Verbs that take none. */
const instant: Readonly<Record<string, (session: Session, verb: Markup) => Outcome>> = {
  Hangup: () => 'hangup',
  Reject: () => 'hangup',
  Redirect(session, verb) {
    const url = lastTextOf(verb);
    if (url === '') return undefined;
    if (!isUri(url)) return hangUpFor(session, 'Redirect has no valid URI');
    session.note('redirected');
    const script = toAddress(session.base, url, attributeOf(verb, 'method'));
    return { script, pairs: [], event: 'script' };
  },
  Sms(session, verb) {
    const text = lastTextOf(verb);
    if (text === '') return hangUpFor(session, 'Sms has no text');
    const remote = session.call.direction === 'inbound' ? session.call.from : session.call.to;
    session.note(`sent a text message "${text}" to ${attributeOf(verb, 'to') ?? remote}`);
    const script = addressOf(session, verb, 'action', 'method');
    if (script !== undefined) return { script, pairs: [['SmsStatus', 'sending']], event: 'script' };
    session.before = 'Sms';
    return undefined;
  },
  Email(session, verb) {
    const to = attributeOf(verb, 'to');
    if (to === undefined || attributeOf(verb, 'from') === undefined) {
      return fallSilent(session, '<Email> without from or to');
    }
    session.note(`sent an e-mail "${lastTextOf(verb)}" to ${to}`);
    return undefined;
  },
  Fax(session, verb) {
    session.note(`faxed ${lastTextOf(verb)}`);
    return undefined;
  },
};

export const LASTING = new Map(Object.entries(lasting));
export const INSTANT = new Map(Object.entries(instant));

function* prompt(session: Session, verb: Markup): Running<Outcome> {
  const found = promptOf(session, verb);
  if (found === 'empty') session.before = 'empty Say';
  else if ('fails' in found) return hangUpFor(session, found.fails);
  else yield* play(session, found);
  return undefined;
}
