import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/sandbox/index.ts';
import { startBoth } from './both-carriers.ts';
import { ANSWERS } from './generated-bxml.ts';
import { judge, type Verdict } from './judge.ts';

const speak = '<SpeakSentence>Good day</SpeakSentence>';
const party = (number: string) => `<PhoneNumber>${number}</PhoneNumber>`;
const transfer = (number: string) => `<Transfer transferCompleteUrl="/end">${party(number)}</Transfer>`;
const gather = '<Gather terminatingDigits="#" maxDigits="2" gatherUrl="/end"';
const record = '<Record recordCompleteUrl="/end"';

type Row = [row: string, document: string, kind: Verdict['kind'], ...turns: Turn[]];

/** A document for each row of the translation table, and how both carriers compare. */
const rows: readonly Row[] = [
  ['SpeakSentence', speak, 'equal'],
  ['voice / gender / locale', '<SpeakSentence gender="male" locale="de">Tag</SpeakSentence>', 'equal'],
  ['break', '<SpeakSentence>a <break time="2s"/> b</SpeakSentence>', 'equal'],
  ['p, s', '<SpeakSentence><p>a</p><s>b</s></SpeakSentence>', 'equal'],
  ['emphasis', '<SpeakSentence><emphasis>a</emphasis> b</SpeakSentence>', 'equal'],
  ['sub alias', '<SpeakSentence>a <sub alias="b">c</sub></SpeakSentence>', 'equal'],
  ['PlayAudio', '<PlayAudio>/a.wav</PlayAudio>', 'equal'],
  ['PlayAudio mp3', '<PlayAudio>/a.mp3</PlayAudio>', 'refused'],
  ['Pause', '<Pause duration="2"/>', 'equal'],
  ['Pause of a fraction', '<Pause duration="2.5"/>', 'equal'],
  ['Ring', '<Ring duration="3"/>', 'equal'],
  ['Gather with gatherUrl', `${gather}>${speak}</Gather>`, 'equal', { presses: '12' }],
  ['Gather with gatherUrl, nothing entered', `${gather}>${speak}</Gather>`, 'equal'],
  [
    'Gather without gatherUrl',
    `<Gather maxDigits="1" terminatingDigits="#"/>${speak}`,
    'equal',
    { presses: '1' },
  ],
  ['Gather before a Dial', `<Gather terminatingDigits="#"/>${transfer('+13105550486')}`, 'equal'],
  ['terminatingDigits ""', '<Gather gatherUrl="/end"/>', 'as told', { presses: '1#2' }],
  ['terminatingDigits, several', '<Gather terminatingDigits="*#"/>', 'as told', { presses: '1#' }],
  ['firstDigitTimeout', `${gather} firstDigitTimeout="1"/>`, 'as told', { presses: '1', after: 2_000 }],
  ['repeatCount', `${gather} repeatCount="3">${speak}</Gather>`, 'equal', {}, { presses: '1#' }],
  ['StartGather', '<StartGather dtmfUrl="https://app.example/dtmf"/>', 'refused'],
  ['SendDtmf', '<SendDtmf>12</SendDtmf>', 'refused'],
  ['Record', `${record}/>`, 'equal', { says: 'Hello', presses: '#' }],
  ['Record, caller hung up', `${record}/>`, 'equal', { says: 'Hello', hangsUp: true }],
  [
    'Record terminatingDigits ""',
    `${record} terminatingDigits=""/>`,
    'equal',
    { says: 'Hello', presses: '#' },
  ],
  ['Record silenceTimeout', `${record} silenceTimeout="2"/>`, 'as told', { says: 'Hello', after: 4_000 }],
  ['Record fileFormat mp3', `${record} fileFormat="mp3"/>`, 'refused'],
  ['StartRecording of a Transfer', `<StartRecording/>${transfer('+13105550486')}`, 'equal'],
  ['StartRecording of anything else', `<StartRecording/>${speak}`, 'refused'],
  ['Transfer, nobody connected', transfer('+13105550408'), 'equal'],
  ['Transfer, connected', transfer(ANSWERS), 'as told'],
  ['Transfer, the first wins', `<Transfer>${party('+13105550486')}${party(ANSWERS)}</Transfer>`, 'equal'],
  ['Transfer, verbs after it', `<Transfer>${party('+13105550486')}</Transfer>${speak}`, 'equal'],
  [
    'transferCallerId withheld',
    `<Transfer transferCallerId="Private">${party(ANSWERS)}</Transfer>`,
    'refused',
  ],
  ['Bridge', '<Bridge>c-1</Bridge>', 'refused'],
  ['Conference', '<Conference>team</Conference>', 'equal'],
  ['Conference hold', '<Conference hold="true">team</Conference>', 'refused'],
  ['Redirect', '<Redirect redirectUrl="/end"/>', 'equal'],
  ['Hangup', `<Hangup/>${speak}`, 'equal'],
  ['empty document', '', 'equal'],
  ['Tag', `<Tag>t</Tag>${gather}/>`, 'equal'],
  ['StartStream', '<StartStream name="s" destination="wss://media.example/in"/>', 'refused'],
  ['StartTranscription', '<StartTranscription name="s"/>', 'refused'],
  ['Refer', '<Refer><SipUri>sip:a@b.example</SipUri></Refer>', 'refused'],
  ['unknown verb', '<Dance/>', 'refused'],
];

describe('a row of the translation table', () => {
  let both: Awaited<ReturnType<typeof startBoth>>;
  beforeAll(async () => {
    both = await startBoth();
  });
  afterAll(() => both.close());

  it.each<Row>(rows)('%s', async (...[, document, kind, ...turns]: Row) => {
    const documents = { '/': document, '/end': '<SpeakSentence>Bye</SpeakSentence><Hangup/>' };
    const verdict = judge(await both.play({ documents, callee: { turns } }));
    if (kind === 'equal') expect(verdict.connect).toEqual(verdict.bandwidth);
    expect(verdict.kind).toBe(kind);
    expect(verdict.rules.length > 0).toBe(kind !== 'equal');
  });
});
