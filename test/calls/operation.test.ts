import { describe, expect, it } from 'vitest';
import { outlastingClient } from '../../src/calls/operation.ts';
import { someOperation } from '../support/some-call.ts';

const never = new AbortController().signal;

describe('an operation that outlasts its client', () => {
  it('ends with the deadline alone', () => {
    const operation = { ...someOperation(AbortSignal.abort()), deadline: never };
    expect(outlastingClient(operation).signal).toBe(never);
  });

  it('ends with the operation where there is no deadline apart', () => {
    expect(outlastingClient(someOperation(never)).signal).toBe(never);
  });

  it('counts for the operation', () => {
    const operation = someOperation();
    const lasting = outlastingClient(operation);
    lasting.requests += 2;
    lasting.milliseconds += 30;
    expect([operation.requests, operation.milliseconds]).toEqual([2, 30]);
    operation.requests += 1;
    expect([lasting.requests, lasting.milliseconds]).toEqual([3, 30]);
  });
});
