import { z } from 'zod';

const notDuration = 'must be a duration such as 500ms, 2s or 1m';
const unitsInMilliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * A setting such as `500ms`, `2s`, `1.5m` or `1h`, parsed to whole milliseconds that a timer of Node accepts.
 * It is rounded because 16.1 times 1000 is 16100.000000000002.
 */
export const duration = z
  .string(notDuration)
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, notDuration)
  .transform((text) => {
    const unit = text.replace(/[\d.]+/, '') as keyof typeof unitsInMilliseconds;
    return Number.parseFloat(text) * unitsInMilliseconds[unit];
  })
  .refine(
    (milliseconds) => milliseconds >= 1 && milliseconds <= 2 ** 31 - 1,
    'must be between 1ms and 24 days',
  )
  .transform(Math.round);
