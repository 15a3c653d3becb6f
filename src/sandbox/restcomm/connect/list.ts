import type { JunkMetadata } from '../../faults.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import type { RestcommCall } from '../call.ts';
import { createLike } from '../like.ts';
import { readCriteria, readPaging, refusePage, toMatch } from '../list-query.ts';
import { toJsonList, toJunk, toXmlList } from '../page.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { empty, type Form, page as htmlPage, json, message, xml } from '../replies.ts';
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
import type { CarrierContext } from './carrier-context.ts';
import { rewriteQuery } from './negotiate.ts';

/** `GET /Accounts/{sid}/Calls`. Source: Restcomm-Connect CallsEndpoint.getCalls and its order of checks. */
export function listCalls(context: CarrierContext, { request, form, account, junk }: ListRequest): Reply {
  const query = rewriteQuery(request);
  const sort = readOrder(context, query);
  if ('wrong' in sort) return message(400, form, sort.wrong);
  const paging = readPaging(query);
  if (paging === undefined) return htmlPage(500, 'java.lang.NumberFormatException');
  const criteria = readCriteria(query, context.dialect.zoneMinutes);
  if (criteria === undefined) return empty(400);
  const find = () => select(context, query, account, sort.keys, toMatch(criteria, context.database));
  const key = JSON.stringify([account, { ...query, Page: '', PageSize: '', AfterSid: '' }]);
  const rows = context.unstableTies ? find() : context.rowCache.rows(context.table.version, key, find);
  const { page, size } = paging;
  const refused = refusePage(page, size, rows.length);
  if (refused === 400) return empty(400);
  if (refused === 500) return htmlPage(500, 'java.lang.ArithmeticException');

  const items = rows.slice(page * size, page * size + size);
  const own = { page, size, total: rows.length, uri: uriOf(request) };
  context.lastList = { position: own, items };
  const position = junk === undefined ? own : toJunk(own, junk);
  if (form === 'json') {
    return json(
      toJsonList(
        position,
        items,
        items.map((call) => toJsonCall(call, context.dialect)),
      ),
    );
  }
  return xml(
    toXmlList(
      position,
      items,
      items.map((call) => toXmlCall(call, context.dialect)),
    ),
  );
}

/** An authorized list request. */
export interface ListRequest {
  readonly request: Received;
  readonly form: Form;
  /** The account segment of the path. Rows are compared with it, so an e-mail address there finds none. */
  readonly account: string;
  readonly junk: JunkMetadata | undefined;
}

/** The URI in the metadata of lists, without the servlet context, `.json` and the query. */
function uriOf(request: Received): string {
  return decodeURIComponent(request.path)
    .replace(/^\/restcomm/, '')
    .replaceAll('.json', '');
}

function readOrder(
  context: CarrierContext,
  query: Received['query'],
): { keys: readonly SortKey[] } | { wrong: string } {
  const reverse = query.Reverse;
  if (!context.sortBy) return { keys: reverse === 'true' ? STARTED_LAST : STARTED_FIRST };
  if (query.SortBy !== undefined) return readSortBy(query.SortBy);
  return { keys: reverse === undefined || reverse === 'true' ? NEWEST_FIRST : OLDEST_FIRST };
}

/** Returns the matching rows in order. */
function select(
  context: CarrierContext,
  query: Received['query'],
  account: string,
  keys: readonly SortKey[],
  isMatch: (call: RestcommCall) => boolean,
): readonly RestcommCall[] {
  const accounts = new Set([account]);
  if (query.SubAccounts?.toLowerCase() === 'true') {
    for (const sid of descendantsOf(context.accounts, account)) accounts.add(sid);
  }
  const conference = query.ConferenceSid;
  const isConference = conference === undefined ? undefined : createLike(conference, context.database);
  // Restcomm's code inverts this parameter: "false" restricts the list to this instance.
  const onlyHere = query.localOnly?.toLowerCase() === 'false';
  const rows: RestcommCall[] = [];
  for (const { call } of context.table.inOrder()) {
    if (call.account_sid === null || !accounts.has(call.account_sid) || !isMatch(call)) continue;
    if (isConference !== undefined && (call.conference_sid === null || !isConference(call.conference_sid)))
      continue;
    if (onlyHere && call.instance_id !== context.instanceId) continue;
    rows.push(call);
  }
  const salt = context.unstableTies ? context.random.between(0, 0x7fff_ffff) : 0;
  return rows.reverse().sort(toOrder(keys, context.database, salt));
}
