import { record } from '../../../voice/listen.ts';
import type { Markup } from '../../../voice/read-markup.ts';
import { HungUp, type Running } from '../../../voice/run.ts';
import { drawSid } from '../../sid.ts';
import { scriptPairs } from '../status-callbacks.ts';
import { type Pairs, toRequest } from '../to-request.ts';
import { attributeOf, integerOf } from './read-rcml.ts';
import { addressOf, fallSilent, type Outcome, type Session } from './session.ts';

/**
 * Records what the person says. The action is requested even of a call that has been hung up, whose answer is ignored.
 * Source: Restcomm-Connect BaseVoiceInterpreter; media-core PlayRecord.
 */
export function* recordVerb(session: Session, verb: Markup): Running<Outcome> {
  const { context, call } = session;
  const timeout = integerOf(verb, 'timeout', 5);
  const maxLength = integerOf(verb, 'maxLength', 3600);
  if (attributeOf(verb, 'playBeep') !== 'false') session.note('beeped');
  const script = addressOf(session, verb, 'action', 'method');
  const start = session.at;
  try {
    const { words, lasts, key } = yield* record(session, {
      first: timeout > 0 ? timeout * 1000 : 3_000,
      silence: timeout > 0 ? timeout * 1000 : 2_000,
      most: maxLength * 1000,
      ends: finishKeyOf(attributeOf(verb, 'finishOnKey')),
    });
    session.note(`recorded ${words === '' ? 'nothing' : `"${words}"`}`);
    session.before = 'Record';
    if (script === undefined) return undefined;
    if (attributeOf(verb, 'action') === '') return fallSilent(session, '<Record> has an empty action');
    return { script, pairs: toPairs(session, words === '' ? 0 : lasts, key), event: 'script' };
  } catch (error) {
    if (error instanceof HungUp && script !== undefined && context.webhooks.mayReach(script.url, 'script')) {
      const pairs = [...scriptPairs(context, call), ...toPairs(session, error.at - start, 'hangup')];
      const about = { event: 'script', callId: call.sid, timeout: context.responseTimeout };
      const request = toRequest(script, pairs, about);
      if (request !== undefined) context.webhooks.send(request);
    }
    throw error;
  }
}

function toPairs({ context, call }: Session, lasts: number, digits: string): Pairs {
  const name = drawSid(context.random, 'RE');
  const hasAny = lasts > 0;
  const folder = `${context.baseUrl}/Accounts/${call.account_sid}/Recordings`;
  return [
    ['RecordingUrl', hasAny ? `file:///opt/restcomm/recordings/${name}.wav` : null],
    ['PublicRecordingUrl', hasAny ? `${folder}/${name}.wav` : null],
    ['RecordingDuration', String(lasts / 1000)],
    ['Digits', digits],
  ];
}

/** `-1` is no key; of several the media server knows only the first. */
function finishKeyOf(given = '1234567890*#'): string {
  if (given === '-1') return '';
  return /^[*#0-9]{1,12}$/.test(given) ? given.slice(0, 1) : '#';
}
