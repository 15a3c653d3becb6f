import type { Finding } from '../markup/finding.ts';
import { toAddress } from './address.ts';
import type { Calls } from './calls.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import { noDocuments, refuseForeignBlocks, requireCapability } from './check-account.ts';
import { checkDocument, notHosted, requireAbsoluteUrls } from './check-document.ts';
import { invalidInput, Refusal } from './failure.ts';
import type { NewCall } from './new-call.ts';
import type { PlacedCall } from './placing/idempotency.ts';
import { keyField } from './placing/key-failures.ts';
import { WriteOperation } from './placing/write-operation.ts';

/** Characters of an idempotency key. */
const longestKey = 255;

/**
 * Places a call by at most one request. With an idempotency key, repeated requests within 24 hours place one call.
 *
 * @throws Failure when the call was not placed; OUTCOME_UNKNOWN when it may have been
 * @throws Forbidden when the caller may only read the account
 */
export async function createCall(
  calls: Calls,
  accountKey: string,
  input: NewCall,
  idempotencyKey: string | undefined,
): Promise<PlacedCall & { readonly losses: readonly Finding[] }> {
  const adapter = calls.writable(accountKey, ['input', 'accountId']);
  requireCapability(adapter.account, 'CREATE_CALL', ['input', 'accountId']);
  const { document: _, ...blocks } = input;
  refuseForeignBlocks(adapter.account, blocks, ['input']);
  const newCall = withAddresses(input);
  const losses = checkFirstDocument(adapter, newCall);
  if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > longestKey)) {
    throw invalidInput(keyField, `must have 1 to ${longestKey} characters`);
  }
  const { idempotency, callerId } = calls;
  const operation = new WriteOperation(calls.operation, callerId);
  const placed = await (idempotencyKey === undefined
    ? idempotency.place({ adapter, call: newCall }, operation)
    : idempotency.placeOnce({ adapter, callerId, key: idempotencyKey, call: newCall }, operation));
  const key = { accountKey, providerCallId: placed.call.providerCallId };
  calls.record.done.push(key);
  if (placed.replayed) calls.record.replayed.push(key);
  else calls.observe(placed.call);
  return { ...placed, losses };
}

/** Requires exactly one of `answerUrl` and `document`. Returns the losses of the document: see `checkDocument`. */
function checkFirstDocument(adapter: CallsAdapter, { answerUrl, document, to }: NewCall): readonly Finding[] {
  if ((answerUrl === undefined) === (document === undefined)) {
    const given = document === undefined ? 'neither is' : 'both are';
    const message = `Exactly one of \`answerUrl\` and \`document\` must be given; ${given}.`;
    throw new Refusal('INVALID_INPUT', message, { field: ['input', 'answerUrl'] });
  }
  if (document === undefined) return [];
  const { account, documentLanguage, hostsDocuments = false } = adapter;
  if (documentLanguage === undefined) {
    throw new Refusal('UNSUPPORTED_BY_PROVIDER', noDocuments(account), { field: ['input', 'document'] });
  }
  if (!hostsDocuments) throw notHosted(['input', 'document']);
  requireAbsoluteUrls(document.bxml, ['input', 'document', 'bxml']);
  return checkDocument(adapter, document, ['input', 'document', 'bxml'], to);
}

/** Normalizes both addresses, so that the key's digest, the provider and reconciliation see the same text. */
function withAddresses(call: NewCall): NewCall {
  const from = toAddress(call.from, ['input', 'from']);
  return { ...call, from, to: toAddress(call.to, ['input', 'to']) };
}
