import { collect } from '../../../voice/listen.ts';
import { type Prompt, silence } from '../../../voice/media.ts';
import { elementsOf, type Markup } from '../../../voice/read-markup.ts';
import type { Running } from '../../../voice/run.ts';
import { promptOf } from './prompts.ts';
import { attributeOf, integerOf } from './read-rcml.ts';
import { addressOf, type Ending, fallSilent, hangUpFor, type Outcome, type Session } from './session.ts';

/**
 * Plays the prompts and collects keys. The action is requested only with input, else the next verb is executed. Source:
 * Restcomm-Connect BaseVoiceInterpreter and GatherAttributes; media-core PlayCollect.
 */
export function* gather(session: Session, verb: Markup): Running<Outcome> {
  const prompts = promptsOf(session, verb);
  if (typeof prompts === 'string') return prompts;
  if (verb.attributes.numDigits !== undefined)
    session.numDigits = integerOf(verb, 'numDigits', session.numDigits);
  const timeout = integerOf(verb, 'timeout', 5);
  const finish = finishKeysOf(attributeOf(verb, 'finishOnKey'));
  const input = attributeOf(verb, 'input') ?? 'dtmf';
  const { digits, speech } = yield* collect(session, {
    prompts,
    first: timeout > 0 ? timeout * 1000 : 5_000,
    next: timeout > 0 ? timeout * 1000 : 3_000,
    most: Math.max(1, session.numDigits),
    // The media server knows only the first of them.
    ends: finish.slice(0, 1),
    starts: startKeysOf(attributeOf(verb, 'startInputKey')),
    hears: { keys: input.includes('dtmf'), speech: input.includes('speech') },
  });
  session.note(`gathered ${speech === undefined ? digits || 'nothing' : `"${speech}"`}`);
  session.before = 'Gather';
  const hasInput = digits !== '' || speech !== undefined;
  const script = addressOf(session, verb, 'action', 'method');
  if (!hasInput || script === undefined) return undefined;
  if (attributeOf(verb, 'action') === '') return hangUpFor(session, 'Gather has no valid action');
  const stripped = digits.endsWith(finish) ? digits.slice(0, -finish.length) : digits;
  const pairs = [
    ['Digits', speech === undefined ? stripped : null] as const,
    ['SpeechResult', speech ?? null] as const,
  ];
  return { script, pairs, event: 'script', isUnchecked: true };
}

const KEYS = /^[*#0-9]{1,12}$/;
const finishKeysOf = (given = '#') => (KEYS.test(given) ? given : '#');
const startKeysOf = (given = '') => (KEYS.test(given) ? given : '*0123456789');

/** The prompts, or how the call ends with children that no gathering starts with. */
function promptsOf(session: Session, verb: Markup): readonly Prompt[] | Ending {
  const children = elementsOf(verb);
  const prompts: Prompt[] = [];
  for (const child of children) {
    if (child.name === 'Pause') {
      if (child === children.at(-1)) return fallSilent(session, '<Pause> is the last in <Gather>');
      prompts.push(silence(integerOf(child, 'length', 1) * 1000));
      continue;
    }
    const isPrompt = child.name === 'Say' || child.name === 'Play';
    const found = isPrompt ? promptOf(session, child) : 'empty';
    if (found === 'empty')
      return fallSilent(session, `<${child.name}> in <Gather> has no text or is unknown`);
    if ('fails' in found) return hangUpFor(session, found.fails);
    if (child.attributes.loop?.trim() !== '0') prompts.push(found);
  }
  return prompts;
}
