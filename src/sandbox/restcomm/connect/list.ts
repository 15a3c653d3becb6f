import type { JunkMetadata } from '../../faults.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../reply.ts';
import { empty, type Form, page as htmlPage, json, message, xml } from '../answers.ts';
import type { RestcommCall } from '../call.ts';
import { createLike } from '../like.ts';
import { readCriteria, readPaging, refusePage, toMatch } from '../list-query.ts';
import { toJsonList, toJunk, toXmlList } from '../page.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import {
  NEWEST_FIRST,
  OLDEST_FIRST,
  readSortBy,
  type SortKey,
  STARTED_FIRST,
  STARTED_LAST,
  toOrder,
} from '../sort.ts';
import { descendantsOf } from './accounts.ts';
import { rewriteQuery } from './negotiate.ts';
import type { Setting } from './setting.ts';

/** A list request past its authorisation. */
export interface ListRequest {
  readonly request: Received;
  readonly form: Form;
  /** The account segment as written: rows are compared with it, so that an e-mail there finds none. */
  readonly account: string;
  readonly junk: JunkMetadata | undefined;
}

/** `GET /Accounts/{sid}/Calls`. Source: Restcomm-Connect CallsEndpoint.getCalls and its order of checks. */
export function listCalls(setting: Setting, { request, form, account, junk }: ListRequest): Reply {
  const query = rewriteQuery(request);
  const sort = readOrder(setting, query);
  if ('wrong' in sort) return message(400, form, sort.wrong);
  const paging = readPaging(query);
  if (paging === undefined) return htmlPage(500, 'java.lang.NumberFormatException');
  const criteria = readCriteria(query, setting.dialect.zoneMinutes);
  if (criteria === undefined) return empty(400);
  const find = () => select(setting, query, account, sort.keys, toMatch(criteria, setting.database));
  const key = JSON.stringify([account, { ...query, Page: '', PageSize: '', AfterSid: '' }]);
  const rows = setting.unstableTies ? find() : setting.selections.rows(setting.roster.version, key, find);
  const { page, size } = paging;
  const refused = refusePage(page, size, rows.length);
  if (refused === 400) return empty(400);
  if (refused === 500) return htmlPage(500, 'java.lang.ArithmeticException');

  const items = rows.slice(page * size, page * size + size);
  const own = { page, size, total: rows.length, uri: uriOf(request) };
  setting.lastList = { standing: own, items };
  const standing = junk === undefined ? own : toJunk(own, junk);
  if (form === 'json') {
    return json(
      toJsonList(
        standing,
        items,
        items.map((call) => toJsonCall(call, setting.dialect)),
      ),
    );
  }
  return xml(
    toXmlList(
      standing,
      items,
      items.map((call) => toXmlCall(call, setting.dialect)),
    ),
  );
}

/** The address written into lists: without context, without any `.json`, without query. */
function uriOf(request: Received): string {
  return decodeURIComponent(request.path)
    .replace(/^\/restcomm/, '')
    .replaceAll('.json', '');
}

function readOrder(
  setting: Setting,
  query: Received['query'],
): { keys: readonly SortKey[] } | { wrong: string } {
  const reverse = query.Reverse;
  if (!setting.sortBy) return { keys: reverse === 'true' ? STARTED_LAST : STARTED_FIRST };
  if (query.SortBy !== undefined) return readSortBy(query.SortBy);
  return { keys: reverse === undefined || reverse === 'true' ? NEWEST_FIRST : OLDEST_FIRST };
}

/** The rows that match, in order. */
function select(
  setting: Setting,
  query: Received['query'],
  account: string,
  keys: readonly SortKey[],
  isMatch: (call: RestcommCall) => boolean,
): readonly RestcommCall[] {
  const accounts = new Set([account]);
  if (query.SubAccounts?.toLowerCase() === 'true') {
    for (const sid of descendantsOf(setting.accounts, account)) accounts.add(sid);
  }
  const conference = query.ConferenceSid;
  const isConference = conference === undefined ? undefined : createLike(conference, setting.database);
  // The parameter is inverted in the code: "false" is what narrows the list to this instance.
  const onlyHere = query.localOnly?.toLowerCase() === 'false';
  const rows: RestcommCall[] = [];
  for (const { call } of setting.roster.inOrder()) {
    if (call.account_sid === null || !accounts.has(call.account_sid) || !isMatch(call)) continue;
    if (isConference !== undefined && (call.conference_sid === null || !isConference(call.conference_sid)))
      continue;
    if (onlyHere && call.instance_id !== setting.instanceId) continue;
    rows.push(call);
  }
  const salt = setting.unstableTies ? setting.random.between(0, 0x7fff_ffff) : 0;
  return rows.reverse().sort(toOrder(keys, setting.database, salt));
}
