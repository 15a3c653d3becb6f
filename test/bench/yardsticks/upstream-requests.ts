import {
  accounts,
  aliases,
  applicationId,
  callIdOf,
  dialledAccount,
  lookBack,
  restcommSid,
  walkedAccount,
} from '../figures.ts';

/** A request to the upstream, as somebody writes it who knows what to ask for. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

const [account] = accounts;
const headers = { authorization: 'Bearer token', accept: 'application/json' };
const create: UpstreamRequest = {
  method: 'POST',
  path: `/accounts/${dialledAccount}/calls`,
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify({
    from: '+19195550100',
    to: '+19195550199',
    applicationId,
    answerUrl: 'https://example.com/answer',
  }),
};

function get(path: string): UpstreamRequest {
  return { method: 'GET', path, headers };
}

/** The newest calls: Bandwidth lists oldest first, so those of the last quarter of an hour. */
function newest(accountId: string): UpstreamRequest {
  const since = encodeURIComponent(new Date(Date.now() - lookBack).toISOString());
  return get(`/accounts/${accountId}/calls?pageSize=200&minStartTime=${since}`);
}

function restcomm(suffix: string, size: number): UpstreamRequest {
  const path = `/restcomm/2012-04-24/Accounts/${restcommSid}/Calls${suffix}`;
  return get(`${path}?SortBy=DateCreated%3Adesc&Page=0&PageSize=${size + 1}`);
}

/** What has to be asked for one of the pieces of work: `/<work>/<parameter>/<token>`, where the token may be an account. */
export function requestsOf(url: string): UpstreamRequest[] {
  const [, work, parameter = '', token = ''] = url.split('/');
  switch (work) {
    case 'list':
      return [newest(account)];
    case 'call':
      return [get(`/accounts/${account}/calls/${parameter}`)];
    case 'calls':
      return Array.from({ length: aliases }, (_, i) =>
        get(`/accounts/${token}/calls/${callIdOf(Number(parameter) + i)}`),
      );
    case 'merged':
      return accounts.map(newest);
    case 'restcomm-json':
      return [restcomm('.json', Number(parameter))];
    case 'restcomm-xml':
      return [restcomm('', Number(parameter))];
    case 'walk':
      return [get(`/accounts/${walkedAccount}/calls?pageSize=${parameter}&pageToken=${token}`)];
    default:
      return [create];
  }
}
