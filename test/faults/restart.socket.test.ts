import { afterEach, describe, expect, it } from 'vitest';
import { guard } from '../support/guard.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { killServers } from '../support/run-server.ts';
import { restartUnderLoad } from './rolling-restart.ts';

guard({ time: 'real' });
afterEach(killServers);

// At full strength in `restart.bench.ts`.
describe.skipIf(!hasOwnRedis)(
  `three replicas that are restarted one after the other ${unlessNoOwnRedis}`,
  () => {
    it('answer every request, and place each call once', async () => {
      const report = await restartUnderLoad({ restarts: 2, perSecond: 20 });
      expect(report.codes).toEqual({ ok: report.requests });
      expect(report).toMatchObject({ placed: report.creates, mostSent: 1, exits: [0, 0] });
    });
  },
);
