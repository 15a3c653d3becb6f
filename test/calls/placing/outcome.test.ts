import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src/calls/failure.ts';
import { toCreateOutcome, toUpdateOutcome } from '../../../src/calls/placing/outcome.ts';
import { someCall } from '../../support/some-call.ts';

const call = someCall();
const failure = new ProviderError('OUTCOME_UNKNOWN', 'It may or may not have been done.');
const bug = new TypeError('a bug');

describe('what came of placing a call', () => {
  it('is the call', async () => {
    const outcome = await toCreateOutcome(async () => ({ call, replayed: true }));
    expect(outcome).toEqual({ call, replayed: true, failures: [] });
  });

  it('is a failure, and no call', async () => {
    const outcome = await toCreateOutcome(() => Promise.reject(failure));
    expect(outcome).toEqual({ call: null, replayed: false, failures: [failure] });
  });

  it('is thrown on when it is a bug', async () => {
    await expect(toCreateOutcome(() => Promise.reject(bug))).rejects.toBe(bug);
  });
});

describe('what came of a change', () => {
  it('is how to read the call', async () => {
    const reread = async () => call;
    expect(await toUpdateOutcome(async () => reread)).toEqual({ call: reread, failures: [] });
  });

  it('is a failure', async () => {
    const outcome = await toUpdateOutcome(() => Promise.reject(failure));
    expect(outcome).toEqual({ call: null, failures: [failure] });
  });

  it('is thrown on when it is a bug', async () => {
    await expect(toUpdateOutcome(() => Promise.reject(bug))).rejects.toBe(bug);
  });
});
