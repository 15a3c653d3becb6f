import { describe, expect, it } from 'vitest';
import { translated } from './translating.ts';

const url = 'https://a.example/x';
const speak = '<SpeakSentence>a</SpeakSentence>';
const say = '<Say voice="woman" language="en">a</Say>';

/** The attributes of the first element with this name. */
function attributesOf(rcml: string | undefined, name: string): Record<string, string> {
  const tag = new RegExp(`<${name}( [^>]*?)?/?>`).exec(rcml ?? '')?.[1] ?? '';
  return Object.fromEntries([...tag.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
}

type Case = [row: string, attributes: string, expected: object | undefined, told: readonly string[]];

describe('Gather attributes', () => {
  it.each<Case>([
    [
      'terminatingDigits, one key',
      'terminatingDigits="*"',
      { finishOnKey: '*', startInputKey: '*#0123456789' },
      [],
    ],
    [
      'terminatingDigits, several',
      'terminatingDigits="0#"',
      { finishOnKey: '0' },
      ['Gather.terminatingDigits'],
    ],
    ['terminatingDigits ""', '', { finishOnKey: '#' }, ['Gather.terminatingDigits']],
    ['terminatingDigits with A–D', 'terminatingDigits="A"', undefined, ['ERROR Gather.terminatingDigits']],
    [
      'terminatingDigits with A–D and another',
      'terminatingDigits="A1"',
      { finishOnKey: '1' },
      ['Gather.terminatingDigits'],
    ],
    ['maxDigits', 'terminatingDigits="#" maxDigits="4"', { numDigits: '4' }, []],
    [
      'maxDigits, always written',
      'terminatingDigits="#"',
      { numDigits: '50', timeout: '5', input: 'dtmf' },
      [],
    ],
    [
      'firstDigitTimeout, interDigitTimeout',
      'terminatingDigits="#" firstDigitTimeout="7" interDigitTimeout="2.5"',
      { timeout: '7' },
      ['Gather.interDigitTimeout'],
    ],
    [
      'timeouts that are equal',
      'terminatingDigits="#" firstDigitTimeout="7" interDigitTimeout="7"',
      { timeout: '7' },
      [],
    ],
    [
      'timeouts that are fractions',
      'terminatingDigits="#" firstDigitTimeout="2.5" interDigitTimeout="2.5"',
      { timeout: '3' },
      ['Gather.firstDigitTimeout', 'Gather.interDigitTimeout'],
    ],
    [
      'firstDigitTimeout 0',
      'terminatingDigits="#" firstDigitTimeout="0" interDigitTimeout="1"',
      { timeout: '1' },
      ['Gather.firstDigitTimeout'],
    ],
    [
      'speech attributes: input',
      'terminatingDigits="#" input="dtmf_speech"',
      { input: 'dtmf speech', language: 'en-US' },
      ['Gather.input'],
    ],
    [
      'language, hints',
      'terminatingDigits="#" input="speech" language="fr-FR" hints="a,b"',
      { language: 'fr-FR', hints: 'a,b' },
      ['Gather.input', 'Gather.language', 'Gather.hints'],
    ],
    [
      'a language that is not heard',
      'terminatingDigits="#" input="speech" language="ja-JP"',
      { language: 'en-US' },
      ['Gather.input', 'Gather.language'],
    ],
    [
      'too many hints',
      `terminatingDigits="#" input="speech" hints="${'a,'.repeat(50)}"`,
      undefined,
      ['Gather.input', 'ERROR Gather.hints'],
    ],
    [
      'partialResultCallback',
      `terminatingDigits="#" input="speech" partialResultCallback="${url}"`,
      { partialResultCallback: 'cb:1', partialResultCallbackMethod: 'POST' },
      ['Gather.input', 'Gather.partialResultCallback'],
    ],
    [
      'speechTimeout',
      'terminatingDigits="#" input="speech" speechTimeout="9"',
      { timeout: '9' },
      ['Gather.firstDigitTimeout', 'Gather.interDigitTimeout', 'Gather.input'],
    ],
    ['speechModel', 'terminatingDigits="#" speechModel="a"', undefined, ['ERROR Gather.speechModel']],
    [
      'profanityFilter',
      'terminatingDigits="#" profanityFilter="false"',
      undefined,
      ['ERROR Gather.profanityFilter'],
    ],
    ['profanityFilter by default', 'terminatingDigits="#" profanityFilter="true"', {}, []],
  ])('%s', (_, attributes, expected, told) => {
    const result = translated(`<Gather ${attributes}/>`);
    expect(new Set(result.told)).toEqual(new Set(told));
    if (expected === undefined) expect(result.rcml).toBeUndefined();
    else expect(attributesOf(result.rcml, 'Gather')).toMatchObject(expected);
  });

  const gather = (count: number, attributes: string) =>
    `<Gather ${attributes}timeout="5" finishOnKey="#" numDigits="50" input="dtmf">${say}</Gather>`.repeat(
      count,
    );
  const ours = 'action="cb:1" method="POST" ';

  it('gatherUrl, Method; gatherFallbackUrl, credentials, tag; verbs after a Gather with gatherUrl', () => {
    const attributes = `gatherUrl="/g" gatherMethod="GET" gatherFallbackUrl="/f" username="u" password="p" fallbackUsername="v" fallbackPassword="q" tag="t" terminatingDigits="#"`;
    const result = translated(`<Gather ${attributes}>${speak}</Gather><Pause/>`, { baseUrl: url });
    expect(result.rcml).toBe(`${gather(1, ours)}<Redirect method="POST">cb:1</Redirect>`);
    expect(result.told).toEqual([]);
    expect(result.asked).toEqual([
      {
        verb: 'Gather',
        attribute: 'gatherUrl',
        url: 'https://a.example/g',
        method: 'GET',
        username: 'u',
        password: 'p',
        fallbackUrl: 'https://a.example/f',
        fallbackMethod: 'POST',
        fallbackUsername: 'v',
        fallbackPassword: 'q',
        tag: 't',
      },
    ]);
  });

  it('repeatCount n', () => {
    const { rcml, told } = translated(
      `<Gather gatherUrl="${url}" terminatingDigits="#" repeatCount="3">${speak}</Gather>`,
    );
    expect(told).toContain('Gather.repeatCount');
    expect(rcml).toBe(`${gather(3, ours)}<Redirect method="POST">cb:1</Redirect>`);
  });

  it('repeatCount n without gatherUrl: what was entered goes on with the rest', () => {
    const result = translated(
      `<Gather terminatingDigits="#" repeatCount="2" tag="t">${speak}</Gather><Pause/>`,
    );
    expect(result.rcml).toBe(
      `${gather(2, 'action="rest:1" method="POST" ')}<Redirect method="POST">rest:1</Redirect>`,
    );
    expect(result.rest).toEqual(['<Bxml><Tag>t</Tag><Pause/></Bxml>']);
  });

  it('Gather without gatherUrl', () => {
    expect(translated(`<Gather terminatingDigits="#">${speak}</Gather><Pause/>`).rcml).toBe(
      `${gather(1, '')}<Pause length="1"/>`,
    );
  });

  it('nested SpeakSentence, PlayAudio; nested SSML breaks; a prompt that is empty after flattening', () => {
    const prompts =
      '<SpeakSentence><break time="2s"/>a<break time="1s"/></SpeakSentence><PlayAudio>https://a.example/a.wav</PlayAudio><SpeakSentence><break time="1s"/></SpeakSentence>';
    const { rcml } = translated(`<Gather terminatingDigits="#">${prompts}</Gather>`);
    const inner = `<Pause length="2"/>${say}<Pause length="1"/><Play loop="1">https://a.example/a.wav</Play>`;
    expect(rcml).toMatch(new RegExp(`^<Gather [^>]*>${inner}</Gather>$`));
  });

  it('prompts that are repeated to more than a bound are refused', () => {
    const long = `<Gather repeatCount="20"><SpeakSentence>${'a '.repeat(10_000)}</SpeakSentence></Gather>`;
    expect(translated(long)).toMatchObject({ rcml: undefined });
  });
});

describe('Redirect attributes', () => {
  it('redirectUrl, redirectMethod, fallback, credentials, tag', () => {
    const attributes = `redirectUrl="${url}" redirectMethod="GET" redirectFallbackUrl="${url}?f" redirectFallbackMethod="GET" username="u" password="p" tag="t"`;
    const { rcml, asked, told } = translated(`<Redirect ${attributes}/>${speak}`);
    expect([rcml, told]).toEqual(['<Redirect method="POST">cb:1</Redirect>', []]);
    expect(asked).toMatchObject([
      {
        url,
        method: 'GET',
        fallbackUrl: `${url}?f`,
        fallbackMethod: 'GET',
        username: 'u',
        password: 'p',
        tag: 't',
      },
    ]);
  });
});

describe('Record attributes', () => {
  const complete = `recordCompleteUrl="${url}"`;

  it.each<Case>([
    ['recordCompleteUrl …', complete, { action: 'cb:1', method: 'POST' }, []],
    ['no recordCompleteUrl', '', { timeout: '60', finishOnKey: '#', maxLength: '60', playBeep: 'false' }, []],
    ['terminatingDigits one key', 'terminatingDigits="5"', { finishOnKey: '5' }, []],
    [
      'terminatingDigits several',
      'terminatingDigits="12"',
      { finishOnKey: '1' },
      ['Record.terminatingDigits'],
    ],
    ['terminatingDigits ""', 'terminatingDigits=""', { finishOnKey: '-1' }, []],
    ['maxDuration', 'maxDuration="90"', { maxLength: '90', timeout: '90' }, []],
    ['maxDuration of a fraction', 'maxDuration="9.5"', { maxLength: '10' }, ['Record.maxDuration']],
    ['silenceTimeout n > 0', 'silenceTimeout="2.5"', { timeout: '3' }, ['Record.silenceTimeout']],
    ['silenceTimeout 0', 'silenceTimeout="0"', { timeout: '60' }, []],
    ['fileFormat mp3', 'fileFormat="mp3"', undefined, ['ERROR Record.fileFormat']],
    ['fileFormat wav', 'fileFormat="wav"', {}, []],
    ['transcribe', 'transcribe="true"', undefined, ['ERROR Record.transcribe']],
    [
      'transcriptionAvailableUrl',
      `transcribe="true" transcriptionAvailableUrl="${url}"`,
      { transcribe: 'true', transcribeCallback: 'cb:1' },
      ['Record.transcribe', 'Record.transcriptionAvailableUrl'],
    ],
    [
      'detectLanguage',
      `transcribe="true" transcriptionAvailableUrl="${url}" detectLanguage="true"`,
      undefined,
      ['Record.transcribe', 'Record.transcriptionAvailableUrl', 'ERROR Record.detectLanguage'],
    ],
    [
      'recordingAvailableUrl',
      `${complete} recordingAvailableUrl="${url}"`,
      { action: 'cb:1' },
      ['Record.recordingAvailableUrl'],
    ],
    [
      'recordingAvailableUrl alone',
      `recordingAvailableUrl="${url}"`,
      undefined,
      ['ERROR Record.recordingAvailableUrl'],
    ],
  ])('%s', (_, attributes, expected, told) => {
    const result = translated(`<Record ${attributes}/>`);
    expect(new Set(result.told)).toEqual(new Set(told));
    if (expected === undefined) expect(result.rcml).toBeUndefined();
    else expect(attributesOf(result.rcml, 'Record')).toMatchObject(expected);
  });

  it('recordingAvailableUrl goes with the reference of the action', () => {
    const { asked } = translated(
      `<Record ${complete} recordingAvailableUrl="${url}?r" recordingAvailableMethod="GET"/>`,
    );
    const available = { attribute: 'recordingAvailableUrl', url: `${url}?r`, method: 'GET' };
    expect(asked).toMatchObject([{ attribute: 'recordCompleteUrl', url, available }]);
  });
});

describe('Transfer attributes', () => {
  const number = '<PhoneNumber>+12015550103</PhoneNumber>';

  it.each<Case>([
    [
      'transferCallerId',
      'transferCallerId="+1919"',
      { callerId: '+1919', timeout: '30', timeLimit: '14400' },
      [],
    ],
    ['privacy words', 'transferCallerId="Private"', undefined, ['ERROR Transfer.transferCallerId']],
    ['privacy', 'privacy="true"', undefined, ['ERROR Transfer.privacy']],
    ['privacy by default', 'privacy="false"', {}, []],
    [
      'transferCallerDisplayName',
      'transferCallerDisplayName="a"',
      undefined,
      ['ERROR Transfer.transferCallerDisplayName'],
    ],
    ['callTimeout', 'callTimeout="20.5"', { timeout: '21' }, ['Transfer.callTimeout']],
    [
      'diversionTreatment, diversionReason',
      'diversionTreatment="stack" diversionReason="away"',
      undefined,
      ['ERROR Transfer.diversionTreatment', 'ERROR Transfer.diversionReason'],
    ],
    ['diversionTreatment none', 'diversionTreatment="none"', {}, []],
  ])('%s', (_, attributes, expected, told) => {
    const result = translated(`<Transfer ${attributes}>${number}</Transfer>`);
    expect(new Set(result.told)).toEqual(new Set(told));
    if (expected === undefined) expect(result.rcml).toBeUndefined();
    else expect(attributesOf(result.rcml, 'Dial')).toMatchObject(expected);
  });

  it('PhoneNumber / SipUri children; E.164 in PhoneNumber', () => {
    const { rcml } = translated(`<Transfer>${number}<SipUri>sip:a@b.example</SipUri></Transfer>`);
    expect(rcml).toContain('<Number>+12015550103</Number><Sip>sip:a@b.example</Sip>');
  });

  it('the other party is the caller where none is named', () => {
    const { rcml } = translated(`<Transfer>${number}</Transfer>`, { remoteParty: '+1202' });
    expect(attributesOf(rcml, 'Dial').callerId).toBe('+1202');
  });

  it('transferCompleteUrl; transferCompleteFallbackUrl, credentials, tag', () => {
    const attributes = `transferCompleteUrl="${url}" transferCompleteFallbackUrl="${url}?f" username="u" tag="t"`;
    const { rcml, asked, told } = translated(`<Transfer ${attributes}>${number}</Transfer>${speak}`);
    expect(rcml).toMatch(
      /^<Dial action="cb:1" method="POST" .*<\/Dial><Redirect method="POST">cb:1<\/Redirect>$/,
    );
    expect(told).toEqual(['Transfer.transferCompleteUrl']);
    const transferTo = '+12015550103';
    expect(asked).toMatchObject([{ url, fallbackUrl: `${url}?f`, username: 'u', tag: 't', transferTo }]);
  });

  it('no transferCompleteUrl, verbs follow', () => {
    const { rcml, rest, told } = translated(`<Tag>t</Tag><Transfer>${number}</Transfer>${speak}<Pause/>`);
    expect(rcml).toMatch(/^<Dial action="rest:1" .*<\/Dial><Redirect method="POST">rest:1<\/Redirect>$/);
    expect([rest, told]).toEqual([[`<Bxml><Tag>t</Tag>${speak}<Pause/></Bxml>`], ['Tag', 'Transfer']]);
  });

  it('no transferCompleteUrl, only Hangup follows', () => {
    const { rcml, told } = translated(`<Transfer>${number}</Transfer><Hangup/>`);
    expect(rcml).toMatch(/^<Dial timeout.*<\/Dial><Hangup\/>$/);
    expect(told).toEqual([]);
  });

  it('transferAnswerUrl; transferDisconnectUrl; child credentials, tag', () => {
    const leg = `<PhoneNumber transferAnswerUrl="${url}" transferDisconnectUrl="${url}?d" username="u" tag="t">+1919</PhoneNumber>`;
    const { rcml, asked, told } = translated(`<Transfer>${leg}</Transfer>`);
    expect(attributesOf(rcml, 'Number')).toEqual({
      url: 'cb:1',
      method: 'POST',
      statusCallback: 'cb:2',
      statusCallbackMethod: 'POST',
      statusCallbackEvent: 'completed',
    });
    expect(told).toEqual(['PhoneNumber.transferAnswerUrl', 'PhoneNumber.transferDisconnectUrl']);
    expect(asked).toMatchObject([
      { attribute: 'transferAnswerUrl', username: 'u', tag: 't' },
      { attribute: 'transferDisconnectUrl', url: `${url}?d`, username: 'u', tag: 't' },
    ]);
  });

  it('uui', () => {
    const leg = '<SipUri uui="a;encoding=jwt">sip:a@b.example</SipUri>';
    expect(translated(`<Transfer>${leg}</Transfer>`).told).toEqual(['ERROR SipUri.uui']);
  });

  it('StartRecording … StopRecording around exactly one Transfer', () => {
    const { rcml, told } = translated(
      `<StartRecording multiChannel="true"/><Transfer>${number}</Transfer><StopRecording/>`,
    );
    expect(attributesOf(rcml, 'Dial').record).toBe('true');
    expect(told).toEqual(['StartRecording', 'StartRecording.multiChannel', 'StopRecording']);
    const more = `<StartRecording/><Transfer>${number}</Transfer><StopRecording/>${speak}`;
    expect(translated(more).rest).toEqual([`<Bxml>${speak}</Bxml>`]);
  });

  it('Forward', () => {
    const { rcml, told } = translated('<Forward to="sip:a@b.example" from="+1919" callTimeout="10"/>');
    expect(rcml).toBe(
      '<Dial timeout="10" timeLimit="14400" callerId="+1919"><Sip>sip:a@b.example</Sip></Dial>',
    );
    expect(told).toEqual(['Forward']);
    const lost = translated('<Forward to="+1919" uui="a" diversionTreatment="stack"/>').told;
    expect(lost).toEqual([
      'Forward',
      'Forward.from',
      'ERROR Forward.uui',
      'ERROR Forward.diversionTreatment',
    ]);
  });
});

describe('Conference attributes', () => {
  it('name; members hear each other at once; maximum 20; 24 h', () => {
    const { rcml, told } = translated('<Conference>team-1</Conference>');
    expect(rcml).toBe(
      '<Dial timeLimit="86400"><Conference muted="false" beep="false" startConferenceOnEnter="true" endConferenceOnExit="false" waitUrl="silence.wav" maxParticipants="20">team-1</Conference></Dial>',
    );
    expect(told).toEqual(['Conference']);
  });

  it.each<Case>([
    ['mute', 'mute="true"', { muted: 'true' }, ['Conference.mute']],
    ['hold', 'hold="true"', undefined, ['ERROR Conference.hold']],
    ['hold by default', 'hold="false"', {}, []],
    ['callIdsToCoach', 'callIdsToCoach="c-1"', undefined, ['ERROR Conference.callIdsToCoach']],
    ['conferenceEventUrl …', `conferenceEventUrl="${url}"`, {}, ['Conference.conferenceEventUrl']],
    ['callbackTimeout', 'callbackTimeout="5"', {}, ['Conference.callbackTimeout']],
  ])('%s', (_, attributes, expected, told) => {
    const result = translated(`<Conference ${attributes}>a</Conference>`);
    expect(new Set(result.told)).toEqual(new Set(['Conference', ...told]));
    if (expected === undefined) expect(result.rcml).toBeUndefined();
    else expect(attributesOf(result.rcml, 'Conference')).toMatchObject(expected);
  });

  it('verbs after Conference', () => {
    const { rcml, told } = translated(`<Conference>a</Conference>${speak}`);
    expect([rcml?.endsWith(`</Dial>${say}`), told]).toEqual([true, ['Conference', 'Conference']]);
  });
});
