import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src/calls/failure.ts';
import { OperationRecord } from '../../../src/calls/operation-record.ts';
import { toOutcome } from '../../../src/calls/placing/outcome.ts';
import { someCall } from '../../support/some-call.ts';

const call = someCall();
const failed = { call: null, losses: [] };

describe('what came of a change', () => {
  it('is the call', async () => {
    const record = new OperationRecord();
    const outcome = await toOutcome(record, failed, async () => ({ call, replayed: true, losses: [] }));
    expect(outcome).toEqual({ call, replayed: true, losses: [], userErrors: [] });
    expect(record.failures).toEqual([]);
  });

  it('is a failure, and no call', async () => {
    const record = new OperationRecord();
    const told = { code: 'OUTCOME_UNKNOWN', message: 'It may or may not have been done.' } as const;
    const failure = new ProviderError(told.code, told.message);
    const outcome = await toOutcome(record, failed, () => Promise.reject(failure));
    const userErrors = [{ ...told, field: null, retryAfter: null, providerErrorId: null }];
    expect(outcome).toEqual({ call: null, losses: [], userErrors });
    expect(record.failures).toEqual([failure]);
  });

  it('is thrown on when it is a bug', async () => {
    const bug = new TypeError('a bug');
    await expect(toOutcome(new OperationRecord(), failed, () => Promise.reject(bug))).rejects.toBe(bug);
  });
});
