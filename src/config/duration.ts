import { z } from 'zod';

const notDuration = 'must be a duration such as 500ms, 2s or 1m';
const notWithin = 'must be between 1ms and 24 days';
const unitsInMilliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Matches `0s`, `500ms`, `2s`, `1.5m` or `1h`, as milliseconds that a timer of Node accepts. */
const milliseconds = z
  .string(notDuration)
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, notDuration)
  .transform((text) => {
    const unit = text.replace(/[\d.]+/, '') as keyof typeof unitsInMilliseconds;
    return Number.parseFloat(text) * unitsInMilliseconds[unit];
  })
  .refine((value) => value <= 2 ** 31 - 1, notWithin);

/** A setting such as `500ms` or `1.5m`, parsed to whole milliseconds: 16.1 times 1000 is 16100.000000000002. */
export const duration = milliseconds.refine((value) => value >= 1, notWithin).transform(Math.round);

/** The same, or `0s`. */
export const delay = milliseconds.transform(Math.round);
