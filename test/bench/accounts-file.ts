import { createHash } from 'node:crypto';
import { accounts, applicationId, dialledAccount, restcommSid, walkedAccount } from './figures.ts';
import { accessKey, keyOf } from './operations.ts';

/** The accounts of the upstream as a user would write them down, with access keys and limits. */
export function accountsFile(upstream: string): Record<string, unknown> {
  const bandwidth = [...accounts, walkedAccount, dialledAccount].map((accountId) => ({
    key: keyOf(accountId),
    provider: 'bandwidth',
    accountId,
    applicationId,
    baseUrl: upstream,
    tokenUrl: `${upstream}/oauth2/token`,
    auth: { clientId: 'id', clientSecret: 'secret' },
    limits: { callsPerSecond: 10_000 },
  }));
  const restcomm = (['json', 'xml'] as const).map((format) => ({
    key: `restcomm-${format}`,
    provider: 'restcomm',
    accountSid: restcommSid,
    // Under one name they would be one account under two keys, which is refused.
    baseUrl: `${format === 'xml' ? upstream.replace('127.0.0.1', 'localhost') : upstream}/restcomm/2012-04-24`,
    auth: { username: restcommSid, password: 'secret' },
    format,
  }));
  const sha256 = createHash('sha256').update(accessKey).digest('hex');
  return {
    accounts: [...bandwidth, ...restcomm],
    limits: { readDeadline: '30s', requestsPerList: 20 },
    access: { keys: [{ name: 'bench', sha256, may: ['read', 'write'] }] },
    // The limiter counts, but lets a load through that no caller would be granted.
    cost: { pointsPerMinute: 1_000_000_000_000 },
    // A process that is not gone after five seconds is killed, and writes no profile.
    shutdown: { delay: '0s' },
  };
}
