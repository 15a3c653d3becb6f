import { LabelValues } from './label-values.ts';
import type { Meter } from './meter.ts';

/** The time series of what clients have requested. */
export function createOperationMetrics(meter: Meter) {
  const duration = meter.histogram(
    'calls_operation_duration_seconds',
    'Duration of each operation, by its type; `none` is a request without a valid operation.',
    ['type'],
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  );
  const errors = meter.counter(
    'calls_operation_errors_total',
    'Operations with an error of this code, among `userErrors` and `unavailable` too.',
    'code',
  );
  const replays = meter.counter(
    'calls_replays_total',
    'Calls that were not placed, because an earlier request with the same idempotencyKey had placed them.',
    'account',
  );
  const refused = meter.counter(
    'calls_refused_requests_total',
    'Requests of callers who are unknown or have exceeded their rate limit.',
    'code',
  );
  const shed = meter.counter(
    'calls_shed_requests_total',
    'Requests that were answered with 503 because of overload.',
  );
  const codes = new LabelValues();
  return {
    /** Is called when an operation has ended: see `OperationObserver`. */
    ended(
      type: string | undefined,
      milliseconds: number,
      all: readonly string[],
      replayedAt: readonly string[],
    ): void {
      duration.observe({ type: type ?? 'none' }, milliseconds / 1000);
      for (const code of all) errors.inc({ code: codes.bound(code) });
      for (const account of replayedAt) replays.inc({ account });
    },
    /** Makes the series of an account exist before anything is counted. */
    addAccount: (account: string) => replays.inc({ account }, 0),
    refused: (code: string) => refused.inc({ code: codes.bound(code) }),
    shed: () => shed.inc(),
  };
}
