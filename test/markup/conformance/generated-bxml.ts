import fc from 'fast-check';
import type { CalleeScript, Turn } from '../../../src/sandbox/index.ts';

/** An application: its documents by path, without their root, and what people do. */
export interface Application {
  readonly documents: Readonly<Record<string, string>>;
  readonly callee: CalleeScript;
}

/** Numbers that the sandbox knows: one that answers, one that is busy, one that does not answer. */
export const ANSWERS = '+13105550001';
const numbers = [ANSWERS, '+13105550486', '+13105550408', '+13105550503'];

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
/** Attributes, each present or not; none of them is empty but terminatingDigits. */
const attributes = (values: Readonly<Record<string, fc.Arbitrary<string | number | boolean>>>) =>
  fc.record(values, { requiredKeys: [] }).map((given) => {
    const present = Object.entries(given).filter(
      ([name, value]) => value !== '' || name === 'terminatingDigits',
    );
    return present.map(([name, value]) => ` ${name}="${value}"`);
  });
const element = (name: string, given: fc.Arbitrary<string[]>, content: fc.Arbitrary<string>) =>
  fc.tuple(given, content).map(([set, inner]) => `<${name}${set.join('')}>${inner}</${name}>`);
const none = fc.constant('');

const words = pick('Good day', 'Press one', 'You & me', 'Thanks, bye.', 'One moment please');
const escaped = words.map((text) => text.replaceAll('&', '&amp;'));
const ssml = fc.oneof(
  { weight: 6, arbitrary: escaped },
  { weight: 1, arbitrary: escaped.map((text) => `<emphasis level="strong">${text}</emphasis> now`) },
  { weight: 1, arbitrary: escaped.map((text) => `${text} <sub alias="again">x</sub>`) },
  { weight: 1, arbitrary: escaped.map((text) => `${text} <break time="1s"/> next`) },
  { weight: 1, arbitrary: escaped.map((text) => `<p>${text}</p><s>next</s>`) },
  { weight: 1, arbitrary: pick('<say-as interpret-as="characters">AB</say-as>') },
);
const speak = element(
  'SpeakSentence',
  attributes({
    voice: pick('bridget', 'paul', 'katrin', 'jorge', 'zhiyu'),
    gender: pick('male', 'female'),
    locale: pick('en_US', 'de', 'es_MX', 'fr_CA', 'ja'),
  }),
  ssml,
);
const audio = element('PlayAudio', fc.constant([]), pick('/a.wav', 'https://media.example/b.wav'));
const seconds = pick(1, 2, 5, 7, 2.5);
const pause = element('Pause', attributes({ duration: seconds }), none);
const ring = element('Ring', attributes({ duration: seconds }), none);
const tag = element('Tag', fc.constant([]), pick('a', ''));
const prompts = fc.array(fc.oneof(speak, audio), { maxLength: 2 }).map((all) => all.join(''));

const gather = (url: fc.Arbitrary<string>) =>
  element(
    'Gather',
    attributes({
      gatherUrl: url,
      maxDigits: pick(1, 2, 4),
      terminatingDigits: pick('#', '*', '#*', ''),
      firstDigitTimeout: seconds,
      interDigitTimeout: seconds,
      repeatCount: pick(1, 2, 3),
      tag: pick('t'),
    }),
    prompts,
  );
const record = (url: fc.Arbitrary<string>) =>
  element(
    'Record',
    attributes({
      recordCompleteUrl: url,
      terminatingDigits: pick('#', '*', '1#', ''),
      maxDuration: pick(2, 10, 60),
      silenceTimeout: pick(0, 3, 2.5),
    }),
    none,
  );
const party = (url: fc.Arbitrary<string>) =>
  element(
    'PhoneNumber',
    attributes({ transferAnswerUrl: url, transferDisconnectUrl: pick('/told') }),
    pick(...numbers),
  );
const transfer = (url: fc.Arbitrary<string>, answer: fc.Arbitrary<string>) =>
  element(
    'Transfer',
    attributes({
      transferCompleteUrl: url,
      callTimeout: pick(10, 20.5),
      transferCallerId: pick('+19195550100'),
    }),
    fc.array(party(answer), { minLength: 1, maxLength: 2 }).map((all) => all.join('')),
  );
const recorded = fc.tuple(
  pick('<StartRecording/>'),
  transfer(pick('/end'), none),
  pick('', '<StopRecording/>'),
);
const redirect = (url: fc.Arbitrary<string>) =>
  url.map((to) => `<Redirect redirectUrl="${to}" redirectMethod="POST"/>`);
/** Verbs that Restcomm has no equivalent of. */
const impossible = pick(
  '<SendDtmf>12</SendDtmf>',
  '<StartGather dtmfUrl="https://app.example/dtmf"/>',
  '<Bridge>c-1</Bridge>',
  '<StartStream destination="wss://media.example/in" name="s"/>',
  '<PauseRecording/>',
  '<Refer><SipUri>sip:a@b.example</SipUri></Refer>',
);

/** A document whose further ones are at these paths, if there are any. */
function document(url: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const verb = fc.oneof(
    { weight: 6, arbitrary: speak },
    { weight: 2, arbitrary: audio },
    { weight: 2, arbitrary: pause },
    { weight: 1, arbitrary: ring },
    { weight: 1, arbitrary: tag },
    { weight: 6, arbitrary: gather(url) },
    { weight: 3, arbitrary: record(url) },
    { weight: 3, arbitrary: transfer(url, pick('/whisper')) },
    { weight: 1, arbitrary: recorded.map((verbs) => verbs.join('')) },
    { weight: 1, arbitrary: redirect(url) },
    { weight: 1, arbitrary: pick('<Conference>team</Conference>', '<Hangup/>') },
    { weight: 1, arbitrary: impossible },
  );
  return fc.array(verb, { maxLength: 5 }).map((verbs) => verbs.join(''));
}

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 5,
    arbitrary: fc.record({
      presses: pick('1', '12', '12#', '#', '*', '4711*'),
      after: pick(500, 500, 500, 1_800, 4_900),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ presses: '1', interrupts: true }) },
  { weight: 2, arbitrary: pick({ says: 'Call me' }, { says: 'Call me back', presses: '#' }) },
  { weight: 1, arbitrary: fc.constant({ hangsUp: true }) },
);

/** An application of up to three documents, whose callbacks lead onwards and never back. */
export const application: fc.Arbitrary<Application> = fc.record({
  documents: fc.record({
    '/': document(pick('/next', '/next', '/end')),
    '/next': document(pick('/end')),
    '/end': fc.oneof(speak, pick('<Hangup/>', '')),
    '/whisper': fc.oneof(speak, pick('<SpeakSentence>A call</SpeakSentence><Hangup/>')),
  }),
  callee: fc.record({ turns: fc.array(turn, { maxLength: 5 }) }),
});
