import { expect, it } from 'vitest';
import { guard } from '../support/guard.ts';
import { restartUnderLoad } from './rolling-restart.ts';

guard({ time: 'real' });

it('loses no request of 300 a second while three replicas are restarted three times each', async () => {
  const report = await restartUnderLoad({ restarts: 9, perSecond: 300, delay: '5s' });
  const { codes, exits, ...figures } = report;
  console.table([{ ...figures, exits: exits.join(' ') }]);
  console.table(codes);
  expect(codes).toEqual({ ok: report.requests });
  expect(report).toMatchObject({ placed: report.creates, mostSent: 1, exits: Array(9).fill(0) });
});
