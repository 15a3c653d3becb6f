import { isMatch } from '../../calls/filter.ts';
import type { PageRequest } from '../../calls/page.ts';
import type { Crowd } from './hint.ts';
import type { PlacedCall } from './list-rows.ts';
import { createdTimeOf, type Reading } from './read-window.ts';
import { toBound } from './to-instant.ts';
import { addWindow, isHere, type Progress, skew, type Window } from './windows.ts';

/** What a window has taught, whether it was read whole or was too long. */
export function advance(
  progress: Progress,
  window: Window,
  { calls, isWhole, reached }: Reading,
  { request, wanted }: { readonly request: PageRequest; readonly wanted: number },
): Progress {
  const { base, crowded, tally } = progress;
  // No call in all the answers that there was time for: nothing to learn from.
  if (!isWhole && calls.length === 0) return progress;
  const start = window.min ?? (createdTimeOf(calls[0]) || base);
  const end = toBound(base);
  const passed = calls.filter(({ createdAt }) => createdAt < end);
  const matches = countMatches(passed, request);
  if (!isWhole) {
    const seen = addWindow(undefined, calls.length, countMatches(calls, request), reached - start);
    // With enough calls among them, it is the window that has to be shorter, wherever it came to.
    return meet(progress, { at: matches < wanted ? reached : Math.min(reached, base - skew), tally: seen });
  }
  const isPast = passed.length > 0 || crowded === undefined || start <= crowded.at;
  return {
    base: start,
    max: start,
    span: base - start,
    isThin: 4 * matches < wanted,
    crowded: isPast ? undefined : crowded,
    tally: addWindow(tally, passed.length, matches, base - start),
  };
}

/** How long a thin stretch is the pace of a crowd does not tell: what led to it is believed, until it was no stretch. */
function meet(progress: Progress, crowded: Crowd): Progress {
  const isTold = progress.tally !== undefined && (progress.isThin || isHere({ ...progress, crowded }));
  return { ...progress, crowded, tally: isTold ? progress.tally : crowded.tally };
}

function countMatches(calls: readonly PlacedCall[], { filter }: PageRequest): number {
  return calls.filter((call) => isMatch(call, filter)).length;
}
