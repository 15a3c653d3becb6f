import { describe, expect, it } from 'vitest';
import { createManualClock, startSandbox } from '../../src/sandbox/index.ts';
import { bandwidth, connect, members, sbc } from './emulated.ts';
import { type ReceivedWebhook, startReceiver, xml } from './receiver.ts';

const bxml = xml('<Response><Pause duration="3600"/></Response>');
const rcml = xml('<Response><Say>Hello</Say><Pause length="3600"/></Response>');
const formOf = ({ body }: ReceivedWebhook) => Object.fromEntries(new URLSearchParams(body));

describe('Bandwidth inbound call', () => {
  it('is initiated, answered by the sandbox without an application, and hung up by the caller', async () => {
    const { carrier, clock, get } = await bandwidth();
    const { callId } = carrier.arrive({ from: '+19195550001' }, 60_000);
    expect(await get(callId)).toMatchObject({
      data: { state: 'initiated', direction: 'inbound', from: '+19195550001', answerTime: null },
    });
    clock.advance(3_000);
    expect(await get(callId)).toMatchObject({ data: { state: 'answered' } });
    clock.advance(60_000);
    expect(await get(callId)).toMatchObject({ data: { state: 'disconnected', disconnectCause: 'hangup' } });
  });

  it('asks the application on arrival and tells it the end, and never tells it the answer', async () => {
    const application = await startReceiver(({ path }) => (path === '/in' ? bxml : undefined));
    const { carrier, clock, get } = await bandwidth();
    const { origin } = application;
    carrier.callbacks = { initiateUrl: `${origin}/in`, statusUrl: `${origin}/status` };
    const { callId } = carrier.arrive({}, 60_000);
    await carrier.webhooks.idle();
    expect(await get(callId)).toMatchObject({ data: { state: 'answered' } });
    clock.advance(63_000);
    await carrier.webhooks.idle();
    const events = application.received.map(({ path, body }) => ({ path, ...JSON.parse(body) }));
    expect(events).toMatchObject([
      { path: '/in', eventType: 'initiate', callId, direction: 'inbound', privacy: false },
      { path: '/status', eventType: 'disconnect', callId, cause: 'hangup' },
    ]);
    const absent = ['enqueuedTime', 'answerTime', 'tag'].filter((name) => name in events[0]);
    expect(absent).toEqual([]);
  });

  it('is rejected by an empty document, without an answerTime', async () => {
    const application = await startReceiver(() => xml('<Response/>'));
    const { carrier, get } = await bandwidth({ callbacks: { initiateUrl: `${application.origin}/in` } });
    const { callId } = carrier.arrive();
    await carrier.webhooks.idle();
    expect(await get(callId)).toMatchObject({ data: { disconnectCause: 'hangup', answerTime: null } });
  });
});

describe('Connect inbound call', () => {
  it('rings, is in progress and completed, each told to the StatusCallback of the number', async () => {
    const application = await startReceiver(({ path }) => (path === '/voice' ? rcml : undefined));
    const { origin } = application;
    const { carrier, clock, get } = await connect();
    carrier.callbacks = { voiceUrl: `${origin}/voice`, statusCallback: `${origin}/status` };
    const { sid } = carrier.arrive({ caller_name: 'Ada Berg' }, 60_000);
    await carrier.webhooks.idle();
    expect(members(await get(sid))).toMatchObject({ status: 'in-progress', direction: 'inbound' });
    clock.advance(63_000);
    await carrier.webhooks.idle();
    expect(members(await get(sid))).toMatchObject({ status: 'completed' });
    const told = application.received.filter(({ path }) => path === '/status').map(formOf);
    expect(told.map(({ CallStatus }) => CallStatus)).toEqual(['ringing', 'in-progress', 'completed']);
    expect(told[0]).toMatchObject({ CallSid: sid, Direction: 'inbound', CallerName: 'Ada Berg' });
    const asked = application.received.filter(({ path }) => path === '/voice').map(formOf);
    expect(asked).toMatchObject([{ CallSid: sid, CallStatus: 'ringing' }]);
  });

  it('is answered by the sandbox without an application', async () => {
    const { carrier, clock, get } = await connect();
    const { sid } = carrier.arrive({}, 60_000);
    expect(members(await get(sid))).toMatchObject({ status: 'ringing' });
    clock.advance(3_000);
    expect(members(await get(sid))).toMatchObject({ status: 'in-progress', ring_duration: 3 });
    clock.advance(60_000);
    expect(members(await get(sid))).toMatchObject({ status: 'completed', duration: 60 });
  });
});

describe('Calls that arrive by themselves', () => {
  it('are none by default', async () => {
    const clock = createManualClock();
    const sandbox = await startSandbox({ clock, calls: 0 });
    clock.advance(600_000);
    const { bandwidth, connect, sbc } = sandbox;
    expect([bandwidth, connect, sbc].map(({ calls }) => calls.length)).toEqual([0, 0, 0]);
    await sandbox.close();
  });

  it('are about as many as asked for, at every carrier, the same for the same seed', async () => {
    const counts = async () => {
      const clock = createManualClock();
      const sandbox = await startSandbox({ clock, calls: 0, arrivalsPerMinute: 6 });
      const count = () => [sandbox.bandwidth, sandbox.connect, sandbox.sbc].map(({ calls }) => calls.length);
      for (let minute = 0; minute < 30; minute++) {
        clock.advance(60_000);
        count();
      }
      const all = count();
      await sandbox.close();
      return all;
    };
    const first = await counts();
    for (const count of first) expect(Math.abs(count - 180)).toBeLessThan(60);
    expect(await counts()).toEqual(first);
  });

  it('can be read in every state at Bandwidth, and at SBC once they have ended', async () => {
    const at = await bandwidth({ arrivalsPerMinute: 6 });
    const states = new Set<string>();
    for (let second = 0; second < 200; second++) {
      at.clock.advance(1_000);
      for (const { state } of at.carrier.calls) states.add(state);
    }
    expect(states).toEqual(new Set(['initiated', 'answered', 'disconnected']));
    const other = await sbc({ arrivalsPerMinute: 6 });
    for (let minute = 0; minute < 9; minute++) {
      other.clock.advance(60_000);
      await other.list();
    }
    const listed = members(await other.list()).calls as { status: string }[];
    expect(new Set(listed.map(({ status }) => status))).toEqual(new Set(['COMPLETED']));
  });

  it('push out the oldest calls after days, and stop while many are in progress', async () => {
    const { carrier, clock } = await connect({ arrivalsPerMinute: 600 });
    let most = 0;
    for (let step = 0; step < 200; step++) {
      clock.advance(500_000);
      most = Math.max(most, carrier.calls.length);
      expect(carrier.calls.filter(({ status }) => status !== 'completed').length).toBeLessThanOrEqual(41);
    }
    expect(most).toBeLessThanOrEqual(12_000);
  });
});
