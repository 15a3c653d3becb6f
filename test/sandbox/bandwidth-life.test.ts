import { describe, expect, it } from 'vitest';
import { bandwidth, members } from './emulated.ts';

const at = (milliseconds: number) =>
  new Date(Date.parse('2026-11-20T12:00:00.000Z') + milliseconds).toISOString();

async function created(changes: Record<string, unknown> = {}, options = {}) {
  const emulated = await bandwidth(options);
  const callId = String(members(await emulated.create(changes)).callId);
  const look = async (after: number) => {
    emulated.clock.advance(after);
    return members(await emulated.get(callId));
  };
  return { ...emulated, callId, look };
}

describe('Bandwidth life cycle', () => {
  it('is queued with an enqueuedTime only', async () => {
    const { look, callId, carrier } = await created();
    expect(await look(499)).toEqual({
      applicationId: carrier.applicationId,
      accountId: '9900000',
      callId,
      parentCallId: null,
      to: '+19195551234',
      from: '+19195554321',
      direction: 'outbound',
      state: 'queued',
      enqueuedTime: at(0),
      startTime: null,
      answerTime: null,
      endTime: null,
      disconnectCause: null,
      errorMessage: null,
      errorId: null,
      lastUpdate: at(0),
    });
  });

  it('is initiated with a startTime, answered with an answerTime, disconnected with an endTime and a cause', async () => {
    const { look } = await created();
    expect(await look(500)).toMatchObject({
      state: 'initiated',
      startTime: at(500),
      answerTime: null,
      lastUpdate: at(500),
    });
    expect(await look(2_000)).toMatchObject({ state: 'answered', answerTime: at(2_500), endTime: null });
    const over = {
      state: 'disconnected',
      endTime: at(122_500),
      disconnectCause: 'hangup',
      lastUpdate: at(122_500),
    };
    expect(await look(120_000)).toMatchObject({ ...over, errorMessage: null, errorId: null });
  });

  it('ends on time however late somebody looks', async () => {
    const { look } = await created();
    expect(await look(3_600_000)).toMatchObject({
      startTime: at(500),
      answerTime: at(2_500),
      endTime: at(122_500),
    });
  });

  it.each([
    ['+19195550486', 'busy', 'Callee is busy', 2_500],
    ['+19195550603', 'rejected', 'Callee rejected the call', 2_500],
    ['+19195550404', 'error', 'Callee not found', 2_500],
    ['+19195550503', 'error', 'Service unavailable', 2_500],
    ['+19195550408', 'timeout', 'Call was not answered', 30_500],
  ])('ends a call to %s as %s', async (to, disconnectCause, errorMessage, ended) => {
    const { look } = await created({ to });
    const call = await look(60_000);
    expect(call).toMatchObject({
      state: 'disconnected',
      answerTime: null,
      endTime: at(ended),
      disconnectCause,
      errorMessage,
    });
    expect(call.errorId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('talks for an hour with numbers that end in 700', async () => {
    const { look } = await created({ to: '+19195550700' });
    expect(await look(3_600_000)).toMatchObject({ state: 'answered' });
    expect(await look(10_000)).toMatchObject({ state: 'disconnected', disconnectCause: 'hangup' });
  });

  it('rings no longer than callTimeout', async () => {
    const { look } = await created({ callTimeout: 1.5 });
    expect(await look(10_000)).toMatchObject({ disconnectCause: 'timeout', endTime: at(2_000) });
  });

  it('cannot be read before the read lag is over, and then can', async () => {
    const { get, list, callId, clock, update } = await created({}, { readLag: 5_000 });
    clock.advance(4_999);
    expect(await get(callId)).toMatchObject({ status: 404 });
    expect(await list()).toMatchObject({ data: [] });
    expect(await update(callId, { state: 'active', redirectUrl: 'http://a.example' })).toMatchObject({
      status: 200,
    });
    clock.advance(1);
    expect(await get(callId)).toMatchObject({ status: 200 });
    expect(await list()).toMatchObject({ data: [{ callId }] });
  });

  it('dials at the calls per second, priority 1 before 5', async () => {
    const { create, carrier, clock } = await bandwidth({ cps: 2 });
    for (const priority of [5, 5, 1, 3]) await create({ priority });
    clock.advance(500 + 3 * 500);
    const starts = carrier.calls.map((call) => call.startTime);
    expect(starts).toEqual([at(1_500), at(2_000), at(500), at(1_000)]);
  });

  it('is forgotten seven days after its end: listed no more, 404 for everything', async () => {
    const { get, list, update, bxml, callId, clock } = await created();
    clock.advance(122_500 + 7 * 86_400_000);
    expect(await get(callId)).toMatchObject({ status: 200 });
    expect(await list()).toMatchObject({ data: [{ callId }] });
    clock.advance(1);
    const data = { type: 'validation', description: `Call [${callId}] not found`, id: null };
    expect(await get(callId)).toMatchObject({ status: 404, data });
    expect(await list()).toMatchObject({ status: 200, data: [] });
    expect(await update(callId, { state: 'completed' })).toMatchObject({ status: 404, data });
    expect(await bxml(callId, '<Bxml/>')).toMatchObject({ status: 404, data });
  });
});

describe('Bandwidth getCallState', () => {
  it.each(['does-not-exist', 'Call-Id', 'testCallId'])('answers %s with 404', async (callId) => {
    const { get } = await bandwidth();
    const description = `Call [${callId}] not found`;
    expect(await get(callId)).toMatchObject({
      status: 404,
      data: { type: 'validation', description, id: null },
    });
  });

  it('answers a call of another account with 404', async () => {
    const { get, list, carrier } = await bandwidth();
    const { callId } = carrier.add({ accountId: '1234567' });
    expect(await get(callId)).toMatchObject({ status: 404 });
    expect(await list()).toMatchObject({ data: [] });
  });

  it('answers an array of one where that form is switched on', async () => {
    const { get, carrier } = await bandwidth({ getAsArray: true });
    const { callId } = carrier.add({});
    expect(await get(callId)).toMatchObject({ status: 200, data: [{ callId }] });
  });

  it('shows calls exactly as a test put them there', async () => {
    const { get, carrier } = await bandwidth();
    const given = {
      state: 'parked-by-aliens',
      disconnectCause: 'boredom',
      to: 'sip:x@y',
      identity: 'eyJ',
      startTime: null,
    };
    const { callId } = carrier.add(given);
    expect(await get(callId)).toMatchObject({ data: given });
    carrier.change(callId, { state: 'answered' });
    expect(await get(callId)).toMatchObject({ data: { state: 'answered' } });
    expect(carrier.remove(callId)).toBe(true);
    expect(await get(callId)).toMatchObject({ status: 404 });
  });

  it('leaves a call that was put there alone, however late it gets', async () => {
    const { get, carrier, clock } = await bandwidth();
    const { callId } = carrier.add({ state: 'answered' });
    clock.advance(86_400_000);
    expect(await get(callId)).toMatchObject({ data: { state: 'answered', endTime: null } });
  });
});
