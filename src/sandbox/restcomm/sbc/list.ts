import type { JunkMetadata } from '../../faults.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import type { RestcommCall } from '../call.ts';
import { type Criteria, readCriteria, readPaging, refusePage, toMatch } from '../list-query.ts';
import { toJsonList, toJunk, toXmlList } from '../page.ts';
import { toJsonCall, toXmlCall } from '../record.ts';
import { empty, type Form, page as htmlPage, json, xml } from '../replies.ts';
import { type SortKey, STARTED_FIRST, toOrder } from '../sort.ts';
import type { CarrierContext } from './carrier-context.ts';

/** No ORDER BY: rows come by their primary key. */
const BY_KEY: readonly SortKey[] = [{ column: (call) => call.sid, descending: false }];

/** `GET /Calls`. Source: RestComm/sbc CallsEndpoint.getCalls and its order of checks. */
export function listCalls(
  context: CarrierContext,
  request: Received,
  form: Form,
  junk: JunkMetadata | undefined,
): Reply {
  const { query } = request;
  const paging = readPaging(query);
  if (paging === undefined) return htmlPage(500, 'java.lang.NumberFormatException');
  const criteria = readCriteria(query, context.dialect.zoneMinutes);
  if (criteria === undefined) return empty(400);
  // Inverted in the code, and rows of an SBC have no instance to be equal to.
  const none = query.localOnly?.toLowerCase() === 'false';
  const key = JSON.stringify({ ...query, Page: '', PageSize: '', AfterSid: '' });
  const found = context.rowCache.rows(context.table.version, key, () => select(context, criteria));
  const rows = none ? [] : found;
  const { page, size } = paging;
  const refused = refusePage(page, size, rows.length);
  if (refused === 400) return empty(400);
  if (refused === 500) return htmlPage(500, 'java.lang.ArithmeticException');

  const items = rows.slice(page * size, page * size + size);
  const own = { page, size, total: rows.length, uri: decodeURIComponent(request.path) };
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

/** Returns the listed rows that match. EndTime adds an ORDER BY; rows in which muted is null are not listed. */
function select(context: CarrierContext, criteria: Criteria): readonly RestcommCall[] {
  const now = context.clock.now();
  const isMatch = toMatch(criteria, context.database);
  const rows: RestcommCall[] = [];
  for (const { call, visibleFrom } of context.table.inOrder()) {
    if (visibleFrom <= now && call.muted !== null && isMatch(call)) rows.push(call);
  }
  return rows.sort(toOrder(criteria.latest === undefined ? BY_KEY : STARTED_FIRST, context.database, 0));
}
