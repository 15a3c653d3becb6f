import { describe, expect, it } from 'vitest';
import { connectPlays, type Played } from './played.ts';
import { xml } from './receiver.ts';

const silent = (reason: string) => [`fell silent: ${reason}`, 'the far end hung up'];

describe('Connect executes RCML', () => {
  it.each<[string, string, readonly string[], Played?]>([
    [
      'verbs in order, to the end of the document',
      '<Say>Hello</Say><Pause length="2"/><Play>/a.wav</Play><Fax>/f.pdf</Fax>',
      ['said "Hello"', 'was silent for 2 s', 'played $/a.wav', 'faxed /f.pdf', 'hung up'],
    ],
    [
      'verbs within elements that it does not know',
      '<Speak><Say>Hello</Say></Speak>',
      ['skipped <Speak>', 'said "Hello"', 'hung up'],
    ],
    ['of mixed text the last chunk', '<Say>a <b>b</b> c</Say>', ['said "c"', 'hung up']],
    [
      'an mp3 not at all',
      '<Play>/a.mp3</Play>',
      ['failed: Play has a file that cannot be played', 'hung up'],
    ],
    [
      'Gather: the action only with input',
      '<Gather action="/no" timeout="3"><Say>Press</Say></Gather><Say>next</Say>',
      ['said "Press"', 'gathered nothing', 'said "next"', 'hung up'],
    ],
    [
      'Gather: finishOnKey by its first key',
      '<Gather finishOnKey="*#"/>',
      ['gathered 1#2', 'hung up'],
      { callee: { turns: [{ presses: '1#2*' }] } },
    ],
    [
      'Gather: numDigits of an earlier one',
      '<Gather numDigits="1"/><Gather/>',
      ['gathered 1', 'gathered 3', 'hung up'],
      { callee: { turns: [{ presses: '12' }, { presses: '34' }] } },
    ],
    [
      'Gather: a fraction is no number',
      '<Gather timeout="1.5" numDigits="1"/>',
      ['gathered 7', 'hung up'],
      { callee: { turns: [{ presses: '7', after: 4_900 }] } },
    ],
    [
      'Gather with a Pause as its last child',
      '<Gather><Pause/></Gather>',
      silent('<Pause> is the last in <Gather>'),
    ],
    [
      'Dial after a Gather',
      '<Gather/><Dial>+13105550001</Dial>',
      ['gathered nothing', ...silent('<Dial> after a Gather')],
    ],
    [
      'Say after Sms',
      '<Sms>x</Sms><Say>y</Say>',
      ['sent a text message "x" to +19195551234', ...silent('<Say> after a Sms')],
    ],
    [
      'Record: only the first of the keys ends it',
      '<Record playBeep="true" finishOnKey="1#" timeout="4"/>',
      ['beeped', 'recorded "Call me"', 'hung up'],
      { callee: { turns: [{ says: 'Call me', presses: '#' }] } },
    ],
    [
      'Dial: both are hung up when the callee hangs up',
      '<Dial>+13105550001</Dial><Say>no</Say>',
      ['dialled +13105550001', 'connected to +13105550001', '+13105550001: the far end hung up', 'hung up'],
      { others: { '+13105550001': { hangsUpAfter: 9_000 } } },
    ],
    [
      'Dial: the next verb after one that is busy, but no Dial',
      '<Dial>+13105550486</Dial><Say>busy</Say><Dial>+13105550486</Dial><Dial>+13105550001</Dial>',
      [
        'dialled +13105550486',
        'not connected: busy',
        'said "busy"',
        'dialled +13105550486',
        'not connected: busy',
        ...silent('<Dial> after a failed Dial'),
      ],
    ],
    [
      'Dial: anything after a time-out',
      '<Dial timeout="4">+13105550408</Dial><Dial><Client>nobody</Client></Dial><Play>/a.wav</Play>',
      [
        'dialled +13105550408',
        'not connected: timeout',
        'dialled nobody',
        'not connected: failed',
        ...silent('<Play> after an unplaced Dial'),
      ],
    ],
    [
      'Dial: a room',
      '<Dial timeLimit="30"><Conference>team</Conference></Dial><Say>Bye</Say>',
      ['joined conference team', 'left conference team', 'said "Bye"', 'hung up'],
    ],
    ['Enqueue not at all', '<Enqueue/><Hangup/>', ['skipped <Enqueue>', 'hung up']],
    ['Email without an address', '<Email>x</Email>', silent('<Email> without from or to')],
  ])('%s', async (_, document, expected, played = {}) => {
    const { lines, origin } = await connectPlays({ '/': document }, played);
    expect(lines).toEqual(expected.map((line) => line.replace('$', origin)));
  });

  it('requests the action of a Gather with the digits, and executes what it answers', async () => {
    const { lines, asked } = await connectPlays(
      {
        '/': '<Gather action="/menu" numDigits="2"/><Say>no</Say>',
        '/menu': '<Redirect>/last</Redirect>',
        '/last': '',
      },
      { callee: { turns: [{ presses: '47' }] } },
    );
    expect(lines).toEqual(['gathered 47', 'redirected', 'hung up']);
    expect(asked.map(({ path }) => path)).toEqual(['/', '/menu', '/last']);
    expect(asked[1]?.form).toMatchObject({ Digits: '47', SpeechResult: '', CallStatus: 'in-progress' });
  });

  it('ends a call whose later document fails, without asking the fallback', async () => {
    const { call, asked } = await connectPlays({ '/': '<Redirect>/gone</Redirect>' });
    expect(call?.status).toBe('FAILED');
    expect(asked.map(({ path }) => path)).toEqual(['/', '/gone']);
  });

  it('requests the action of a Record of a caller who hung up, and ignores its answer', async () => {
    const { lines, asked } = await connectPlays(
      { '/': '<Record action="/done" playBeep="false"/>', '/done': '<Say>no</Say>' },
      { callee: { turns: [{ says: 'Hello', hangsUp: true }] } },
    );
    expect(lines).toEqual(['the far end hung up']);
    expect(asked[1]).toMatchObject({ path: '/done', form: { Digits: 'hangup', RecordingDuration: '1.325' } });
  });

  const dial = (number: string) => `<Dial action="/done"><Number url="/whisper" statusCallback="/leg"
    statusCallbackEvent="answered,completed">${number}</Number></Dial><Say>no</Say>`;
  it('asks the party that answers, and requests the action of a Dial, whose answer it ignores', async () => {
    const { lines, asked, sid, carrier } = await connectPlays(
      { '/': dial('+13105550001'), '/whisper': '<Say>A call</Say>', '/done': '<Say>no</Say>' },
      { others: { '+13105550001': { hangsUpAfter: 9_000 } } },
    );
    expect(lines).toEqual([
      'dialled +13105550001',
      '+13105550001: said "A call"',
      'connected to +13105550001',
      '+13105550001: the far end hung up',
      'hung up',
    ]);
    const leg = carrier.calls.find(({ parent_call_sid }) => parent_call_sid === sid);
    expect(leg).toMatchObject({ status: 'completed', direction: 'outbound-api', duration: 9 });
    const of = (path: string) => asked.filter((each) => each.path === path).map(({ form }) => form);
    expect(of('/whisper')).toMatchObject([{ CallSid: leg?.sid }]);
    expect(of('/leg').map(({ CallStatus }) => CallStatus)).toEqual(['answered', 'completed']);
    const outcome = { DialCallSid: leg?.sid, DialCallStatus: 'completed', DialCallDuration: '9' };
    expect(of('/done')).toMatchObject([{ CallSid: sid, OutboundCallSid: leg?.sid, ...outcome }]);
  });

  it('executes what the action of a Dial answers if nobody was connected', async () => {
    const { lines, asked } = await connectPlays({ '/': dial('+13105550486'), '/done': '<Say>Sorry</Say>' });
    expect(lines).toEqual(['dialled +13105550486', 'not connected: busy', 'said "Sorry"', 'hung up']);
    expect(asked.find(({ path }) => path === '/done')?.form).toMatchObject({ DialCallStatus: 'busy' });
  });

  it('hangs up the caller too when the party that was asked is hung up', async () => {
    const { lines } = await connectPlays({ '/': dial('+13105550001'), '/whisper': '<Hangup/>' });
    expect(lines).toEqual(['dialled +13105550001', '+13105550001: hung up', 'hung up']);
  });

  it.each([
    ['<Reject/>', ['hung up'], 'canceled'],
    ['<Hangup/>', ['answered', 'hung up'], 'completed'],
    ['<Pause/><Say>Hello</Say>', ['was silent for 1 s', 'answered', 'said "Hello"', 'hung up'], 'completed'],
  ])(
    'answers a call that rings before any verb but Reject and Pause: %s',
    async (document, lines, status) => {
      const played = await connectPlays({ '/': document }, { arrives: true });
      expect([played.lines, played.call?.status]).toEqual([lines, status]);
    },
  );

  it('falls silent with a document of another type', async () => {
    const json = {
      ...xml('{}'),
      status: 200,
      headers: { 'content-type': 'application/json' },
      chunked: true,
    };
    const { lines } = await connectPlays({ '/': json });
    expect(lines).toEqual(silent('the document is of an unknown type'));
  });
});
