import type { Page, PageRequest, Position } from '../../calls/page.ts';
import { advance } from './advance.ts';
import type { CallList } from './call-list.ts';
import { Harvest } from './harvest.ts';
import { readCrowd, readTally, writeCrowd, writeTally } from './hint.ts';
import type { PlacedCall } from './list-rows.ts';
import { createdTimeOf, readWindow } from './read-window.ts';
import { toBound } from './to-instant.ts';
import type { Unstarted } from './unstarted.ts';
import { beginningOf } from './walk-state.ts';
import { addPage, horizon, longestWait, nextWindow, type Progress, skew } from './windows.ts';

/**
 * A page of a list that Bandwidth gives oldest first only (Bandwidth spec, listCalls): windows of
 * startTime, from the newest backward, each sized by what the last one held.
 *
 * A call starts between `skew` before and `longestWait` after it was created. So what was created
 * before T has started before T + longestWait, which bounds the first window of a page behind T; and
 * once all that started at S or later has been read, all that was created at S + skew or later is known.
 *
 * A call that has not started yet, or never did since it was taken from the queue, is in no window: see `Unstarted`.
 *
 * @returns 'unbounded' when the server pays no heed to the bounds
 */
export async function readNewestFirst(
  request: PageRequest,
  list: CallList,
  unstarted: Unstarted,
  now: number,
): Promise<Page | 'unbounded'> {
  const { size } = request;
  const harvest = new Harvest(request);
  const floor = floorOf(request);
  let progress = begin(request, now);
  const { base } = progress;
  /** All that started then or later has been read. */
  let read = Number.POSITIVE_INFINITY;
  for (;;) {
    const isAll = read === Number.NEGATIVE_INFINITY || (floor !== undefined && read <= floor);
    if (isAll && unstarted.isSought) await unstarted.find(harvest);
    const calls = harvest.inOrder();
    const known = isAll ? calls : since(read + skew, calls);
    const ready = known.slice(0, size);
    const hint = hintOf(progress, Math.min(base, now) - createdTimeOf(calls.at(size) ?? calls.at(-1)));
    if (isAll || (ready.length === size && calls.length > size)) {
      return { calls: ready, more: calls.length > ready.length, hint, skipped: harvest.skipped };
    }
    if (list.isSpent) {
      const stopped = toPosition(read + skew) ?? request.after ?? beginningOf('NEWEST_FIRST');
      const { skipped } = harvest;
      return { calls: ready, more: true, hint: withCrowd(hint, progress), stopped, skipped };
    }
    const wanted = size + 1 - ready.length;
    const window = nextWindow(progress, { wanted, floor, now });
    const isOpen = window.min === undefined && unstarted.isInLastWindow;
    const asked = isOpen ? { ...window, max: undefined } : window;
    const isNewest = window.max === undefined;
    const reading = await readWindow(list, asked, { base: progress.base, isNewest });
    if (reading === 'unbounded') return reading;
    if (isOpen) {
      harvest.addUnread(reading);
      unstarted.see(reading, harvest);
    } else harvest.add(reading);
    progress = advance(progress, window, reading, { request, wanted });
    if (reading.isWhole) read = window.min ?? Number.NEGATIVE_INFINITY;
  }
}

function since(milliseconds: number, calls: readonly PlacedCall[]): readonly PlacedCall[] {
  if (milliseconds === Number.POSITIVE_INFINITY) return [];
  const bound = toBound(milliseconds);
  return calls.filter(({ createdAt }) => createdAt >= bound);
}

/** Nothing that was created earlier can match. */
function floorOf({ filter }: PageRequest): number | undefined {
  return filter.createdAfter === undefined ? undefined : Date.parse(filter.createdAfter) - skew;
}

/** Where the reading starts: at `after` or `createdBefore`, or at the newest call. */
function begin({ after, filter, hint }: PageRequest, now: number): Progress {
  const bounds = [after?.createdAt, filter.createdBefore].filter((bound) => typeof bound === 'string');
  const base = Math.min(...bounds.map((bound) => Date.parse(bound)));
  // A place in the future bounds nothing, and could not be written in four digits of a year.
  const isTop = !(base < now + 86_400_000);
  const from = isTop ? now : base;
  const crowded = readCrowd(hint, now - 2 * horizon, from + skew);
  return {
    base: from,
    max: isTop ? undefined : base + longestWait,
    span: undefined,
    isThin: crowded !== undefined,
    crowded,
    tally: readTally(hint),
  };
}

function hintOf({ tally }: Progress, spanned: number): string | undefined {
  return tally && writeTally(addPage(tally, spanned > 0 ? spanned : 1));
}

/** The next page goes on halving its way to the crowd, rather than meet it again. */
function withCrowd(hint: string | undefined, { crowded }: Progress): string | undefined {
  return hint && crowded && Number.isFinite(crowded.at) ? hint + writeCrowd(crowded) : hint;
}

function toPosition(known: number): Position | undefined {
  return Number.isFinite(known)
    ? { createdAt: new Date(known).toISOString(), providerCallId: '' }
    : undefined;
}
