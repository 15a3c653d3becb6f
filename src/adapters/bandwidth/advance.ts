import type { Call } from '../../calls/call.ts';
import { isMatch } from '../../calls/filter.ts';
import type { PageRequest } from '../../calls/page.ts';
import { isPlaced } from './harvest.ts';
import type { Crowd } from './hint.ts';
import { createdTimeOf, type Reading, reachOf } from './read-window.ts';
import { toBound } from './to-instant.ts';
import { addWindow, isHere, type Progress, skew, type Window } from './windows.ts';

/** What a window has taught, whether it was read whole or was too long. */
export function advance(
  progress: Progress,
  window: Window,
  { calls, isWhole }: Reading,
  { request, wanted }: { readonly request: PageRequest; readonly wanted: number },
): Progress {
  const { base, crowded, tally } = progress;
  const start = window.min ?? createdTimeOf(calls.find(isPlaced));
  const end = toBound(base);
  const passed = calls.filter(({ createdAt }) => createdAt !== null && createdAt < end);
  const matches = countMatches(passed, request);
  if (!isWhole) {
    const reach = reachOf(calls);
    const seen = addWindow(undefined, calls.length, countMatches(calls, request), reach - start);
    // With enough calls among them, it is the window that has to be shorter, wherever it came to.
    return meet(progress, { at: matches < wanted ? reach : Math.min(reach, base - skew), tally: seen });
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

function countMatches(calls: readonly Call[], { filter }: PageRequest): number {
  return calls.filter((call) => isMatch(call, filter)).length;
}
