import { describe, expect, it } from 'vitest';
import { ask, basic, connect, members } from './emulated.ts';

describe('Connect, modifying a live call', () => {
  it.each([
    ['canceled', 'QUEUED', 'canceled'],
    ['canceled', 'RINGING', 'canceled'],
    ['canceled', 'wait-for-answer', 'canceled'],
    ['canceled', 'in-progress', 'in-progress'],
    ['completed', 'QUEUED', 'canceled'],
    ['completed', 'RINGING', 'canceled'],
    ['completed', 'in-progress', 'completed'],
    ['completed', 'IN_PROGRESS', 'completed'],
    ['whatever', 'RINGING', 'RINGING'],
  ])('Status=%s on %s makes it %s, and the answer shows it as before', async (Status, before, after) => {
    const { carrier, modify, get } = await connect();
    const { sid } = carrier.add({ status: before });
    expect(await modify(sid, { Status })).toMatchObject({ status: 200, data: { sid, status: before } });
    expect(await get(sid)).toMatchObject({ data: { status: after } });
  });

  it('answers XML under the usual root', async () => {
    const { carrier, modify } = await connect();
    const { sid } = carrier.add({ status: 'ringing' });
    expect((await modify(sid, {}, '')).text).toMatch(/^<RestcommResponse>\n {2}<Call>/);
  });

  it('sets end_time and duration on hang-up', async () => {
    const { carrier, modify, get, clock } = await connect();
    const { sid } = carrier.add({ status: 'in-progress', start_time: clock.now() });
    clock.advance(7_900);
    await modify(sid, { Status: 'completed' });
    expect(await get(sid)).toMatchObject({ data: { end_time: '2026-11-20T12:00:07.900Z', duration: 7 } });
  });

  it('mutes with Mute=true, and unmutes whenever Mute is left out', async () => {
    const { carrier, modify } = await connect();
    const { sid } = carrier.add({ status: 'in-progress' });
    await modify(sid, { Mute: 'true' });
    expect(carrier.calls[0]).toMatchObject({ muted: true });
    await modify(sid, { Url: 'http://app.example/next' });
    expect(carrier.calls[0]).toMatchObject({ muted: false });
    await modify(sid, { Mute: 'TRUE' });
    await modify(sid, {});
    expect(carrier.calls[0]).toMatchObject({ muted: false });
  });

  it('does not touch Mute before the call is in progress', async () => {
    const { carrier, modify } = await connect();
    const { sid } = carrier.add({ status: 'RINGING', muted: false });
    await modify(sid, { Mute: 'true' });
    expect(carrier.calls[0]).toMatchObject({ muted: false });
  });

  it.each([
    [undefined, 'completed'],
    ['true', 'in-progress'],
  ])('with Url and MoveConnectedCallLeg=%s leaves the other leg %s', async (moves, status) => {
    const { carrier, modify, get, clock } = await connect();
    const { sid } = carrier.add({ status: 'in-progress' });
    const leg = carrier.add({ status: 'in-progress', parent_call_sid: sid });
    const form = {
      Url: 'http://app.example/next',
      ...(moves === undefined ? {} : { MoveConnectedCallLeg: moves }),
    };
    expect(await modify(sid, form)).toMatchObject({ status: 200 });
    expect(await get(leg.sid)).toMatchObject({ data: { status } });
    clock.advance(119_999);
    expect(await get(sid)).toMatchObject({ data: { status: 'in-progress' } });
    clock.advance(1);
    expect(await get(sid)).toMatchObject({ data: { status: 'completed' } });
  });

  it('answers 200 to nothing at all', async () => {
    const { carrier, modify } = await connect();
    const { sid } = carrier.add({ status: 'ringing' });
    expect(await modify(sid, {})).toMatchObject({ status: 200 });
  });

  it.each([
    ['next', 'no protocol: next'],
    ['gopher://x', 'unknown protocol: gopher'],
  ])('answers Url=%s with 500 after Status has been done', async (Url, text) => {
    const { carrier, modify, get } = await connect();
    const { sid } = carrier.add({ status: 'in-progress' });
    expect(await modify(sid, { Url, Status: 'completed' })).toMatchObject({ status: 500, text });
    expect(await get(sid)).toMatchObject({ data: { status: 'completed' } });
  });

  it.each(['completed', 'COMPLETED', 'busy', 'FAILED', 'canceled', 'NO_ANSWER'])(
    'answers a call that is %s with 410',
    async (status) => {
      const { carrier, modify } = await connect();
      const { sid } = carrier.add({ status });
      const answer = await modify(sid, { Status: 'completed' });
      expect(answer).toMatchObject({ status: 410, text: 'Call is already completed.' });
      expect(answer.headers.get('content-type')).toBe('application/json');
    },
  );

  it('answers an unknown call with 406, a malformed sid with 400, both empty', async () => {
    const { modify } = await connect();
    expect(await modify(`CA${'0'.repeat(32)}`, {})).toMatchObject({ status: 406, text: '' });
    expect(await modify('nonsense', {})).toMatchObject({ status: 400, text: '' });
  });

  it('answers a record without call path with 500 and a text', async () => {
    const { carrier, modify } = await connect();
    const { sid } = carrier.add({ status: 'IN_PROGRESS', call_path: null });
    expect(await modify(sid, { Status: 'completed' })).toMatchObject({
      status: 500,
      text: 'Futures timed out after [10 seconds]',
    });
  });

  it("answers another account's call with 400, unless the caller has no parent", async () => {
    const child = {
      sid: `AC${'1'.repeat(32)}`,
      authToken: 't',
      parentSid: 'ACae6e420f425248d6a26948c17a9e2acf',
    };
    const { carrier, modify } = await connect({ accounts: [child] });
    const { sid } = carrier.add({ status: 'in-progress' });
    const headers = { authorization: basic(child.sid, child.authToken) };
    const path = `${carrier.baseUrl}/Accounts/${child.sid}/Calls/${sid}.json`;
    expect(await ask(path, { form: { Status: 'completed' }, headers })).toMatchObject({
      status: 400,
      text: '',
    });
    const theirs = carrier.add({ status: 'in-progress', account_sid: child.sid });
    expect(await modify(theirs.sid, { Status: 'completed' })).toMatchObject({ status: 200 });
  });

  it('takes forms only', async () => {
    const { send, account, carrier } = await connect();
    const { sid } = carrier.add({ status: 'in-progress' });
    expect(await send(`${account}/Calls/${sid}.json`, { method: 'POST' })).toMatchObject({ status: 415 });
    expect(await send(`${account}/Calls/${sid}.json`, { json: {} })).toMatchObject({ status: 500 });
  });

  it('cancels a created call on request', async () => {
    const { create, modify, get, clock } = await connect();
    const sid = String(members(await create()).sid);
    clock.advance(1_000);
    await modify(sid, { Status: 'canceled' });
    clock.advance(600_000);
    expect(await get(sid)).toMatchObject({
      data: { status: 'canceled', duration: 1, end_time: '2026-11-20T12:00:01.000Z' },
    });
  });
});
