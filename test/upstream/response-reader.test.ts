import { describe, expect, it, vi } from 'vitest';
import { HttpFailure } from '../../src/upstream/http-failure.ts';
import { ResponseReader } from '../../src/upstream/response-reader.ts';

/** A reader as the client makes it, spoken to in undici's place. */
function open(signal = new AbortController().signal) {
  const [resolve, reject, abort] = [vi.fn(), vi.fn(), vi.fn()];
  const waiter = { signal, requests: 0, milliseconds: 0 };
  const reader = new ResponseReader(waiter, { maxBodyBytes: 10, readDeadline: 1_000 }, resolve, reject);
  const controller = { abort } as unknown as Parameters<ResponseReader['onRequestStart']>[0];
  return { reader, controller, resolve, reject, abort };
}

describe('an answer reader', () => {
  it('answers once, whatever is told afterwards', () => {
    const { reader, controller, resolve, reject } = open();
    reader.onRequestStart(controller);
    reader.onResponseStart(controller, 200, {});
    reader.onResponseEnd();
    reader.onResponseEnd();
    reader.onResponseError(controller, new Error('late'));
    expect(resolve.mock.calls).toEqual([[{ status: 200, headers: {}, text: '' }]]);
    expect(reject).not.toHaveBeenCalled();
  });

  it('fails once, too, and releases the connection', () => {
    const aborter = new AbortController();
    const { reader, controller, resolve, reject, abort } = open(aborter.signal);
    reader.onRequestStart(controller);
    aborter.abort('left');
    reader.onResponseData(controller, Buffer.alloc(11));
    reader.onResponseEnd();
    expect(reject.mock.calls).toEqual([[new HttpFailure('aborted', true, 'left')]]);
    expect(abort).toHaveBeenCalledTimes(1);
    expect(resolve).not.toHaveBeenCalled();
  });

  it('refuses a connection that comes too late', () => {
    const aborter = new AbortController();
    const { reader, controller, reject, abort } = open(aborter.signal);
    aborter.abort('left');
    reader.onRequestStart(controller);
    expect(reject.mock.calls).toEqual([[new HttpFailure('aborted', false, 'left')]]);
    expect(abort).toHaveBeenCalledTimes(1);
  });
});
