import { describe, expect, it } from 'vitest';
import { pause } from '../support/eventually.ts';
import { answer, failureOf, listen, open, send } from './wire-server.ts';

/** What keeps this process alive; alone in its file, so that no other test's leavings are in it. */
const resources = () => process.getActiveResourcesInfo().sort();

describe('a client that is closed', () => {
  it('leaves no timer and no socket behind, whatever became of its requests', async () => {
    await pause(20);
    const before = resources();
    const server = await listen((socket, _, nth) => {
      if (nth % 3 === 0) socket.destroy();
      if (nth % 3 === 1) socket.write(answer('good'));
    });
    const client = open(`http://${server.address}`, { readDeadline: 60_000, headersTimeout: 60_000 });
    const sending = Array.from({ length: 30 }, () => failureOf(send(client, {}, AbortSignal.timeout(50))));
    expect(await Promise.all(sending)).toContainEqual(['aborted', true]);
    await client.close();
    await server.close();
    await expect.poll(resources, { timeout: 10_000 }).toEqual(before);
  });
});
