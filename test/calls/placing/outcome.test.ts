import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src/calls/failure.ts';
import { OperationRecord } from '../../../src/calls/operation-record.ts';
import { toCreateOutcome, toUpdateOutcome } from '../../../src/calls/placing/outcome.ts';
import { someCall } from '../../support/some-call.ts';

const call = someCall();
const failure = new ProviderError('OUTCOME_UNKNOWN', 'It may or may not have been done.');
const bug = new TypeError('a bug');

describe('what came of placing a call', () => {
  it('is the call', async () => {
    const record = new OperationRecord();
    const outcome = await toCreateOutcome(record, async () => ({ call, replayed: true, losses: [] }));
    expect(outcome).toEqual({ call, replayed: true, losses: [], failures: [] });
    expect(record).toMatchObject({ failures: [], replayed: [{ accountKey: call.account.key }] });
  });

  it('is a failure, and no call', async () => {
    const record = new OperationRecord();
    const outcome = await toCreateOutcome(record, () => Promise.reject(failure));
    expect(outcome).toEqual({ call: null, replayed: false, losses: [], failures: [failure] });
    expect(record).toMatchObject({ failures: [failure], replayed: [] });
  });

  it('is thrown on when it is a bug', async () => {
    await expect(toCreateOutcome(new OperationRecord(), () => Promise.reject(bug))).rejects.toBe(bug);
  });
});

describe('what came of a change', () => {
  it('is how to read the call', async () => {
    const reread = async () => call;
    expect(await toUpdateOutcome(new OperationRecord(), async () => reread)).toEqual({
      call: reread,
      failures: [],
    });
  });

  it('is a failure', async () => {
    const record = new OperationRecord();
    const outcome = await toUpdateOutcome(record, () => Promise.reject(failure));
    expect(outcome).toEqual({ call: null, failures: [failure] });
    expect(record.failures).toEqual([failure]);
  });

  it('is thrown on when it is a bug', async () => {
    await expect(toUpdateOutcome(new OperationRecord(), () => Promise.reject(bug))).rejects.toBe(bug);
  });
});
