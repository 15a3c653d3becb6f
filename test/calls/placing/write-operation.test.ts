import { describe, expect, it } from 'vitest';
import { WriteOperation } from '../../../src/calls/placing/write-operation.ts';
import { Cancellation } from '../../../src/runtime/cancellation.ts';
import { someOperation } from '../../support/some-call.ts';

/** As `createOperation` makes it: the first signal fires for both reasons, the second for one. */
function started() {
  const [signal, deadline] = [new Cancellation(), new Cancellation()];
  const operation = { ...someOperation(), signal, deadline, endsAt: 7 };
  const leave = () => signal.abort('the client has left');
  const end = () => {
    signal.abort('the deadline has passed');
    deadline.abort('the deadline has passed');
  };
  return { operation, leave, end };
}

describe('an operation for a write', () => {
  it('ends when the client leaves before it is sent, with the reason', () => {
    const { operation, leave } = started();
    const write = new WriteOperation(operation);
    expect(write.signal.aborted).toBe(false);
    leave();
    expect([write.signal.aborted, write.signal.reason]).toEqual([true, 'the client has left']);
  });

  it('has ended where the client had left before', () => {
    const { operation, leave } = started();
    leave();
    const { signal } = new WriteOperation(operation);
    expect([signal.aborted, signal.reason]).toEqual([true, 'the client has left']);
  });

  it('ends with the deadline, sent or not, with the reason', () => {
    for (const isSent of [false, true]) {
      const { operation, end } = started();
      const write = new WriteOperation(operation);
      if (isSent) write.onSend();
      end();
      expect([write.signal.aborted, write.signal.reason]).toEqual([true, 'the deadline has passed']);
    }
  });

  it('once sent hears of the client no more', () => {
    const { operation, leave, end } = started();
    const write = new WriteOperation(operation);
    write.onSend();
    leave();
    expect(write.signal.aborted).toBe(false);
    end();
    expect(write.signal.reason).toBe('the deadline has passed');
  });

  it('once sent ends with the operation where there is no deadline apart', () => {
    const { operation, leave } = started();
    const { deadline: _, ...one } = operation;
    const write = new WriteOperation(one);
    write.onSend();
    leave();
    expect(write.signal.aborted).toBe(true);
  });

  it('keeps to itself that it is sent: the next one ends when the client leaves', () => {
    const { operation, leave } = started();
    const [one, other] = [new WriteOperation(operation), new WriteOperation(operation)];
    one.onSend();
    leave();
    expect([one.signal.aborted, other.signal.aborted]).toEqual([false, true]);
  });

  it('counts for the operation, and ends when that does', () => {
    const { operation } = started();
    const write = new WriteOperation(operation);
    write.requests += 2;
    write.milliseconds += 30;
    expect([operation.requests, operation.milliseconds]).toEqual([2, 30]);
    operation.requests += 1;
    expect([write.requests, write.milliseconds, write.endsAt]).toEqual([3, 30, 7]);
    expect(new WriteOperation(someOperation()).endsAt).toBeUndefined();
  });
});
