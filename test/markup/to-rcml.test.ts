import { describe, expect, it } from 'vitest';
import type { RcmlOptions } from '../../src/markup/rcml/options.ts';
import { toRcml } from '../../src/markup/to-rcml.ts';
import { translated } from './translating.ts';

const say = '<Say voice="woman" language="en">a</Say>';
const speak = '<SpeakSentence>a</SpeakSentence>';
const speakWith = (attributes: string) => `<SpeakSentence ${attributes}>a</SpeakSentence>`;
const sayWith = (voice: string, language: string) => `<Say voice="${voice}" language="${language}">a</Say>`;
const speakOf = (content: string) => `<SpeakSentence>${content}</SpeakSentence>`;
const sayOf = (content: string) => `<Say voice="woman" language="en">${content}</Say>`;
const wav = 'https://a.example/a.wav';
const ringing = { isRinging: true };

type Case = [
  row: string,
  bxml: string,
  rcml: string | undefined,
  told?: readonly string[],
  options?: Partial<RcmlOptions>,
];

function check(
  bxml: string,
  rcml: string | undefined,
  told: readonly string[] = [],
  options: Partial<RcmlOptions> = {},
): void {
  const result = translated(bxml, options);
  expect([result.rcml, result.told]).toEqual([rcml, told]);
}

describe('verbs', () => {
  it.each<Case>([
    ['Bxml / Response', '', '<Response/>'],
    ['SpeakSentence', speak, say],
    ['PlayAudio', `<PlayAudio>${wav}</PlayAudio>`, `<Play loop="1">${wav}</Play>`, ['HINT PlayAudio']],
    ['Pause', '<Pause duration="2"/>', '<Pause length="2"/>'],
    ['Ring', '<Ring/>', '<Pause length="5"/>', ['Ring']],
    ['Ring answerCall=false', '<Ring duration="1" answerCall="false"/>', '<Pause length="1"/>', [], ringing],
    [
      'Ring answerCall=false, answered',
      '<Ring answerCall="false"/>',
      '<Pause length="5"/>',
      ['Ring', 'Ring.answerCall'],
    ],
    ['StartGather', '<StartGather dtmfUrl="https://a.example"/>', undefined, ['ERROR StartGather']],
    ['StopGather', '<StopGather/>', undefined, ['ERROR StopGather']],
    ['SendDtmf', '<SendDtmf>1</SendDtmf>', undefined, ['ERROR SendDtmf']],
    ['StartRecording alone', `<StartRecording/>${speak}`, undefined, ['ERROR StartRecording']],
    ['PauseRecording', '<PauseRecording/>', undefined, ['ERROR PauseRecording']],
    ['ResumeRecording', '<ResumeRecording/>', undefined, ['ERROR ResumeRecording']],
    ['StopRecording alone', '<StopRecording/>', undefined, ['ERROR StopRecording']],
    ['Bridge', '<Bridge>c-1</Bridge>', undefined, ['ERROR Bridge']],
    ['Hangup', '<Hangup/>', '<Hangup/>'],
    ['Hangup on a ringing call', '<Hangup/>', '<Reject/>', [], ringing],
    ['Hangup behind another verb', `${speak}<Hangup/>`, `${say}<Hangup/>`, [], ringing],
    ['empty document on a ringing call', '', '<Reject/>', [], ringing],
    ['Pause on a ringing call', '<Pause/>', '<Pause length="1"/>', ['Pause'], ringing],
    ['StartStream', '<StartStream destination="wss://a.example"/>', undefined, ['ERROR StartStream']],
    ['StopStream', '<StopStream name="a"/>', undefined, ['ERROR StopStream']],
    ['StartTranscription', '<StartTranscription/>', undefined, ['ERROR StartTranscription']],
    ['StopTranscription', '<StopTranscription/>', undefined, ['ERROR StopTranscription']],
    ['Refer', '<Refer><SipUri>sip:a@b.example</SipUri></Refer>', undefined, ['ERROR Refer']],
    ['Connect', '<Connect><Endpoint>e</Endpoint></Connect>', undefined, ['ERROR Connect']],
    ['unknown verb', `<Dance>${speak}</Dance>`, undefined, ['ERROR Dance']],
    ['an inner element at the top', '<PhoneNumber>+1919</PhoneNumber>', undefined, ['ERROR PhoneNumber']],
    ['unknown attribute', '<Pause duration="1" x="1"/>', '<Pause length="1"/>', ['Pause.x']],
    ['an element where none can stand', `<Pause>${speak}</Pause>`, '<Pause length="1"/>', ['SpeakSentence']],
    [
      'unknown attribute of a prompt',
      `<Gather terminatingDigits="#">${speakWith('x="1"')}</Gather>`,
      `<Gather timeout="5" finishOnKey="#" numDigits="50" input="dtmf">${say}</Gather>`,
      ['SpeakSentence.x'],
    ],
    ['Tag', '<Tag>a</Tag>', '<Response/>', ['Tag']],
  ])('%s', (_, bxml, rcml, told, options) => check(bxml, rcml, told, options));

  it('Tag through the callbacks that follow', () => {
    const redirect = '<Redirect redirectUrl="https://a.example/"/>';
    expect(translated(`<Tag> a </Tag>${redirect}`)).toMatchObject({ told: [], asked: [{ tag: 'a' }] });
    expect(translated(redirect, { tag: 'b' }).asked).toMatchObject([{ tag: 'b' }]);
    expect(translated(`<Tag> </Tag>${redirect}`, { tag: 'b' }).asked[0]?.tag).toBeUndefined();
    expect(translated(`<Tag>a</Tag><Tag>b</Tag>${redirect}`)).toMatchObject({
      told: ['Tag'],
      asked: [{ tag: 'b' }],
    });
  });

  it('a document for a callee who is not connected yet dials nobody', () => {
    for (const verb of [
      '<Transfer><PhoneNumber>+1919</PhoneNumber></Transfer>',
      '<Conference>a</Conference>',
    ]) {
      expect(translated(verb, { isScreening: true }).told).toEqual([expect.stringMatching(/^ERROR/)]);
    }
  });

  it('never throws, and refuses what the checker refuses', () => {
    for (const bxml of [
      '<Gather repeatCount="1000000000"/>',
      '<Pause duration="x"/>',
      '<a',
      speakWith('voice="?"'),
    ]) {
      expect(translated(bxml)).toMatchObject({ rcml: undefined, told: [expect.stringMatching(/^ERROR/)] });
    }
  });
});

describe('SpeakSentence, PlayAudio, Pause', () => {
  const polly = { speech: 'POLLY' } as const;
  const acapela = { speech: 'ACAPELA' } as const;

  it.each<Case>([
    ['voice', speakWith('voice="bridget"'), sayWith('woman', 'en-gb'), ['SpeakSentence.voice']],
    [
      'voice of a man',
      speakWith('voice="stefan" gender="female"'),
      sayWith('man', 'de'),
      ['SpeakSentence.voice'],
    ],
    ['gender on VoiceRSS', speakWith('gender="male"'), sayWith('man', 'en'), ['SpeakSentence.gender']],
    ['gender on Polly', speakWith('gender="male"'), sayWith('man', 'en'), [], polly],
    ['locale', speakWith('locale="fr_CA"'), sayWith('woman', 'fr-ca')],
    ['locale on Acapela', speakWith('locale="fr_CA"'), sayWith('woman', 'cf'), [], acapela],
    ['accent', speakWith('locale="es_US"'), sayWith('woman', 'es-mx'), ['SpeakSentence.locale']],
    ['language lost', speakWith('locale="arb"'), sayWith('woman', 'en'), ['SpeakSentence.locale']],
    [
      'language lost by the voice',
      speakWith('voice="zhiyu"'),
      sayWith('woman', 'en'),
      ['SpeakSentence.voice', 'SpeakSentence.voice'],
      polly,
    ],
    [
      'SSML break time',
      speakOf('a<break time="1200ms"/>b'),
      `${sayOf('a')}<Pause length="2"/>${sayOf('b')}`,
      ['SpeakSentence.break'],
    ],
    ['SSML break of a moment', speakOf('a<break time="0.4s"/>b'), sayOf('a b'), ['SpeakSentence.break']],
    ['SSML break strength', speakOf('a <break strength="strong"/>b'), sayOf('a b'), ['SpeakSentence.break']],
    ['p, s', speakOf('<p>a</p><s>b!</s>c'), sayOf('a. b! c'), ['SpeakSentence.p', 'SpeakSentence.s']],
    [
      'emphasis, prosody, phoneme, lang',
      speakOf(
        '<emphasis>a</emphasis><prosody rate="slow">b</prosody><phoneme ph="x">c</phoneme><lang xml:lang="fr-FR">d</lang>',
      ),
      sayOf('abcd'),
      ['SpeakSentence.emphasis', 'SpeakSentence.prosody', 'SpeakSentence.phoneme', 'SpeakSentence.lang'],
    ],
    ['sub alias', speakOf('<sub alias="World Wide Web">W3</sub> &amp; co'), sayOf('World Wide Web &amp; co')],
    [
      'say-as characters / telephone',
      speakOf('<say-as interpret-as="characters">abc</say-as>'),
      sayOf('a b c'),
      ['SpeakSentence.say-as'],
    ],
    [
      'say-as other',
      speakOf('<say-as interpret-as="cardinal">12</say-as>'),
      sayOf('12'),
      ['SpeakSentence.say-as'],
    ],
    ['text in pieces', speakOf(' a<![CDATA[<b>]]>\n<!-- c -->d '), sayOf('a&lt;b&gt; d')],
    [
      'a sentence of nothing but a tag',
      speakOf('<emphasis/>'),
      '<Response/>',
      ['SpeakSentence', 'SpeakSentence.emphasis'],
    ],
    [
      'PlayAudio username/password',
      `<PlayAudio username="a" password="b">${wav}</PlayAudio>`,
      `<Play loop="1">media:${wav}</Play>`,
      ['HINT PlayAudio', 'PlayAudio.username'],
    ],
    [
      'PlayAudio username/password without our help',
      `<PlayAudio username="a">${wav}</PlayAudio>`,
      undefined,
      ['HINT PlayAudio', 'ERROR PlayAudio.username'],
      { toMediaUrl: undefined },
    ],
    ['PlayAudio mp3', '<PlayAudio>https://a.example/a.mp3</PlayAudio>', undefined, ['ERROR PlayAudio']],
    [
      'PlayAudio relative URL',
      '<PlayAudio>a.wav</PlayAudio>',
      `<Play loop="1">${wav}</Play>`,
      ['HINT PlayAudio'],
      { baseUrl: 'https://a.example/x' },
    ],
    ['PlayAudio relative to nothing', '<PlayAudio>a.wav</PlayAudio>', undefined, ['ERROR PlayAudio']],
    [
      'URL without .wav',
      '<PlayAudio>https://a.example/a</PlayAudio>',
      '<Play loop="1">media:https://a.example/a</Play>',
      ['HINT PlayAudio', 'PlayAudio'],
    ],
    [
      'URL with the text hash',
      '<PlayAudio>https://a.example/hash.wav</PlayAudio>',
      '<Play loop="1">media:https://a.example/hash.wav</Play>',
      ['HINT PlayAudio', 'PlayAudio'],
    ],
    [
      'Pause / Ring duration',
      '<Pause duration="0.1"/><Pause duration="2.5"/>',
      '<Pause length="1"/><Pause length="3"/>',
      ['Pause.duration', 'Pause.duration'],
    ],
  ])('%s', (_, bxml, rcml, told, options) => check(bxml, rcml, told, options));
});

describe('sequences that Restcomm forbids', () => {
  const dial = '<Transfer><PhoneNumber>+1919</PhoneNumber></Transfer>';
  const gather = '<Gather terminatingDigits="#" maxDigits="1"/>';

  it.each([
    ['a Dial after a Gather', `${gather}${dial}`, dial],
    ['a Dial after a Record', `<Record/>${dial}`, dial],
    [
      'a conference after a Gather',
      `${gather}<Conference>a</Conference><Pause/>`,
      '<Conference>a</Conference><Pause/>',
    ],
    ['a recorded Dial after a Gather', `${gather}<StartRecording/>${dial}`, `<StartRecording/>${dial}`],
  ])('%s: the rest is a document of its own, where every verb may run', (_, bxml, rest) => {
    const result = translated(bxml);
    expect(result.rcml).toMatch(/^<(Gather|Record) [^>]*\/><Redirect method="POST">rest:1<\/Redirect>$/);
    expect(result.rest).toEqual([`<Bxml>${rest}</Bxml>`]);
  });

  it('a Dial after a Gather that something was said after is left', () => {
    expect(translated(`${gather}${speak}${dial}`).rcml).toMatch(/^<Gather [^>]*\/><Say.*<Dial .*<\/Dial>$/);
  });

  it('what may not follow a conference comes after a silence', () => {
    const { rcml } = translated(`<Conference>a</Conference>${gather}`);
    expect(rcml).toMatch(/<\/Dial><Play loop="1">silence.wav<\/Play><Gather /);
    const told = translated(`<Conference>a</Conference>${gather}`, { silenceUrl: undefined }).told;
    expect(told).toContain('ERROR Gather');
    expect(translated(`<Conference>a</Conference>${speak}`).rcml).toMatch(/<\/Dial><Say/);
  });

  it('the findings of what is reached by another address are told at their places, and nothing of it is asked', () => {
    const { told, asked } = translated(
      `${dial}${speakWith('voice="julie"')}<Redirect redirectUrl="https://a.example"/>`,
    );
    expect([told, asked]).toEqual([['Transfer', 'SpeakSentence.voice'], []]);
  });
});

it('a continuation keeps the address that its own are relative to', () => {
  const transfer = '<Transfer><PhoneNumber>+1919</PhoneNumber></Transfer>';
  const redirect = '<Redirect redirectUrl="next?a=1"/>';
  const { rest } = translated(`${transfer}${redirect}`, { baseUrl: 'https://app.example/menu/1?b=2&c' });
  expect(rest).toEqual([`<Bxml xml:base="https://app.example/menu/1?b=2&amp;c">${redirect}</Bxml>`]);
  const asked: string[] = [];
  toRcml(rest[0] ?? '', { toCallbackUrl: ({ url }) => `cb:${asked.push(url)}`, toContinuationUrl: () => '' });
  expect(asked).toEqual(['https://app.example/menu/next?a=1']);
});

it.each([
  ['username="a">https://a.example/a.wav', 'needs credentials, which Restcomm does not send'],
  ['>https://a.example/a', 'does not end in .wav'],
])('PlayAudio %s: the refusal tells that nobody fetches the audio', (rest, why) => {
  const { findings } = toRcml(`<Bxml><PlayAudio ${rest}</PlayAudio></Bxml>`, {
    toCallbackUrl: () => '',
    toContinuationUrl: () => '',
  });
  const refusal = findings.find(({ level }) => level === 'ERROR')?.message;
  expect(refusal).toMatch(/cannot be played: the address .*, and this server fetches no audio\.$/);
  expect(refusal).toContain(why);
});
