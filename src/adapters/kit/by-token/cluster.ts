import type { Axis } from './axis.ts';

/** A place with more rows than a request can bring. */
export interface Cluster {
  /** The key up to which it has been read, from before it. */
  readonly at: number;
  /** See `Axis.paceOf`. */
  readonly pace: number;
  /** How many milliseconds a page of it spans. */
  readonly page: number;
}

/** Where a window should begin, and how many milliseconds there should be from one of its rows to the next. */
export interface NextWindow {
  readonly start: number;
  readonly pace: number;
}

/**
 * The cluster of a window that held too many rows, which was read up to `at` in pages of `size` rows.
 *
 * @param before the last such cluster. One that goes on is not short: it is divided in larger steps
 */
export function toCluster(
  before: Cluster | undefined,
  { at, pace, size }: { readonly at: number; readonly pace: number; readonly size: number },
  { lead, step }: Axis,
): Cluster {
  return { at, pace, page: Math.max(size * pace + lead + 2 * step, 4 * (before?.page ?? 0)) };
}

/**
 * The next window before `top`. The span between may have none or many of the cluster's rows: windows divide it, in few
 * steps if the cluster is short.
 */
export function divide({ at, pace, page }: Cluster, top: number): NextWindow {
  if (top - at <= page) return { start: at, pace };
  const gap = Math.min((top - at) / 2, Math.sqrt((top - at) * page));
  return { start: at + gap, pace: Number.POSITIVE_INFINITY };
}

/** The numbers of a hint. */
export function writeCluster({ at, pace, page }: Cluster): string[] {
  return [at.toFixed(0), pace.toPrecision(3), page.toPrecision(3)];
}

/** Undefined for numbers that are none, or that lie where no call is expected. */
export function readCluster([at, pace = 0, page = 0]: readonly number[], axis: Axis): Cluster | undefined {
  const isNear = at !== undefined && at > 2 * axis.begin - axis.end && at < axis.end;
  return isNear && isSound(pace) && isSound(page) ? { at, pace, page } : undefined;
}

/** Whether a number of a hint can be an estimate: hints may be damaged or made up. */
export function isSound(value: number): boolean {
  return value >= 1e-3 && value <= 1e13;
}
