import {
  accounts,
  aliases,
  applicationId,
  callIdOf,
  dialledAccount,
  restcommSid,
  walkedAccount,
} from '../figures.ts';
import { numberFrom, startOf } from '../traffic.ts';

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

/**
 * The newest calls. Bandwidth lists oldest first, so that somebody has to know when the oldest of them started: this
 * handler does know, and reads just the rows that it answers.
 */
function newest(accountId: string, size: number): UpstreamRequest {
  const since = encodeURIComponent(new Date(startOf(numberFrom(Date.now()) - size)).toISOString());
  return get(`/accounts/${accountId}/calls?pageSize=${2 * size}&minStartTime=${since}`);
}

function restcomm(suffix: string, size: number): UpstreamRequest {
  const path = `/restcomm/2012-04-24/Accounts/${restcommSid}/Calls${suffix}`;
  return get(`${path}?SortBy=DateCreated%3Adesc&Page=0&PageSize=${size}`);
}

/** What has to be asked for one of the pieces of work: `/<work>/<parameter>/<token>`, where the token may be an account. */
export function requestsOf(url: string): UpstreamRequest[] {
  const [, work, parameter = '', token = ''] = url.split('/');
  switch (work) {
    case 'list':
      return [newest(account, Number(parameter))];
    case 'oldest':
      return [get(`/accounts/${account}/calls?pageSize=${parameter}`)];
    case 'call':
      return [get(`/accounts/${account}/calls/${parameter}`)];
    case 'calls':
      return Array.from({ length: aliases }, (_, i) =>
        get(`/accounts/${token}/calls/${callIdOf(Number(parameter) + i)}`),
      );
    case 'merged':
      return accounts.map((each) => newest(each, Number(parameter)));
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
