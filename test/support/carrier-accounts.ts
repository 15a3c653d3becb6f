import type { BandwidthCarrier, ConnectCarrier, SbcCarrier } from '../../src/sandbox/index.ts';

/*
 * The settings that lead to an emulated carrier, as an accounts file has them: all but `key`, `name` and `provider`.
 */

export function bandwidthSettings(carrier: BandwidthCarrier) {
  const { accountId, applicationId, baseUrl, tokenUrl, clientId, clientSecret } = carrier;
  return { accountId, applicationId, baseUrl, tokenUrl, auth: { clientId, clientSecret } };
}

export function connectSettings({ accountSid, authToken, baseUrl }: ConnectCarrier) {
  return { accountSid, baseUrl, auth: { username: accountSid, password: authToken } };
}

export function sbcSettings({ username, password, baseUrl }: SbcCarrier) {
  return { dialect: 'sbc', baseUrl, auth: { username, password } };
}

export interface Carriers {
  readonly bandwidth: BandwidthCarrier;
  readonly connect: ConnectCarrier;
  readonly sbc: SbcCarrier;
}

/** One account on each carrier, under the carrier's name: the `accounts` of an accounts file. */
export function accountsOn({ bandwidth, connect, sbc }: Carriers): object[] {
  return [
    { key: 'bandwidth', provider: 'bandwidth', ...bandwidthSettings(bandwidth) },
    { key: 'connect', provider: 'restcomm', ...connectSettings(connect) },
    { key: 'sbc', provider: 'restcomm', ...sbcSettings(sbc) },
  ];
}
