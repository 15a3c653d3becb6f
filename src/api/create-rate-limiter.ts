import type { Config } from '../config/config.ts';
import { defaultPointsPerMinute } from '../config/cost-settings.ts';
import { RateLimiter, type RateLimits } from '../cost/rate-limiter.ts';
import { SharedRateLimiter } from '../cost/shared-rate-limiter.ts';
import { createSpendPoints } from '../store/spend-points.ts';
import type { Store } from '../store/store.ts';

/** By default, rates are limited only if callers are authenticated. */
export function createRateLimiter(
  { access, cost }: Pick<Config, 'access' | 'cost'>,
  store: Store,
  isIdentified = access !== 'open',
): RateLimits | undefined {
  const defaultPoints = isIdentified ? defaultPointsPerMinute : undefined;
  const pointsPerMinute = cost.pointsPerMinute ?? defaultPoints;
  if (pointsPerMinute === undefined) return undefined;
  const spendPoints = createSpendPoints(store, pointsPerMinute);
  return spendPoints === undefined
    ? new RateLimiter(pointsPerMinute)
    : new SharedRateLimiter(pointsPerMinute, spendPoints);
}
