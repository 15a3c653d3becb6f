import { describe, expect, it, vi } from 'vitest';
import { checkBxml } from '../../src/markup/check-bxml.ts';
import { toRcml } from '../../src/markup/to-rcml.ts';

const most = 64 * 1024;

/** The findings of a document of one verb, in short. */
const found = (verb: string) =>
  checkBxml(`<Bxml>${verb}</Bxml>`).map(({ level, rule, column }) => `${level} ${rule} ${column - 6}`);

const url = 'https://app.example/x';
const speak = '<SpeakSentence>Hello</SpeakSentence>';
const number = '<PhoneNumber>+19195551234</PhoneNumber>';
const record = (attributes: string) => `<Record recordCompleteUrl="${url}" ${attributes}/>`;

describe('the language', () => {
  it.each([
    [
      'SpeakSentence',
      '<SpeakSentence voice="julie">Hello <emphasis level="strong">you</emphasis></SpeakSentence>',
    ],
    [
      'SSML of all kinds',
      '<SpeakSentence>a<break time="1.5s"/><break strength="weak"/><p><s>b</s></p><lang xml:lang="fr-FR">c</lang><phoneme ph="x">d</phoneme><prosody pitch="+5%" rate="slow" volume="-6dB">e</prosody><say-as interpret-as="date" format="mdy">1/2/2003</say-as><sub alias="f">g</sub></SpeakSentence>',
    ],
    ['a voice that only an SDK has', '<SpeakSentence voice="emma_enh">Hello</SpeakSentence>'],
    ['PlayAudio', `<PlayAudio username="a" password="b">${url}</PlayAudio>`],
    ['Ring', '<Ring duration="0.1" answerCall="false"/>'],
    ['SendDtmf', '<SendDtmf toneDuration="50" toneInterval="5000">12,w*W#aD</SendDtmf>'],
    ['Pause', '<Pause duration="86400"/>'],
    [
      'Gather',
      `<Gather gatherUrl="${url}" gatherMethod="GET" gatherFallbackUrl="${url}" terminatingDigits="#*" maxDigits="50" interDigitTimeout="1" firstDigitTimeout="0" repeatCount="10" tag="">${speak}${speak}</Gather>`,
    ],
    [
      'speech',
      `<Gather input="dtmf_speech" hints="a,b" language="en-US" profanityFilter="false" speechTimeout="3"/>`,
    ],
    ['StartGather', `<StartGather dtmfUrl="${url}"/><StopGather/>`],
    [
      'Transfer',
      `<Transfer transferCallerId="+19195551234" callTimeout="1.5" diversionTreatment="stack" diversionReason="away">${number.repeat(7)}<SipUri uui="a;encoding=jwt">sip:a@b.example</SipUri></Transfer>`,
    ],
    ['a caller id withheld', `<Transfer transferCallerId="Anonymous">${number}</Transfer>`],
    ['Forward', '<Forward to="sip:a@b.example" from="+19195551234" callTimeout="300"/>'],
    ['Bridge', `<Bridge bridgeCompleteUrl="${url}">c-1</Bridge>`],
    [
      'Conference',
      `<Conference mute="true" conferenceEventUrl="${url}" callbackTimeout="25">a-B_c.1</Conference>`,
    ],
    ['Connect', '<Connect eventCallbackUrl="https://app.example/"><Endpoint>e-1</Endpoint></Connect>'],
    ['Refer', '<Refer><SipUri>sip:a@b.example</SipUri></Refer>'],
    [
      'Record',
      record(
        'maxDuration="10800" silenceTimeout="2.5" fileFormat="mp3" transcribe="true" detectLanguage="true"',
      ),
    ],
    [
      'StartRecording',
      '<StartRecording multiChannel="true"/><PauseRecording/><ResumeRecording/><StopRecording/>',
    ],
    [
      'StartStream',
      '<StartStream destination="wss://a.example/" tracks="both"><StreamParam name="a" value="b"/></StartStream><StopStream name="a" wait="true"/>',
    ],
    [
      'StartTranscription',
      '<StartTranscription destination="wss://a.example/" stabilized="false"><CustomParam name="a" value="b"/></StartTranscription><StopTranscription/>',
    ],
    ['Redirect', `<Tag>a</Tag><Redirect redirectUrl="${url}" username="a" password="b"/>`],
  ])('has nothing to say of %s', (_, verb) => {
    expect(found(verb)).toEqual([]);
  });

  it.each([
    // Values
    ['a number out of its range', '<Pause duration="0"/>', 'ERROR value 8'],
    ['a number that is none', '<Pause duration="2s"/>', 'ERROR value 8'],
    ['a fraction where there is none', '<Gather maxDigits="1.5"/>', 'ERROR value 9'],
    ['a word that is none of the list', '<SpeakSentence gender="man">a</SpeakSentence>', 'ERROR value 16'],
    ['an unknown voice', '<SpeakSentence voice="alice">a</SpeakSentence>', 'ERROR value 16'],
    ['a boolean by number', '<Conference mute="1">a</Conference>', 'ERROR value 13'],
    ['another method', `<Redirect redirectMethod="PUT" redirectUrl="${url}"/>`, 'ERROR value 11'],
    ['another scheme', '<Redirect redirectUrl="ftp://a.example"/>', 'ERROR value 11'],
    ['an address that is none', '<PlayAudio>https://</PlayAudio>', 'ERROR text 12'],
    ['a stream to https', '<StartStream destination="https://a.example"/>', 'ERROR value 14'],
    ['a tag that is too long', `<Gather tag="${'a'.repeat(257)}"/>`, 'ERROR value 9'],
    ['keys that are none', '<Gather terminatingDigits="x"/>', 'ERROR value 9'],
    ['a caller id that is none', `<Transfer transferCallerId="919">${number}</Transfer>`, 'ERROR value 11'],
    ['a break that is too long', '<SpeakSentence>a<break time="11s"/></SpeakSentence>', 'ERROR value 24'],
    ['a timeout whose range is not published', '<Gather speechTimeout="x"/>', 'HINT value 9'],
    ['a Tag that is too long', `<Tag>${'a'.repeat(257)}</Tag>`, 'HINT text 6'],
    // Texts
    ['a sentence of nothing', '<SpeakSentence> </SpeakSentence>', 'ERROR text 1'],
    ['audio of nowhere', '<PlayAudio/>', 'ERROR text 1'],
    ['more tones than allowed', `<SendDtmf>${'1'.repeat(51)}</SendDtmf>`, 'ERROR text 11'],
    ['a number without its sign', '<Transfer><PhoneNumber>919</PhoneNumber></Transfer>', 'ERROR text 24'],
    ['a name with a blank in it', '<Conference>a b</Conference>', 'ERROR text 13'],
    ['text where there is none', '<Pause>a</Pause>', 'HINT text 8'],
    // What must be there
    ['a Redirect to nowhere', '<Redirect/>', 'ERROR required 1'],
    [
      'a date without format',
      '<SpeakSentence><say-as interpret-as="date">1</say-as></SpeakSentence>',
      'ERROR required 16',
    ],
    ['a Transfer to nobody', '<Transfer/>', 'ERROR count 1'],
    ['a Transfer to nine', `<Transfer>${number.repeat(9)}</Transfer>`, 'ERROR count 1'],
    ['prompts too often', `<Gather repeatCount="7">${speak.repeat(3)}</Gather>`, 'ERROR count 1'],
    [
      'two addresses to refer to',
      `<Refer>${'<SipUri>sip:a@b.example</SipUri>'.repeat(2)}</Refer>`,
      'ERROR count 1',
    ],
    // Names and places
    ['an unknown verb', '<Levitate/>', 'HINT verb 1'],
    ['a verb in another case', '<hangup/>', 'HINT verb 1'],
    ['an unknown attribute', '<Pause length="1"/>', 'HINT attribute 8'],
    ['an attribute in another case', '<Pause Duration="1"/>', 'HINT attribute 8'],
    ['the name of a method of objects', '<Pause constructor="1"/>', 'HINT attribute 8'],
    ['the same as verb', '<constructor/>', 'HINT verb 1'],
    ['unknown SSML', '<SpeakSentence><w>a</w></SpeakSentence>', 'HINT ssml 16'],
    ['a verb within another', `<Gather>${number}</Gather>`, 'HINT nesting 9'],
    ['an inner element at the top', number, 'HINT nesting 1'],
    ['a verb behind the end', '<Hangup/><Pause/>', 'HINT unreachable 10'],
    ['a verb behind an address', `<Gather gatherUrl="${url}"/>\n${speak}`, 'HINT unreachable -5'],
    // Together
    ['a relative address', '<Gather gatherUrl="/next"/>', 'HINT relative 9'],
    ['relative audio', '<PlayAudio>a.wav</PlayAudio>', 'HINT relative 12'],
    [
      'a password in the clear',
      record('username="a" recordingAvailableUrl="http://a.example/"'),
      'ERROR https 64',
    ],
    ['the same where it is inferred', '<Gather gatherUrl="http://a.example/" password="a"/>', 'HINT https 9'],
    [
      'a fallback in the clear',
      `<Redirect redirectUrl="${url}" redirectFallbackUrl="http://a.example/" fallbackPassword="a"/>`,
      'HINT https 47',
    ],
    [
      'a gender beside a voice',
      '<SpeakSentence voice="julie" gender="male">a</SpeakSentence>',
      'HINT effect 30',
    ],
    ['credentials for nobody', '<Gather username="a" />', 'HINT effect 9'],
    ['a fallback of nothing', `<Gather gatherFallbackUrl="${url}" />`, 'HINT effect 9'],
    ['a method of nothing', '<Gather gatherMethod="GET" />', 'HINT effect 9'],
    ['a reason without a stack', `<Transfer diversionReason="away">${number}</Transfer>`, 'HINT effect 11'],
  ])('tells of %s, at its place', (_, verb, expected) => {
    expect(found(verb)).toEqual([expected]);
  });

  it('names the place by line and character, whatever the line ends', () => {
    const [finding] = checkBxml('\ufeff<Bxml>\r\n<Tag>😀</Tag>\r  <Pause duration="0"/>\n</Bxml>');
    expect(finding).toEqual({
      level: 'ERROR',
      rule: 'value',
      message: '`duration` of Pause must be 0.1 to 86400 seconds.',
      line: 3,
      column: 10,
    });
  });

  it('never quotes a value', () => {
    const bxml =
      '<Bxml><Transfer transferCallerId="SECRET"><SipUri username="SECRET" transferAnswerUrl="http://SECRET">SECRET</SipUri></Transfer><Tag>SECRET</Tag></Bxml>';
    expect(JSON.stringify(checkBxml(bxml))).not.toContain('SECRET');
  });
});

describe('a hostile document', () => {
  const fill = (piece: string, size = most) =>
    `<Bxml>${piece.repeat(Math.floor((size - 13) / piece.length))}</Bxml>`;
  const attributes = Array.from({ length: 7000 }, (_, i) => `a${i}=""`).join(' ');

  it.each([
    ['unknown verbs', `<Bxml>${'<a/>'.repeat(4_990)}</Bxml>`],
    ['wrong values', fill('<Ring answerCall=""/>')],
    ['unknown attributes', `<Bxml><Pause ${attributes}/></Bxml>`],
    ['text that has no effect', fill('<Ring>a</Ring>')],
    ['unknown SSML', `<Bxml><SpeakSentence>${'<a/>'.repeat(4_990)}</SpeakSentence></Bxml>`],
    ['nested verbs', fill(`${'<Gather x="">'.repeat(90)}${'</Gather>'.repeat(90)}`)],
  ])('of %s gets a bounded number of short findings, and is told so', (_, bxml) => {
    const findings = checkBxml(bxml);
    const levels = new Set(findings.map(({ level }) => level));
    expect(findings).toHaveLength(51 * levels.size);
    expect(findings.filter(({ rule }) => rule === 'more')).toHaveLength(levels.size);
    expect(JSON.stringify(findings).length).toBeLessThan(30_000);
  });

  it('of more elements than an application writes is refused where they become too many', () => {
    expect(checkBxml(fill('<a/>'))).toMatchObject([
      {
        level: 'ERROR',
        rule: 'xml',
        message: 'The document is not BXML: it has more than 5000 elements.',
        column: 20_003,
      },
    ]);
  });

  it('cannot hide an error behind hints', () => {
    const findings = checkBxml(`<Bxml>${'<a/>'.repeat(1000)}<Redirect/></Bxml>`);
    expect(findings.filter(({ level }) => level === 'ERROR')).toMatchObject([
      { rule: 'required', column: 4007 },
    ]);
    expect(findings.find(({ rule }) => rule === 'more')?.message).toBe(
      '950 more of this level are not listed.',
    );
  });

  /** The patterns that are tried, and the characters that they are tried on, while a document is worked through. */
  function workOf(work: () => unknown): number {
    let count = 0;
    const exec = RegExp.prototype.exec;
    const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
      count += 1 + (this.sticky ? 0 : text.length);
      return exec.call(this, text);
    });
    work();
    spy.mockRestore();
    return count;
  }

  it.each([
    ['unknown verbs', '<a/>'],
    ['wrong values', '<Ring answerCall=""/>'],
    ['losses', '<SpeakSentence voice="julie"><emphasis>a</emphasis><break time="1s"/>b</SpeakSentence>'],
    ['transfers', '<Transfer><PhoneNumber>+1919</PhoneNumber></Transfer>'],
    ['repeated gathers', '<Gather repeatCount="20"><SpeakSentence>a</SpeakSentence></Gather>'],
    ['texts in pieces', '<Tag>a<![CDATA[b]]>&amp;</Tag>'],
  ])('of %s takes work in proportion to its length, to check and to translate', (_, piece) => {
    const options = { toCallbackUrl: () => '', toContinuationUrl: () => '' };
    const both = (bxml: string) => workOf(() => [checkBxml(bxml), toRcml(bxml, options)]);
    const [half, whole] = [fill(piece, most / 2), fill(piece)].map(both) as [number, number];
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThan(2.2 * half);
    expect(whole).toBeLessThan(20 * most);
  });
});
