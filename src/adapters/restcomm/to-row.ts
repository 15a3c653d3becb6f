import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { withUsableId } from '../kit/placed-call.ts';
import { isObject, toText } from '../kit/rest/json.ts';
import type { Dialect } from './dialect.ts';
import { toCall } from './to-call.ts';
import { toWireCall } from './wire.ts';

/**
 * A row of a list, whatever stands in it, as `NumberPage` has it: a row that is no call must neither hide the others
 * nor get lost. An id that cannot stand in a path is none.
 */
export function toRow(value: unknown, account: Account, dialect: Dialect): Call | undefined {
  if (!isObject(value)) return undefined;
  const sid = toText(value.sid) ?? '';
  const call = toCall(toWireCall({ ...value, sid: sid || 'none' }), account, dialect);
  return sid === '' ? { ...call, providerCallId: '' } : withUsableId(call);
}
