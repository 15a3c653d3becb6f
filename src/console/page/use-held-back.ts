import { useEffect, useState } from 'react';
import type { FreshCalls } from './fresh-calls.ts';
import type { ListedCall } from './use-calls.ts';

/**
 * Holds new calls back while the list is being read, further down or by keyboard, so that nothing moves under the eyes
 * or the finger. At the top they are shown at once.
 */
export function useHeldBack(calls: readonly ListedCall[], fresh: FreshCalls) {
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const waiting = calls.filter(({ id }) => fresh.has(id) && !revealed.has(id));
  const reveal = () =>
    setRevealed((before) =>
      waiting.length === 0 ? before : new Set([...before, ...waiting.map(({ id }) => id)]),
    );
  useEffect(() => {
    const revealAtTop = () => {
      if (!isBeingRead()) reveal();
    };
    revealAtTop();
    addEventListener('scroll', revealAtTop, { passive: true });
    addEventListener('focusout', revealAtTop);
    return () => {
      removeEventListener('scroll', revealAtTop);
      removeEventListener('focusout', revealAtTop);
    };
  });
  const hidden = new Set(waiting.map(({ id }) => id));
  return {
    shown: calls.filter(({ id }) => !hidden.has(id)),
    held: waiting.length,
    show() {
      reveal();
      scrollTo({ top: 0 });
    },
  };
}

function isBeingRead(): boolean {
  return scrollY > 40 || document.activeElement?.closest('tbody') != null;
}
