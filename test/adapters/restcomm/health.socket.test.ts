import { describe, expect, it } from 'vitest';
import { connect } from './harness.ts';

describe('the health of an account, while a response does not come', () => {
  it.each([
    ['is not touched by a client that leaves', 'signal', 'UNKNOWN'],
    ['is degraded by the deadline', 'deadline', 'DEGRADED'],
  ] as const)('%s', async (_, aborted, state) => {
    const { adapter, carrier } = await connect();
    carrier.faults.add({ do: { kind: 'hang' } });
    const [client, time] = [new AbortController(), new AbortController()];
    const call = adapter.get('CA00000000000000000000000000000000', {
      signal: client.signal,
      deadline: time.signal,
      requests: 0,
      milliseconds: 0,
    });
    await expect.poll(() => carrier.journal.length).toBe(1);
    if (aborted === 'deadline') time.abort();
    client.abort();
    await expect(call).rejects.toMatchObject({ code: 'PROVIDER_TIMEOUT' });
    expect(adapter.health.state).toBe(state);
  });
});
