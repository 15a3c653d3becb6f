import { describe, expect, it, vi } from 'vitest';
import { Cancellation, type Listener } from '../../src/runtime/cancellation.ts';

function listener(
  act: () => void = () => undefined,
): Listener & { readonly handleEvent: ReturnType<typeof vi.fn> } {
  return { handleEvent: vi.fn(act) };
}

describe('a cancellation', () => {
  it('tells all who listen, once', () => {
    const cancellation = new Cancellation();
    const listeners = [listener(), listener(), listener()];
    for (const each of listeners) cancellation.addEventListener('abort', each);
    cancellation.abort('left');
    cancellation.abort('again');
    expect(listeners.map(({ handleEvent }) => handleEvent.mock.calls.length)).toEqual([1, 1, 1]);
    expect(cancellation).toMatchObject({ aborted: true, reason: 'left' });
  });

  it.each([0, 1, 2])('tells none that has been taken away, be it number %i', (gone) => {
    const cancellation = new Cancellation();
    const listeners = [listener(), listener(), listener()];
    for (const each of listeners) cancellation.addEventListener('abort', each);
    cancellation.removeEventListener('abort', listeners[gone] ?? listener());
    const late = listener();
    cancellation.addEventListener('abort', late);
    cancellation.abort('left');
    const told = listeners.map(({ handleEvent }) => handleEvent.mock.calls.length);
    expect(told).toEqual([0, 1, 2].map((i) => (i === gone ? 0 : 1)));
    expect(late.handleEvent).toHaveBeenCalledTimes(1);
  });

  it('does not tell one that another, told before it, has taken away', () => {
    const cancellation = new Cancellation();
    const last = listener();
    const first = listener(() => cancellation.removeEventListener('abort', last));
    for (const each of [first, last]) cancellation.addEventListener('abort', each);
    cancellation.abort('left');
    expect(last.handleEvent).not.toHaveBeenCalled();
  });

  it('is listened to as an AbortSignal is', () => {
    const controller = new AbortController();
    const each = listener();
    controller.signal.addEventListener('abort', each, { once: true });
    controller.abort();
    expect(each.handleEvent).toHaveBeenCalledTimes(1);
  });
});
