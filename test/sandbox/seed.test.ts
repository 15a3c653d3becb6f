import { describe, expect, it, onTestFinished } from 'vitest';
import { createManualClock, startSandbox } from '../../src/sandbox/index.ts';
import { ask, bandwidth, basic, connect, members, rows, sbc } from './emulated.ts';

const week = 7 * 86_400_000;
const seed = { calls: 1_000, seed: 7 };
const tally = (words: readonly unknown[]) => new Set(words);

describe('seeded calls', () => {
  it('are the same for the same seed and time, and others for another seed', async () => {
    for (const start of [bandwidth, connect, sbc] as const) {
      const [first, second, third] = [
        await start({ seed }),
        await start({ seed }),
        await start({ seed: { ...seed, seed: 8 } }),
      ];
      expect(first.carrier.calls).toEqual(second.carrier.calls);
      expect(first.carrier.calls).not.toEqual(third.carrier.calls);
      expect(first.carrier.calls).toHaveLength(1_000);
    }
  });

  it('at Bandwidth are all listed, of the last seven days, and every time in its order', async () => {
    const { list, clock } = await bandwidth({ seed });
    const calls = rows(await list());
    expect(calls).toHaveLength(1_000);
    for (const { enqueuedTime, startTime, answerTime, endTime, state } of calls) {
      const times = [enqueuedTime, startTime, answerTime, endTime]
        .filter((time) => typeof time === 'string')
        .map((time) => Date.parse(time));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[0]).toBeGreaterThan(clock.now() - week - 3_600_000);
      expect(times.at(-1)).toBeLessThanOrEqual(clock.now());
      expect(state === 'disconnected').toBe(endTime !== null);
    }
  });

  it('at Bandwidth vary: causes, directions, transfers, attestations, live calls', async () => {
    const { list, update } = await bandwidth({ seed: { calls: 3_000, seed: 1 } });
    const calls = rows(await list({ pageSize: '10000' }));
    expect(tally(calls.map((call) => call.disconnectCause)).size).toBeGreaterThan(10);
    expect(tally(calls.map((call) => call.direction))).toEqual(new Set(['inbound', 'outbound']));
    const known = new Set(calls.map((call) => call.callId));
    const legs = calls.filter((call) => call.parentCallId !== null);
    expect(legs.length).toBeGreaterThan(20);
    expect(legs.every((leg) => known.has(leg.parentCallId) && leg.direction === 'outbound')).toBe(true);
    for (const call of calls) expect('stirShaken' in call).toBe(call.direction === 'inbound');
    const live = calls.filter((call) => call.state === 'answered');
    expect(live.length).toBeGreaterThan(3);
    for (const call of live)
      expect(await update(String(call.callId), { state: 'completed' })).toMatchObject({ status: 200 });
  });

  it('at Connect vary: spellings, directions, parents, sids of both ages, live calls', async () => {
    const { carrier, list, modify } = await connect({ seed });
    expect(await list()).toMatchObject({ data: { total: 1_000 } });
    const statuses = tally(carrier.calls.map((call) => call.status));
    for (const status of ['completed', 'COMPLETED', 'canceled', 'CANCELED', 'BUSY', 'busy'])
      expect(statuses).toContain(status);
    expect(tally(carrier.calls.map((call) => call.direction))).toEqual(
      new Set(['inbound', 'outbound-api', 'Client-To-Client']),
    );
    const known = new Set(carrier.calls.map((call) => call.sid));
    const legs = carrier.calls.filter((call) => call.parent_call_sid !== null);
    expect(legs.length).toBeGreaterThan(10);
    expect(legs.every((leg) => known.has(leg.parent_call_sid ?? ''))).toBe(true);
    expect(tally([...known].map((sid) => sid.length))).toEqual(new Set([34, 69]));
    const live = carrier.calls.filter((call) => call.status === 'in-progress');
    expect(live).toHaveLength(8);
    expect(await modify(live[0]?.sid ?? '', { Status: 'completed' })).toMatchObject({ status: 200 });
  });

  it('at SBC are COMPLETED or FAILED, and those under way cannot be read yet', async () => {
    const { carrier, list, clock } = await sbc({ seed });
    expect(await list()).toMatchObject({ data: { total: 992 } });
    expect(tally(carrier.calls.map((call) => call.status))).toEqual(
      new Set(['COMPLETED', 'FAILED', 'IN_PROGRESS']),
    );
    clock.advance(2 * 3_600_000);
    expect(await list()).toMatchObject({ data: { total: 1_000 } });
  });

  it('end by themselves in the end', async () => {
    const { carrier, clock } = await connect({ seed });
    clock.advance(9 * 3_600_000);
    expect(carrier.calls.filter((call) => call.status === 'in-progress')).toHaveLength(0);
  });
});

describe('the whole sandbox', () => {
  it('starts all three with the accounts that lead to them', async () => {
    const sandbox = await startSandbox({ clock: createManualClock(), calls: 100 });
    onTestFinished(() => sandbox.close());
    const { bandwidth, connect, sbc, accounts } = sandbox;
    expect(accounts).toEqual([
      {
        key: 'bandwidth-sandbox',
        name: expect.any(String),
        provider: 'bandwidth',
        accountId: '9900000',
        applicationId: '04e88489-df02-4e34-a0ee-27a91849555f',
        baseUrl: bandwidth.baseUrl,
        tokenUrl: bandwidth.tokenUrl,
        auth: { clientId: bandwidth.clientId, clientSecret: bandwidth.clientSecret },
      },
      {
        key: 'connect-sandbox',
        name: expect.any(String),
        provider: 'restcomm',
        dialect: 'connect',
        accountSid: connect.accountSid,
        baseUrl: connect.baseUrl,
        auth: { username: connect.accountSid, password: connect.authToken },
        format: 'json',
      },
      {
        key: 'sbc-sandbox',
        name: expect.any(String),
        provider: 'restcomm',
        dialect: 'sbc',
        baseUrl: sbc.baseUrl,
        auth: { username: sbc.username, password: sbc.password },
        format: 'json',
      },
    ]);
    const headers = { authorization: basic(connect.accountSid, connect.authToken) };
    const answer = await ask(`${connect.baseUrl}/Accounts/${connect.accountSid}/Calls.json`, { headers });
    expect(members(answer).total).toBe(100);
  });

  it('runs by itself on the machine’s clock', async () => {
    const sandbox = await startSandbox({ calls: 0 });
    onTestFinished(() => sandbox.close());
    const { bandwidth } = sandbox;
    const headers = { authorization: basic(bandwidth.username, bandwidth.password) };
    const json = {
      to: '+19195551234',
      from: '+19195554321',
      applicationId: bandwidth.applicationId,
      answerUrl: 'http://a.example',
    };
    await ask(`${bandwidth.baseUrl}/accounts/${bandwidth.accountId}/calls`, { json, headers });
    expect(bandwidth.calls[0]).toMatchObject({ state: 'queued' });
    await expect.poll(() => bandwidth.calls[0]?.state, { timeout: 3_000 }).toBe('initiated');
  });
});
