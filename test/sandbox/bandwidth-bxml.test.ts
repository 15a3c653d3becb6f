import { describe, expect, it } from 'vitest';
import { bandwidth } from './emulated.ts';
import { bandwidthPlays, type Played } from './played.ts';
import { startReceiver, xml } from './receiver.ts';

const say = (text: string) => `<SpeakSentence>${text}</SpeakSentence>`;

describe('Bandwidth executes BXML', () => {
  it.each<[string, string, readonly string[], Played?]>([
    [
      'verbs in order, to the end of the document',
      `${say('Hello <emphasis>you</emphasis>')}<Pause duration="2.5"/><PlayAudio>/a.mp3</PlayAudio><Ring/>
       <SendDtmf>12</SendDtmf>`,
      [
        'said "Hello you"',
        'was silent for 2.5 s',
        'played $/a.mp3',
        'rang for 5 s',
        'sent tones 12',
        'hung up',
      ],
    ],
    ['Hangup, and nothing after it', `<Hangup/>${say('no')}`, ['hung up']],
    [
      'Gather without gatherUrl, then the next verb',
      `<Gather maxDigits="2"/>${say('next')}`,
      ['gathered 12', 'said "next"', 'hung up'],
      { callee: { turns: [{ presses: '123' }] } },
    ],
    [
      'Gather with its prompts as often as repeatCount while nothing is pressed',
      `<Gather repeatCount="3">${say('Press')}</Gather>`,
      ['said "Press"', 'gathered nothing', 'said "Press"', 'gathered 5', 'hung up'],
      { callee: { turns: [{}, { presses: '5' }] } },
    ],
    [
      'no Gather that repeats more than 20 verbs, which could last for ever',
      '<Gather repeatCount="1000000000" firstDigitTimeout="0"/>',
      ['failed: invalid-bxml'],
    ],
    [
      'Gather whose first prompt is interrupted',
      `<Gather maxDigits="1">${say('Press one')}${say('or two')}</Gather>`,
      ['said "Press one"', 'gathered 2', 'hung up'],
      { callee: { turns: [{ presses: '2', interrupts: true }] } },
    ],
    [
      'Record until its terminating digit, without a recordCompleteUrl the next verb',
      `<Record/>${say('Thanks')}`,
      ['recorded "Call me"', 'said "Thanks"', 'hung up'],
      { callee: { turns: [{ says: 'Call me', presses: '#' }] } },
    ],
    [
      'nothing after the callee has hung up',
      `${say('Hello')}<Gather/>${say('no')}`,
      ['said "Hello"', 'the far end hung up'],
      { callee: { turns: [{ hangsUp: true }] } },
    ],
    [
      'nothing after the callee has hung up at a time of its own',
      `<Pause duration="60"/>${say('no')}`,
      ['was silent for 60 s', 'the far end hung up'],
      { callee: { hangsUpAfter: 9_000 } },
    ],
    [
      'StartRecording until StopRecording',
      `<StartRecording/>${say('a')}<PauseRecording/><ResumeRecording/><StopRecording/>`,
      [
        'started recording',
        'said "a"',
        'paused recording',
        'resumed recording',
        'stopped recording',
        'hung up',
      ],
    ],
    [
      'what the sandbox does not emulate by a line',
      '<StartStream name="x"/><StartGather/><Refer/>',
      [
        'not emulated: <StartStream>',
        'not emulated: <StartGather>',
        'not emulated: <Refer>',
        'the far end hung up',
      ],
    ],
    [
      'Conference until the far end hangs up',
      '<Conference>team</Conference>',
      ['joined conference team', 'the far end hung up'],
    ],
  ])('%s', async (_, document, expected, played = {}) => {
    const { lines, origin } = await bandwidthPlays({ '/': document }, played);
    expect(lines).toEqual(expected.map((line) => line.replace('$', origin)));
  });

  it('asks the gatherUrl, relative to its document, with digits and tag, and ignores the verbs after', async () => {
    const gather = `<Gather gatherUrl="/menu" terminatingDigits="#" tag="t">${say('Press')}</Gather>${say('no')}`;
    const { lines, events } = await bandwidthPlays(
      { '/': gather, '/menu': '<Redirect redirectUrl="/last"/>', '/last': '<Hangup/>' },
      { callee: { turns: [{ presses: '47#' }] } },
    );
    expect(lines).toEqual(['said "Press"', 'gathered 47', 'redirected', 'hung up']);
    expect(events).toMatchObject([
      { eventType: 'answer' },
      { eventType: 'gather', digits: '47', terminatingDigit: '#', tag: 't' },
      { eventType: 'redirect', tag: 't' },
      { eventType: 'disconnect', cause: 'hangup', tag: 't' },
    ]);
  });

  it('reports a recording, and that it is available', async () => {
    const { events } = await bandwidthPlays(
      { '/': '<Record recordCompleteUrl="/done" recordingAvailableUrl="/there"/>', '/done': '<Hangup/>' },
      { callee: { turns: [{ says: 'Hello', presses: '#' }] } },
    );
    const kinds = events.map(({ eventType }) => eventType);
    expect(kinds).toHaveLength(4);
    expect(kinds).toEqual(expect.arrayContaining(['recordComplete', 'recordingAvailable']));
    const complete = events.find(({ eventType }) => eventType === 'recordComplete');
    expect(complete).toMatchObject({ duration: 'PT1.325S', fileFormat: 'wav', channels: 1 });
  });

  const transfer = `<Transfer transferCompleteUrl="/done" callTimeout="20"><PhoneNumber transferAnswerUrl="/whisper"
    transferDisconnectUrl="/leg">+13105550001</PhoneNumber></Transfer>`;
  it('transfers: whispers to the party that answers, connects it, and goes on when it hangs up', async () => {
    const { lines, events, callId, carrier } = await bandwidthPlays(
      { '/': transfer, '/whisper': say('A call'), '/done': say('Bye') },
      { others: { '+13105550001': { hangsUpAfter: 10_000 } } },
    );
    expect(lines).toEqual([
      'dialled +13105550001',
      '+13105550001: said "A call"',
      'connected to +13105550001',
      '+13105550001: the far end hung up',
      'said "Bye"',
      'hung up',
    ]);
    const leg = carrier.calls.find(({ parentCallId }) => parentCallId === callId);
    expect(leg).toMatchObject({ state: 'disconnected', to: '+13105550001', disconnectCause: 'hangup' });
    expect(events).toMatchObject([
      { eventType: 'answer' },
      { eventType: 'transferAnswer', callId: leg?.callId, parentCallId: callId, transferTo: '+13105550001' },
      { eventType: 'transferDisconnect', callId: leg?.callId, cause: 'hangup' },
      { eventType: 'transferComplete', callId, cause: 'hangup', transferTo: '+13105550001' },
      { eventType: 'disconnect', callId },
    ]);
  });

  it.each([
    ['+13105550486', 'busy'],
    ['+13105550408', 'timeout'],
  ])('goes on after a transfer to %s that ends with %s', async (number, cause) => {
    const { lines, events } = await bandwidthPlays({
      '/': transfer.replace('+13105550001', number),
      '/done': say('Sorry'),
    });
    expect(lines).toEqual([`dialled ${number}`, `not connected: ${cause}`, 'said "Sorry"', 'hung up']);
    expect(events.map(({ eventType }) => eventType)).toContain('transferDisconnect');
  });

  it('drops the party that is dialled when the caller hangs up, and asks nothing more', async () => {
    const { events } = await bandwidthPlays(
      { '/': transfer, '/whisper': say('A call') },
      { callee: { hangsUpAfter: 30_000 } },
    );
    const kinds = events.map(({ eventType }) => eventType);
    expect(kinds.sort()).toEqual(['answer', 'disconnect', 'transferAnswer', 'transferDisconnect']);
  });

  it('forwards a call that rings, without answering it before the other party does', async () => {
    const { lines, call } = await bandwidthPlays(
      { '/': '<Forward to="+13105550001"/>' },
      { arrives: true, others: { '+13105550001': { hangsUpAfter: 5_000 } } },
    );
    expect(lines.slice(0, 2)).toEqual(['dialled +13105550001', 'connected to +13105550001']);
    expect(call).toMatchObject({
      answerTime: '2026-11-20T12:00:02.000Z',
      endTime: '2026-11-20T12:00:07.000Z',
    });
  });

  it('replaces what is executed by what is put', async () => {
    const application = await startReceiver(() => xml('<Bxml><Pause duration="60"/></Bxml>'));
    const { carrier, clock, create, bxml } = await bandwidth();
    const created = await create({ answerUrl: application.origin });
    const { callId } = created.data as { callId: string };
    clock.advance(2_500);
    await carrier.webhooks.idle();
    await bxml(callId, `<Bxml>${say('Instead')}<Hangup/></Bxml>`);
    clock.advance(60_000);
    expect(carrier.transcript.of(callId)).toEqual(['was silent for 60 s', 'said "Instead"', 'hung up']);
  });

  it('bridges two calls, and hangs up the other when one leaves', async () => {
    const { carrier, clock, bxml } = await bandwidth();
    const [a, b] = ['+13105550001', '+13105550002'].map(
      (to) => carrier.add({ state: 'answered', to }).callId,
    );
    await bxml(`${b}`, '<Bxml><Pause duration="600"/></Bxml>');
    await bxml(`${a}`, `<Bxml><Bridge>${b}</Bridge></Bxml>`);
    expect(carrier.transcript.of(`${a}`)).toEqual(['connected to +13105550002']);
    await bxml(`${a}`, '<Bxml><Hangup/></Bxml>');
    expect(carrier.calls.map(({ state }) => state)).toEqual(['disconnected', 'disconnected']);
    expect(clock.advanceToNext()).toBe(false);
  });
});
