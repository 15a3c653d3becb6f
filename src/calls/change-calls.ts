import type { Capability } from '../generated/schema.ts';
import type { Account } from './account.ts';
import { toAddress } from './address.ts';
import type { Call } from './call.ts';
import type { CallKey, Calls } from './calls.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import { Refusal } from './failure.ts';
import type { CallChange, NewCall } from './new-call.ts';
import type { Operation } from './operation.ts';
import type { Placed } from './placing/idempotency.ts';
import { WriteOperation } from './placing/write-operation.ts';

type Reread = () => Promise<Call | null>;

/**
 * Places a call, once. With a key it is placed once in 24 hours, whatever is asked meanwhile.
 *
 * @throws Failure when it was not placed, or may not have been
 */
export async function createCall(
  calls: Calls,
  accountKey: string,
  asked: NewCall,
  idempotencyKey: string | undefined,
): Promise<Placed> {
  const adapter = calls.writable(accountKey, ['input', 'accountId']);
  requireCapability(adapter.account, 'CREATE_CALL', ['input', 'accountId']);
  refuseForeignBlocks(adapter.account, asked, ['input']);
  const newCall = withAddresses(asked);
  const operation = new WriteOperation(calls.operation);
  const { idempotency, callerId } = calls;
  if (idempotencyKey !== undefined) checkIdempotencyKey(idempotencyKey);
  const placed = await (idempotencyKey === undefined
    ? idempotency.place({ adapter, call: newCall }, operation)
    : idempotency.placeOnce({ adapter, callerId, key: idempotencyKey, call: newCall }, operation));
  calls.note({ accountKey, providerCallId: placed.call.providerCallId });
  return placed;
}

/**
 * Ends, redirects or mutes a call.
 *
 * @returns how to read the call anew
 * @throws Failure when it was not changed, or may not have been
 */
export function updateCall(calls: Calls, key: CallKey, change: CallChange): Promise<Reread> {
  return changeCall(calls, key, (adapter, { providerCallId }, operation) => {
    const { account } = adapter;
    const { end, redirect, muted } = change;
    if (end !== undefined) {
      requireCapability(account, end === 'CANCEL' ? 'CANCEL_CALL' : 'HANG_UP_CALL', changeField('end'));
      return adapter.end(providerCallId, end, operation);
    }
    if (redirect !== undefined) {
      requireCapability(account, 'REDIRECT_CALL', changeField('redirect'));
      refuseForeignBlocks(account, redirect, changeField('redirect'));
      return adapter.redirect(providerCallId, redirect, operation);
    }
    requireCapability(account, 'MUTE_CALL', changeField('muted'));
    return adapter.mute(providerCallId, muted === true, operation);
  });
}

/** Replaces the document that a call runs; otherwise as `updateCall`. */
export function updateCallBxml(calls: Calls, key: CallKey, bxml: string): Promise<Reread> {
  return changeCall(calls, key, (adapter, { providerCallId }, operation) => {
    requireCapability(adapter.account, 'UPDATE_BXML', ['input', 'id']);
    return adapter.replaceBxml(providerCallId, bxml, operation);
  });
}

async function changeCall(
  calls: Calls,
  key: CallKey,
  change: (adapter: CallsAdapter, key: CallKey, operation: Operation) => Promise<void>,
): Promise<Reread> {
  const adapter = calls.writable(key.accountKey, ['input', 'id']);
  await change(adapter, key, new WriteOperation(calls.operation));
  calls.note(key);
  return () => calls.reread(key);
}

/** From here on, one party is written in one way: for the key's digest, the provider and the look for the call. */
function withAddresses(call: NewCall): NewCall {
  const from = toAddress(call.from, ['input', 'from']);
  return { ...call, from, to: toAddress(call.to, ['input', 'to']) };
}

/** What an account cannot do is said before anything is sent. */
function requireCapability(account: Account, capability: Capability, field: readonly string[]): void {
  if (account.capabilities.includes(capability)) return;
  const message = `${account.provider} cannot do ${capability} on account ${account.key}: see Account.capabilities.`;
  throw new Refusal('UNSUPPORTED_BY_PROVIDER', message, { field });
}

/** `bandwidth: {…}` and its like mean something at one provider only; ignoring them would be a lie. */
function refuseForeignBlocks(account: Account, input: object, field: readonly string[]): void {
  const own = account.provider.toLowerCase();
  const foreign = Object.entries(input).find(
    ([name, value]) => name !== own && typeof value === 'object' && value !== null,
  )?.[0];
  if (foreign === undefined) return;
  const message = `\`${foreign}\` means nothing to ${account.provider}, the provider of account ${account.key}.`;
  throw new Refusal('UNSUPPORTED_BY_PROVIDER', message, { field: [...field, foreign] });
}

function checkIdempotencyKey(key: string): void {
  if (key !== '' && key.length <= 255) return;
  const field = ['input', 'idempotencyKey'];
  throw new Refusal('INVALID_INPUT', '`input.idempotencyKey` must have 1 to 255 characters.', { field });
}

function changeField(name: keyof CallChange): string[] {
  return ['input', 'change', name];
}
